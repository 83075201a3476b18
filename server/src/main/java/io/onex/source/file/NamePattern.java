package io.onex.source.file;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// One part of a path pattern, between two slashes, as in glob(7): `*`, `?`, `[…]` and `\`.
///
/// A leading dot is matched by a dot alone, so wildcards take no hidden files; nor do they take the
/// copies that editors keep beside a file, unless the pattern ends in what tells them. A character
/// is one of UTF-8, or one byte where the name is not UTF-8.
final class NamePattern {
  /// What is no UTF-8 stands above all characters, byte by byte.
  private static final int NO_CHARACTER = Character.MAX_CODE_POINT + 1;

  private final int[] pattern;
  private final byte[] literal;
  private final boolean wild;
  private final String text;

  NamePattern(String text) {
    this.text = text;
    pattern = text.codePoints().toArray();
    wild = hasWildcard(pattern);
    literal = unescaped(text).getBytes(StandardCharsets.UTF_8);
  }

  /// Whether it is a name rather than a pattern.
  boolean isLiteral() {
    return !wild;
  }

  /// The name it is, when it is one.
  byte[] literal() {
    return literal.clone();
  }

  boolean matches(byte[] name) {
    if (!wild) {
      return Arrays.equals(name, literal);
    }
    int[] characters = characters(name);
    if (characters.length > 0 && characters[0] == '.' && !text.startsWith(".")) {
      return false;
    }
    return matchesFrom(characters) && !isUnwantedCopy(name);
  }

  /// Greedy with one point to fall back to, the last `*`.
  private boolean matchesFrom(int[] name) {
    int at = 0;
    int p = 0;
    int afterStar = -1;
    int retry = 0;
    while (at < name.length) {
      if (p < pattern.length && pattern[p] == '*') {
        afterStar = ++p;
        retry = at;
        continue;
      }
      int next = p < pattern.length ? matchOne(p, name[at]) : -1;
      if (next >= 0) {
        p = next;
        at++;
      } else if (afterStar >= 0) {
        p = afterStar;
        at = ++retry;
      } else {
        return false;
      }
    }
    while (p < pattern.length && pattern[p] == '*') {
      p++;
    }
    return p == pattern.length;
  }

  /// Where the pattern goes on when what stands at `p` takes `c`, else -1.
  private int matchOne(int p, int c) {
    switch (pattern[p]) {
      case '?':
        return p + 1;
      case '[':
        int end = bracketEnd(p);
        if (end < 0) {
          return c == '[' ? p + 1 : -1;
        }
        return BracketSet.matches(pattern, p + 1, end, c) ? end + 1 : -1;
      case '\\':
        if (p + 1 < pattern.length) {
          return pattern[p + 1] == c ? p + 2 : -1;
        }
        return c == '\\' ? p + 1 : -1;
      default:
        return pattern[p] == c ? p + 1 : -1;
    }
  }

  /// Where the bracket that opens at `p` closes, or -1 when it does not. A `]` right behind it
  /// belongs to the set.
  private int bracketEnd(int p) {
    int at = p + 1;
    if (at < pattern.length && (pattern[at] == '!' || pattern[at] == '^')) {
      at++;
    }
    int first = at;
    while (at < pattern.length) {
      int c = pattern[at];
      if (c == ']' && at > first) {
        return at;
      }
      if (c == '\\') {
        at++;
      } else if (c == '[' && at + 1 < pattern.length && pattern[at + 1] == ':') {
        at = BracketSet.classEnd(pattern, at);
      }
      at++;
    }
    return -1;
  }

  private boolean isUnwantedCopy(byte[] name) {
    String shown = new String(name, StandardCharsets.ISO_8859_1);
    String mark = editorsMark(shown);
    return !mark.isEmpty() && !text.endsWith(mark);
  }

  /// The end of a name that tells that an editor made it, else nothing: Emacs and others `name~`,
  /// Emacs `#name#`, Vim `name.swp` and, to try whether it may write, `4913`.
  private static String editorsMark(String name) {
    if (name.endsWith("~")) {
      return "~";
    }
    if (name.length() > 1 && name.startsWith("#") && name.endsWith("#")) {
      return "#";
    }
    for (String mark : new String[] {".swp", ".swo", ".swx"}) {
      if (name.endsWith(mark)) {
        return mark;
      }
    }
    return name.equals("4913") ? name : "";
  }

  static boolean hasWildcard(String text) {
    return hasWildcard(text.codePoints().toArray());
  }

  private static boolean hasWildcard(int[] pattern) {
    for (int i = 0; i < pattern.length; i++) {
      switch (pattern[i]) {
        case '*', '?', '[':
          return true;
        case '\\':
          i++;
          break;
        default:
          break;
      }
    }
    return false;
  }

  private static String unescaped(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\\' && i + 1 < text.length()) {
        i++;
      }
      plain.append(text.charAt(i));
    }
    return plain.toString();
  }

  private static int[] characters(byte[] name) {
    int[] characters = new int[name.length];
    int count = 0;
    int at = 0;
    while (at < name.length) {
      int length = characterLength(name, at);
      characters[count++] =
          length == 0
              ? NO_CHARACTER + (name[at] & 0xff)
              : new String(name, at, length, StandardCharsets.UTF_8).codePointAt(0);
      at += Math.max(1, length);
    }
    return Arrays.copyOf(characters, count);
  }

  /// Bytes of the character of UTF-8 at `at`, 0 when there is none (RFC 3629 section 4).
  private static int characterLength(byte[] name, int at) {
    int first = name[at] & 0xff;
    if (first < 0x80) {
      return 1;
    }
    int length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || at + length > name.length) {
      return 0;
    }
    String character = new String(name, at, length, StandardCharsets.UTF_8);
    boolean one = character.codePointCount(0, character.length()) == 1;
    boolean known = character.charAt(0) != '\ufffd' || isReplacement(name, at, length);
    return one && known ? length : 0;
  }

  private static boolean isReplacement(byte[] name, int at, int length) {
    return length == 3
        && name[at] == (byte) 0xef
        && name[at + 1] == (byte) 0xbf
        && name[at + 2] == (byte) 0xbd;
  }
}
