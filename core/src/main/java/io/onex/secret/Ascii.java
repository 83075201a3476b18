package io.onex.secret;

/// Questions about single bytes of text, and about words in it whatever their case.
final class Ascii {
  private Ascii() {}

  static boolean isDigit(byte c) {
    return c >= '0' && c <= '9';
  }

  static boolean isLetter(byte c) {
    int lower = c | 0x20;
    return lower >= 'a' && lower <= 'z' && c > 0;
  }

  static boolean isAlphanumeric(byte c) {
    return isDigit(c) || isLetter(c);
  }

  /// Whether `c` may be part of a name: letters, digits, `_`, `-`, `.` and what is not ASCII.
  static boolean isName(byte c) {
    return c < 0 || isAlphanumeric(c) || c == '_' || c == '-' || c == '.';
  }

  static boolean isBlank(byte c) {
    return c == ' ' || c == '\t';
  }

  /// Whether `c` is white space or another control character.
  static boolean isSpace(byte c) {
    return c >= 0 && c <= ' ';
  }

  static boolean isQuote(byte c) {
    return c == '"' || c == '\'' || c == '`';
  }

  /// Whether `word`, in lower case, stands at `p` in any case.
  static boolean startsWith(byte[] b, int p, int to, String word) {
    if (p < 0 || to - p < word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      int c = word.charAt(i);
      if (b[p + i] != c && (c < 'a' || c > 'z' || (b[p + i] | 0x20) != c)) {
        return false;
      }
    }
    return true;
  }

  /// Whether the bytes from `from` up to `to` are `word`, which is in lower case, in any case.
  static boolean isWord(byte[] b, int from, int to, String word) {
    return to - from == word.length() && startsWith(b, from, to, word);
  }

  static boolean startsWithExactly(byte[] b, int p, int to, String text) {
    if (p < 0 || to - p < text.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (b[p + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  static int skipBlanks(byte[] b, int p, int to) {
    while (p < to && isBlank(b[p])) {
      p++;
    }
    return p;
  }

  /// Whether a line break, or one that is written as an escape, stands at `p`.
  static boolean isLineBreak(byte[] b, int p, int to) {
    return b[p] == '\n'
        || b[p] == '\r'
        || (b[p] == '\\' && p + 1 < to && (b[p + 1] == 'n' || b[p + 1] == 'r'));
  }
}
