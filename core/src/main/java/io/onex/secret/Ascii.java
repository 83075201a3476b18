package io.onex.secret;

/// Questions about single bytes of text, and about words in it whatever their case.
final class Ascii {
  /// The first byte of the wide forms of ASCII, such as `：`.
  static final byte WIDE = (byte) 0xef;

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

  /// Whether `c` may be part of a name: letters, digits, `_`, `-`, `.` and what is not ASCII, but
  /// for the wide forms of it.
  static boolean isName(byte c) {
    return (c < 0 && c != WIDE) || isAlphanumeric(c) || c == '_' || c == '-' || c == '.';
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

  /// Passes over blanks and tabs, also those written as an escape.
  static int skipBlanks(byte[] b, int p, int to) {
    while (p < to && isBlank(b[p])) {
      p++;
    }
    boolean escaped = p + 1 < to && b[p] == '\\' && b[p + 1] == 't';
    return escaped ? skipBlanks(b, p + 2, to) : p;
  }

  /// Passes over the white space of JSON (RFC 8259 section 2), also where it is written as an
  /// escape, once or several times over.
  static int skipSpace(byte[] b, int p, int to) {
    while (p < to) {
      if (b[p] == '\\') {
        int q = p + 1;
        while (q < to && b[q] == '\\') {
          q++;
        }
        if (q == to || (b[q] != 'n' && b[q] != 'r' && b[q] != 't')) {
          break;
        }
        p = q + 1;
      } else if (isSpace(b[p])) {
        p++;
      } else {
        break;
      }
    }
    return p;
  }

  /// The colon or equals sign whose wide form stands at `p`; 0 when none does.
  static char wideOperator(byte[] b, int p, int to) {
    if (to - p < 3 || b[p] != WIDE || b[p + 1] != (byte) 0xbc) {
      return 0;
    }
    return b[p + 2] == (byte) 0x9a ? ':' : b[p + 2] == (byte) 0x9d ? '=' : 0;
  }

  /// Whether a line break, or one that is written as an escape, stands at `p`.
  static boolean isLineBreak(byte[] b, int p, int to) {
    return b[p] == '\n'
        || b[p] == '\r'
        || (b[p] == '\\' && p + 1 < to && (b[p + 1] == 'n' || b[p + 1] == 'r'));
  }
}
