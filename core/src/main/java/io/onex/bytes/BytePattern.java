package io.onex.bytes;

import java.util.Arrays;

/// A short text to look for in bytes.
///
/// Looks at every n-th byte only, n being the length of the text, as long as none of them occurs in
/// it (R. N. Horspool, "Practical fast searching in strings", 1980). Immutable.
public final class BytePattern {
  private final byte[] text;
  private final byte[] skips = new byte[256];

  private BytePattern(byte[] text) {
    this.text = text;
    Arrays.fill(skips, (byte) text.length);
    for (int i = 0; i < text.length - 1; i++) {
      skips[text[i] & 0xff] = (byte) (text.length - 1 - i);
    }
  }

  /// @param text 1 to 127 bytes in UTF-8
  public static BytePattern of(String text) {
    byte[] utf8 = Slice.utf8(text).toByteArray();
    if (utf8.length == 0 || utf8.length > Byte.MAX_VALUE) {
      throw new IllegalArgumentException("a pattern has 1 to 127 bytes, not " + utf8.length);
    }
    return new BytePattern(utf8);
  }

  /// Whether it occurs in `bytes`.
  public boolean isIn(Slice bytes) {
    return isIn(bytes.array(), bytes.offset(), bytes.end());
  }

  /// Whether it occurs between `from`, inclusive, and `to`, exclusive.
  public boolean isIn(byte[] bytes, int from, int to) {
    int last = text.length - 1;
    byte end = text[last];
    for (int p = from + last; p < to; p += skips[bytes[p] & 0xff]) {
      if (bytes[p] == end && Arrays.equals(bytes, p - last, p, text, 0, last)) {
        return true;
      }
    }
    return false;
  }
}
