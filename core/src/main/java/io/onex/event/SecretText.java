package io.onex.event;

import io.onex.bytes.Slice;
import io.onex.json.JsonBytes;
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

  private SecretText() {}

  /// Adds an edit for each secret in the text from `from` up to `to`; in linear time.
  ///
  /// A password is what stands between the first colon after `://` and an `@`. It is found even
  /// where it holds characters that should have been encoded; but a slash before any colon, or
  /// after nothing but digits (a port), begins the path, and then there is none.
  static void find(byte[] b, int from, int to, SensitiveKeys keys, Edits edits) {
    boolean authority = false;
    int colon = -1;
    boolean slash = false;
    int p = from;
    while (p < to) {
      int next = p + 1;
      switch (b[p]) {
        case ':' -> {
          if (startsWith(b, p, to, "://")) {
            authority = true;
            colon = -1;
            slash = false;
            next = p + 3;
          } else {
            colon = authority && colon < 0 ? p : colon;
            next = assignment(b, from, p, to, keys, edits);
          }
        }
        case '/' -> {
          if (authority && !slash) {
            slash = true;
            authority = colon >= 0 && !isPort(b, colon + 1, p);
          }
        }
        case '@' -> {
          if (authority && colon >= 0) {
            mask(b, colon + 1, p, edits);
          }
        }
        case ' ' -> {
          authority = false;
          next = bearer(b, from, p, to, edits);
        }
        case '\t', '\n', '\r', '"' -> authority = false;
        case '-' -> next = pem(b, p, to, edits);
        case '=' -> next = assignment(b, from, p, to, keys, edits);
        default -> {}
      }
      p = next;
    }
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
