package io.onex.event;

import io.onex.bytes.Slice;
import java.nio.charset.StandardCharsets;

/// Tells text in the place of an id that means "there is none": what languages, loggers and
/// templates make of nothing, and zeros such as the nil UUID (RFC 9562, section 5.9).
///
/// Case, white space around it and one pair of quotes or brackets do not matter; the table stands
/// in `docs/reference/events.md`. Allocates nothing for ASCII.
public final class NoId {
  /// Longer text is no word of the table; text of marks alone may have any length.
  private static final int LONGEST = 32;

  private static final byte[] URN = ascii("urn:uuid:");

  private static final byte[][] WORDS = {
    ascii("null"),
    ascii("nil"),
    ascii("none"),
    ascii("undefined"),
    ascii("unknown"),
    ascii("unset"),
    ascii("unspecified"),
    ascii("missing"),
    ascii("empty"),
    ascii("nan"),
    ascii("n/a"),
    ascii("na"),
    ascii("n.a."),
    ascii("#n/a"),
    ascii("nullptr"),
    ascii("no value"),
    ascii("no_value"),
    ascii("no-value"),
    ascii("not set"),
    ascii("not_set"),
    ascii("not-set"),
    ascii("not available"),
    ascii("not_available"),
    ascii("not applicable"),
    ascii("no id"),
    ascii("no_id"),
    ascii("no-id"),
    ascii("optional.empty"),
    ascii("\\n"),
    ascii("xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx")
  };

  private NoId() {}

  /// Whether this text, in UTF-8 without escapes, is no id.
  public static boolean means(Slice utf8) {
    return means(utf8.array(), utf8.offset(), utf8.end());
  }

  /// As [#means(Slice)], of the bytes from `from` up to but not including `to`.
  static boolean means(byte[] b, int from, int to) {
    if (isMarks(b, from, to)) {
      return true;
    }
    // Ids in use begin with none of these, but for few.
    if (!mayBegin(b[from])) {
      return false;
    }
    return to - from <= 3 * LONGEST && meansBare(b, from, to);
  }

  private static boolean meansBare(byte[] b, int from, int to) {
    int start = from;
    int end = to;
    boolean peeled = true;
    while (peeled && start < end) {
      peeled = false;
      int space = spaceAt(b, start, end);
      if (space > 0) {
        start += space;
        peeled = true;
      } else if (spaceBefore(b, start, end) > 0) {
        end -= spaceBefore(b, start, end);
        peeled = true;
      } else if (end - start >= 2 && isPair(b[start], b[end - 1])) {
        start++;
        end--;
        peeled = true;
      }
    }
    if (start < end && isMarks(b, start, end)) {
      return true;
    }
    if (start == end || isZeros(b, start, end)) {
      return true;
    }
    for (byte[] word : WORDS) {
      if (is(b, start, end, word)) {
        return true;
      }
    }
    return false;
  }

  /// Whether nothing but zeros and marks that stand for nothing is there.
  private static boolean isMarks(byte[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      switch (b[i]) {
        case '0', '-', '_', '.', '?', '*' -> {}
        default -> {
          if (b[i] < 0 || b[i] > ' ') {
            return false;
          }
        }
      }
    }
    return true;
  }

  /// Whether it is the number or UUID of only zeros behind a prefix.
  private static boolean isZeros(byte[] b, int from, int to) {
    if (to - from > 2 && b[from] == '0' && (b[from + 1] | 0x20) == 'x') {
      return isMarks(b, from + 2, to);
    }
    return to - from > URN.length
        && is(b, from, from + URN.length, URN)
        && meansNil(b, from + URN.length, to);
  }

  private static boolean meansNil(byte[] b, int from, int to) {
    boolean braces = to - from >= 2 && isPair(b[from], b[to - 1]);
    return isMarks(b, braces ? from + 1 : from, braces ? to - 1 : to);
  }

  private static boolean mayBegin(byte first) {
    return switch (first) {
      case 'n', 'N', 'u', 'U', 'm', 'M', 'e', 'E', 'o', 'O', 'x', 'X', '#', '\\', '0' -> true;
      case '"', '\'', '`', '<', '(', '[', '{' -> true;
      // Blanks; beyond ASCII there are blanks of two and three bytes.
      default -> first <= ' ';
    };
  }

  private static boolean isPair(byte open, byte close) {
    return switch (open) {
      case '"', '\'', '`' -> close == open;
      case '<' -> close == '>';
      case '(' -> close == ')';
      case '[' -> close == ']';
      case '{' -> close == '}';
      default -> false;
    };
  }

  /// Bytes of the blank that begins at `at`; 0 when there is none. Beyond ASCII: U+00A0, U+2000 to
  /// U+200F, U+202F, U+205F, U+3000, U+FEFF.
  private static int spaceAt(byte[] b, int at, int end) {
    if (b[at] >= 0) {
      return b[at] <= ' ' || b[at] == 0x7f ? 1 : 0;
    }
    if (end - at >= 2 && b[at] == (byte) 0xc2) {
      return b[at + 1] == (byte) 0xa0 ? 2 : 0;
    }
    return end - at >= 3 && isWideSpace(b[at] & 0xff, b[at + 1] & 0xff, b[at + 2] & 0xff) ? 3 : 0;
  }

  private static int spaceBefore(byte[] b, int start, int end) {
    for (int length = 1; length <= 3 && end - length >= start; length++) {
      if (spaceAt(b, end - length, end) == length) {
        return length;
      }
    }
    return 0;
  }

  private static boolean isWideSpace(int one, int two, int three) {
    return switch (one << 16 | two << 8 | three) {
      case 0xe280af, 0xe2819f, 0xe38080, 0xefbbbf -> true;
      default -> one == 0xe2 && two == 0x80 && three >= 0x80 && three <= 0x8f;
    };
  }

  private static boolean is(byte[] b, int from, int to, byte[] word) {
    if (to - from != word.length) {
      return false;
    }
    for (int i = 0; i < word.length; i++) {
      int c = b[from + i];
      if ((c >= 'A' && c <= 'Z' ? c | 0x20 : c) != word[i]) {
        return false;
      }
    }
    return true;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
