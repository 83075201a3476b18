package io.onex.secret;

/// Finds where a value ends that stands in text behind a name.
///
/// A comma, a semicolon, an ampersand or a quote may be part of a password: they end it only where
/// another name, a blank or the end of the text follows. Pure; looks a bounded way ahead.
final class TextValue {
  private static final int LONGEST_NAME = 64;

  private TextValue() {}

  /// The end of the value without quotes that starts at `p`.
  ///
  /// @param operator what stands between names and values here, `=` or `:`
  static int end(byte[] b, int p, int to, char operator) {
    int q = p;
    loop:
    while (q < to && !Ascii.isSpace(b[q])) {
      switch (b[q]) {
        case '\\' -> {
          byte next = q + 1 < to ? b[q + 1] : 0;
          if (next == 'n' || next == 'r' || next == 't' || Ascii.isQuote(next)) {
            break loop;
          }
          q += next == '\\' ? 1 : 0;
        }
        case '"', '\'', '`' -> {
          if (!isAlphanumeric(b, q + 1, to)) {
            break loop;
          }
        }
        case ',', ';', '&' -> {
          if (isSeparator(b, q, to, operator)) {
            break loop;
          }
        }
        case ')', ']', '}', '>' -> {
          if (!isAlphanumeric(b, q + 1, to)) {
            break loop;
          }
        }
        case '<' -> {
          if (q + 1 < to && b[q + 1] == '/') {
            break loop;
          }
        }
        default -> {}
      }
      q++;
    }
    q = Math.min(q, to);
    while (q > p + 1 && (b[q - 1] == '.' || b[q - 1] == ',' || b[q - 1] == ';')) {
      q--;
    }
    return q;
  }

  private static boolean isAlphanumeric(byte[] b, int p, int to) {
    return p < to && Ascii.isAlphanumeric(b[p]);
  }

  /// Whether the mark at `p` ends a value, because a new member or nothing more follows.
  private static boolean isSeparator(byte[] b, int p, int to, char operator) {
    int q = p + 1;
    if (q < to && Ascii.startsWithExactly(b, q, to, "amp;")) {
      q += 4;
    }
    if (q >= to || Ascii.isSpace(b[q]) || ",;&\"'\\)]}<".indexOf(b[q]) >= 0) {
      return true;
    }
    int most = Math.min(to, q + LONGEST_NAME);
    int name = q;
    while (q < most && (Ascii.isName(b[q]) || b[q] == '[' || b[q] == ']')) {
      q++;
    }
    int end = q;
    while (q < most && b[q] == ' ') {
      q++;
    }
    return end > name && q < to && b[q] == operator;
  }

  /// The index of the quote that closes the text from `p` on, which `slashes` backslashes stand
  /// before; `to` when none does.
  static int closingQuote(byte[] b, int p, int to, byte quote, int slashes) {
    int before = 0;
    for (int q = p; q < to; q++) {
      if (b[q] == '\\') {
        before++;
      } else if (b[q] == quote && (before == slashes || (slashes > 0 && before < slashes))) {
        return q - before;
      } else if (b[q] == quote && slashes == 0 && before % 2 == 0) {
        return q;
      } else {
        before = 0;
      }
    }
    return to;
  }

  /// The end of the object or list that starts at `p`; `to` when it is not closed.
  static int endOfContainer(byte[] b, int p, int to) {
    int depth = 0;
    byte quote = 0;
    for (int q = p; q < to; q++) {
      byte c = b[q];
      if (c == '\\') {
        q++;
      } else if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '"' || (c == '\'' && q > p && "{[:, =".indexOf(b[q - 1]) >= 0)) {
        quote = c;
      } else if (c == '{' || c == '[' || c == '(') {
        depth++;
      } else if ((c == '}' || c == ']' || c == ')') && --depth == 0) {
        return q + 1;
      }
    }
    return to;
  }
}
