package io.onex.source.file;

/// What stands between the brackets of a pattern, as in glob(7): characters, ranges, classes such
/// as `[:digit:]`, and `!` or `^` in front for all others.
final class BracketSet {
  private BracketSet() {}

  /// Whether `c` is in the set written in `pattern` from `start` to before `end`.
  static boolean matches(int[] pattern, int start, int end, int c) {
    int at = start;
    boolean others = at < end && (pattern[at] == '!' || pattern[at] == '^');
    if (others) {
      at++;
    }
    boolean in = false;
    while (at < end) {
      int close =
          at + 1 < end && pattern[at] == '[' && pattern[at + 1] == ':' ? classEnd(pattern, at) : at;
      if (close > at) {
        in |= isOfClass(new String(pattern, at + 2, close - at - 3), c);
        at = close + 1;
        continue;
      }
      if (pattern[at] == '\\' && at + 1 < end) {
        at++;
      }
      int low = pattern[at];
      int high = low;
      if (at + 2 < end && pattern[at + 1] == '-') {
        at += 2;
        if (pattern[at] == '\\' && at + 1 < end) {
          at++;
        }
        high = pattern[at];
      }
      in |= low <= c && c <= high;
      at++;
    }
    return in != others;
  }

  /// Where the `]` of the class that opens at `at` stands; `at` when it is none.
  static int classEnd(int[] pattern, int at) {
    for (int i = at + 2; i + 1 < pattern.length; i++) {
      if (pattern[i] == ':' && pattern[i + 1] == ']') {
        return i + 1;
      }
      if (pattern[i] < 'a' || pattern[i] > 'z') {
        return at;
      }
    }
    return at;
  }

  private static boolean isOfClass(String name, int c) {
    boolean ascii = c < 0x80;
    return switch (name) {
      case "alpha" -> Character.isAlphabetic(c);
      case "digit" -> c >= '0' && c <= '9';
      case "alnum" -> Character.isAlphabetic(c) || (c >= '0' && c <= '9');
      case "upper" -> Character.isUpperCase(c);
      case "lower" -> Character.isLowerCase(c);
      case "space" -> Character.isWhitespace(c);
      case "blank" -> c == ' ' || c == '\t';
      case "punct" -> ascii && c > ' ' && c < 0x7f && !Character.isLetterOrDigit(c);
      case "xdigit" -> ascii && Character.digit(c, 16) >= 0;
      case "cntrl" -> Character.isISOControl(c);
      case "graph" -> c > ' ' && !Character.isISOControl(c);
      case "print" -> c >= ' ' && !Character.isISOControl(c);
      default -> false;
    };
  }
}
