package io.onex.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Moves over JSON that is known to be valid, eight bytes at a time inside strings.
///
/// On broken input the answers are meaningless but always within bounds. [JsonGrammar] is what
/// checks.
public final class JsonBytes {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH = 0x8080808080808080L;
  private static final long QUOTES = 0x2222222222222222L;
  private static final long BACKSLASHES = 0x5c5c5c5c5c5c5c5cL;
  private static final long FEEDS = 0x0a0a0a0a0a0a0a0aL;
  private static final long SPACES = 0x2020202020202020L;

  private JsonBytes() {}

  /// The eight bytes at `p`, lowest address in the lowest byte.
  public static long word(byte[] b, int p) {
    return (long) WORD.get(b, p);
  }

  /// Non-zero when one of the eight bytes of `word` ends a run of plain ASCII text in a string: a
  /// quote, a backslash, a control character or a byte above 0x7f. The lowest set bit marks the
  /// first of them (a borrow can mark too many bytes, but only above a true one).
  public static long special(long word) {
    long quote = word ^ QUOTES;
    long backslash = word ^ BACKSLASHES;
    return ((quote - ONES) | (backslash - ONES) | (word - SPACES) | word) & HIGH;
  }

  /// Non-zero when one of the eight bytes of `word` is a quote or a backslash. The lowest set bit
  /// marks the first of them, as in [#special].
  public static long quoteOrBackslash(long word) {
    long quote = word ^ QUOTES;
    long backslash = word ^ BACKSLASHES;
    return (((quote - ONES) & ~quote) | ((backslash - ONES) & ~backslash)) & HIGH;
  }

  /// Index of the first byte from `p` that cannot stand in a string as it is: a quote, a backslash
  /// or a control character; `to` when there is none.
  public static int endOfUnescaped(byte[] b, int p, int to) {
    while (p + Long.BYTES <= to) {
      long word = word(b, p);
      // Bytes above 0x7f are special elsewhere, not here.
      if ((special(word) & ~word) != 0) {
        break;
      }
      p += Long.BYTES;
    }
    while (p < to && b[p] != '"' && b[p] != '\\' && (b[p] < 0 || b[p] >= ' ')) {
      p++;
    }
    return p;
  }

  /// Index of the first line feed from `p` on, or `to`.
  public static int endOfLine(byte[] b, int p, int to) {
    // Four words at a time: a line has hundreds of bytes.
    for (int last = to - 4 * Long.BYTES; p <= last; p += 4 * Long.BYTES) {
      if ((feeds(b, p) | feeds(b, p + 8) | feeds(b, p + 16) | feeds(b, p + 24)) != 0) {
        break;
      }
    }
    for (int last = to - Long.BYTES; p <= last; p += Long.BYTES) {
      long found = feeds(b, p);
      if (found != 0) {
        return p + (Long.numberOfTrailingZeros(found) >>> 3);
      }
    }
    while (p < to && b[p] != '\n') {
      p++;
    }
    return p;
  }

  /// Index of the first control character from `p`, or `to`.
  public static int firstControl(byte[] b, int p, int to) {
    while (p + Long.BYTES <= to) {
      long word = word(b, p);
      // Below a space, and no borrow of a byte above 0x7f.
      long found = (word - SPACES) & ~word & HIGH;
      if (found != 0) {
        return p + (Long.numberOfTrailingZeros(found) >>> 3);
      }
      p += Long.BYTES;
    }
    while (p < to && (b[p] < 0 || b[p] >= ' ')) {
      p++;
    }
    return p;
  }

  /// Non-zero when one of the eight bytes at `p` is a line feed; the lowest set bit marks the
  /// first.
  private static long feeds(byte[] b, int p) {
    long feed = word(b, p) ^ FEEDS;
    return (feed - ONES) & ~feed & HIGH;
  }

  /// Index of the quote that closes the string whose text starts at `p`; `to` when none does.
  public static int endOfString(byte[] b, int p, int to) {
    while (true) {
      while (p + Long.BYTES <= to) {
        long found = quoteOrBackslash(word(b, p));
        if (found != 0) {
          p += Long.numberOfTrailingZeros(found) >>> 3;
          break;
        }
        p += Long.BYTES;
      }
      while (p < to && b[p] != '"' && b[p] != '\\') {
        p++;
      }
      if (p >= to || b[p] == '"') {
        return Math.min(p, to);
      }
      p += 2;
    }
  }

  /// Index just past the value that starts at `p`.
  public static int endOfValue(byte[] b, int p, int to) {
    if (p >= to) {
      return to;
    }
    return switch (b[p]) {
      case '"' -> Math.min(endOfString(b, p + 1, to) + 1, to);
      case '{', '[' -> endOfContainer(b, p + 1, to);
      default -> {
        while (p < to && b[p] != ',' && b[p] != '}' && b[p] != ']' && b[p] > ' ') {
          p++;
        }
        yield p;
      }
    };
  }

  private static int endOfContainer(byte[] b, int p, int to) {
    int depth = 1;
    while (p < to) {
      switch (b[p]) {
        case '"' -> p = endOfString(b, p + 1, to);
        case '{', '[' -> depth++;
        case '}', ']' -> {
          if (--depth == 0) {
            return p + 1;
          }
        }
        default -> {}
      }
      p++;
    }
    return to;
  }

  /// Index of the first byte from `p` that is no JSON white space, or `to`.
  public static int skipSpace(byte[] b, int p, int to) {
    while (p < to && isSpace(b[p])) {
      p++;
    }
    return p;
  }

  public static boolean isSpace(byte c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
  }
}
