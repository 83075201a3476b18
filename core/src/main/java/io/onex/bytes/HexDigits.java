package io.onex.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Hex digits in ASCII, eight at a time: 32 bits are one word of text.
///
/// Each byte of a word holds one nibble or digit; shifts and masks work on all of them at once.
final class HexDigits {
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle FOUR =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long NIBBLES = 0x0f0f0f0f0f0f0f0fL;
  private static final long ZEROS = 0x3030303030303030L;
  private static final long LOWER_CASE = 0x2020202020202020L;
  private static final long LETTERS = 0x4040404040404040L;

  /// What a nibble from 10 on has to grow by to be a lower-case letter instead of a digit.
  private static final int LETTER_GAP = 'a' - '0' - 10;

  private HexDigits() {}

  /// Puts the eight lower-case digits of `bits` at `at`.
  static void put(int bits, byte[] into, int at) {
    EIGHT.set(into, at, text(bits));
  }

  /// Puts the first four of the eight digits of `bits` at `at`.
  static void putUpper(int bits, byte[] into, int at) {
    FOUR.set(into, at, (int) (text(bits) >>> 32));
  }

  /// Puts the last four of the eight digits of `bits` at `at`.
  static void putLower(int bits, byte[] into, int at) {
    FOUR.set(into, at, (int) text(bits));
  }

  /// The eight bytes at `at` as a word of text, the first byte highest.
  static long eight(byte[] from, int at) {
    return (long) EIGHT.get(from, at);
  }

  /// Four bytes at `first` and four at `second` as a word of text.
  static long four(byte[] from, int first, int second) {
    return ((long) (int) FOUR.get(from, first) << 32)
        | ((int) FOUR.get(from, second) & 0xffffffffL);
  }

  /// Whether all eight bytes of `text` are hex digits, in either case.
  static boolean areHex(long text) {
    // Small letters and digits have bit 5 set; of what has neither bit 5 nor bit 6 setting it would
    // make digits.
    long lower = text | LOWER_CASE;
    return (((text << 1) | text) & LETTERS) == LETTERS && text(value(lower)) == lower;
  }

  /// Whether all eight bytes of `text` are digits or lower-case hex letters.
  static boolean areLowerHex(long text) {
    return text(value(text)) == text;
  }

  /// What the eight hex digits of `text` stand for; meaningless when they are none.
  static int value(long text) {
    long nibbles = (text & NIBBLES) + ((text >>> 6) & ONES) * 9 & NIBBLES;
    nibbles = (nibbles | (nibbles >>> 4)) & 0x00ff00ff00ff00ffL;
    nibbles = (nibbles | (nibbles >>> 8)) & 0x0000ffff0000ffffL;
    return (int) (nibbles | (nibbles >>> 16));
  }

  /// What one hex digit, in either case, stands for; -1 when it is none.
  static int digit(byte c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    int lower = c | 0x20;
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
  }

  private static long text(int bits) {
    long nibbles = bits & 0xffffffffL;
    nibbles = (nibbles | (nibbles << 16)) & 0x0000ffff0000ffffL;
    nibbles = (nibbles | (nibbles << 8)) & 0x00ff00ff00ff00ffL;
    nibbles = (nibbles | (nibbles << 4)) & NIBBLES;
    long fromTen = ((nibbles + 6 * ONES) >>> 4) & ONES;
    return nibbles + ZEROS + fromTen * LETTER_GAP;
  }
}
