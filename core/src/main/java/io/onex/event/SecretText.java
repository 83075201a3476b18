package io.onex.event;

import java.nio.charset.StandardCharsets;

/// Finds secrets inside text: passwords of connection strings (`scheme://user:password@host`, RFC
/// 3986 section 3.2.1), bearer tokens (RFC 6750 section 2.1), PEM blocks (RFC 7468), and what is
/// assigned to a sensitive key (`key=value`, `'key': value`).
///
/// Each of these needs a blank, an `@` or a `=`; [JsonLexer#SUSPECT] says whether a text has one.
/// Pure.
final class SecretText {
  /// What stands in the place of a secret.
  static final String MASK = "***";

  static final byte[] MASK_BYTES = MASK.getBytes(StandardCharsets.US_ASCII);

  private static final String BEARER = "bearer";
  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";
  private static final String DASHES = "-----";

  /// How far an `@` looks back for its scheme, so that many of them stay cheap.
  private static final int LONGEST_USER_INFO = 1024;

  private SecretText() {}

  /// Adds an edit for each secret in the text from `from` up to `to`.
  static void find(byte[] b, int from, int to, SensitiveKeys keys, Edits edits) {
    int p = from;
    while (p < to) {
      p =
          switch (b[p]) {
            case '@' -> password(b, from, p, edits);
            case ' ' -> bearer(b, from, p, to, edits);
            case '-' -> pem(b, p, to, edits);
            case '=', ':' -> assignment(b, from, p, to, keys, edits);
            default -> p + 1;
          };
    }
  }

  /// With `p` at an `@`: the password is what stands between the first colon after `://` and here.
  /// Found even where it holds characters that should have been encoded; digits before a slash are
  /// a port, and then there is no password.
  private static int password(byte[] b, int from, int p, Edits edits) {
    int first = Math.max(from, p - LONGEST_USER_INFO);
    int start = p - 1;
    while (start >= first && !isAuthority(b, from, start)) {
      if (b[start] <= ' ' && b[start] >= 0) {
        return p + 1;
      }
      start--;
    }
    int colon = indexOf(b, ':', start + 1, p);
    if (start < first || colon + 1 >= p) {
      return p + 1;
    }
    int slash = indexOf(b, '/', start + 1, p);
    boolean path = slash < colon || isPort(b, colon + 1, slash);
    if ((slash == p || !path) && !isMask(b, colon + 1, p)) {
      edits.add(colon + 1, p, MASK_BYTES);
    }
    return p + 1;
  }

  /// Whether the second slash of `://` stands at `p`.
  private static boolean isAuthority(byte[] b, int from, int p) {
    return b[p] == '/' && p - 2 >= from && b[p - 1] == '/' && b[p - 2] == ':';
  }

  private static boolean isPort(byte[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      if (b[i] < '0' || b[i] > '9') {
        return false;
      }
    }
    return true;
  }

  private static int indexOf(byte[] b, char c, int from, int to) {
    int i = from;
    while (i < to && b[i] != c) {
      i++;
    }
    return i;
  }

  /// With `p` at a blank: the token after `Bearer`.
  private static int bearer(byte[] b, int from, int p, int to, Edits edits) {
    int word = p - BEARER.length();
    if (word < from
        || !startsWith(b, word, to, BEARER)
        || (word > from && isKeyCharacter(b[word - 1]))) {
      return p + 1;
    }
    int start = p;
    while (start < to && b[start] == ' ') {
      start++;
    }
    int end = endOfWord(b, start, to);
    mask(b, start, end, edits);
    return Math.max(end, p + 1);
  }

  private static int pem(byte[] b, int p, int to, Edits edits) {
    if (!startsWith(b, p, to, BEGIN)) {
      return p + 1;
    }
    int end = p + BEGIN.length();
    while (end < to && !startsWith(b, end, to, END)) {
      end++;
    }
    end = Math.min(end + END.length(), to);
    while (end < to && !startsWith(b, end, to, DASHES)) {
      end++;
    }
    end = Math.min(end + DASHES.length(), to);
    edits.add(p, end, MASK_BYTES);
    return end;
  }

  /// With `p` at `=`, or at a colon after a quote: the value, when the word before is sensitive.
  private static int assignment(
      byte[] b, int from, int p, int to, SensitiveKeys keys, Edits edits) {
    int end = p;
    while (end > from && b[end - 1] == ' ') {
      end--;
    }
    boolean quoted = end > from && isQuote(b[end - 1]);
    if (b[p] == ':' && !quoted) {
      return p + 1;
    }
    while (end > from && (isQuote(b[end - 1]) || b[end - 1] == '\\')) {
      end--;
    }
    int start = end;
    while (start > from && isKeyCharacter(b[start - 1])) {
      start--;
    }
    if (start == end || !keys.isSensitive(new Slice(b, start, end - start).utf8())) {
      return p + 1;
    }
    return assigned(b, p + 1, to, edits);
  }

  private static int assigned(byte[] b, int p, int to, Edits edits) {
    int start = JsonBytes.skipSpace(b, p, to);
    while (start < to && b[start] == '\\') {
      start++;
    }
    if (start == to) {
      return to;
    }
    int end;
    if (isQuote(b[start])) {
      byte quote = b[start++];
      end = indexOf(b, (char) quote, start, to);
      while (end < to && end > start && b[end - 1] == '\\') {
        end--;
      }
    } else if (b[start] == '{' || b[start] == '[') {
      end = JsonBytes.endOfValue(b, start, to);
    } else {
      end = endOfWord(b, start, to);
      String word = new Slice(b, start, end - start).utf8();
      if (word.equals("null")
          || word.equals("None")
          || word.equals("true")
          || word.equals("false")) {
        return end;
      }
    }
    mask(b, start, end, edits);
    return Math.max(end, p);
  }

  private static void mask(byte[] b, int start, int end, Edits edits) {
    if (end > start && !isMask(b, start, end)) {
      edits.add(start, end, MASK_BYTES);
    }
  }

  private static int endOfWord(byte[] b, int p, int to) {
    while (p < to && (b[p] < 0 || b[p] > ' ') && "\"',;&\\(){}[]<>".indexOf(b[p]) < 0) {
      p++;
    }
    return p;
  }

  private static boolean isQuote(byte c) {
    return c == '"' || c == '\'';
  }

  private static boolean isKeyCharacter(byte c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '-'
        || c == '.';
  }

  private static boolean startsWith(byte[] b, int p, int to, String text) {
    if (to - p < text.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      int c = text.charAt(i);
      if (b[p + i] != c && (c < 'a' || c > 'z' || (b[p + i] | 0x20) != c)) {
        return false;
      }
    }
    return true;
  }

  static boolean isMask(byte[] b, int from, int to) {
    return to - from == MASK_BYTES.length && startsWith(b, from, to, MASK);
  }
}
