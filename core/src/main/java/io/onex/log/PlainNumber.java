package io.onex.log;

import io.onex.bytes.Slice;

/// Writes numbers of JSON plainly, so that all spellings of one are one: `1`, `1.0` and `10e-1` are
/// `1`. No digit is lost; one that would be long is its digits and an exponent. One thread.
final class PlainNumber {
  /// Numbers that take as many bytes, written plainly, are known by digits and exponent.
  static final int LONGEST = 64;

  private byte[] b = Slice.EMPTY.array();
  private byte[] normal = Slice.EMPTY.array();

  /// What was written last, from its beginning.
  byte[] text() {
    return normal;
  }

  /// Writes the number that stands between `start` and `end`; answers its bytes in [#text].
  int write(byte[] number, int start, int end) {
    b = number;
    if (normal.length < end - start + 2 * LONGEST) {
      normal = new byte[2 * (end - start) + 2 * LONGEST];
    }
    boolean negative = b[start] == '-';
    int p = negative ? start + 1 : start;
    long exponent = 0;
    int zeros = 0;
    int digits = 0;
    boolean fraction = false;
    // Digits go behind the room that a sign, zeros before them and a point may need.
    int first = LONGEST;
    for (; p < end && (b[p] | 0x20) != 'e'; p++) {
      if (b[p] == '.') {
        fraction = true;
        continue;
      }
      exponent -= fraction ? 1 : 0;
      if (b[p] == '0') {
        zeros += digits > 0 ? 1 : 0;
        continue;
      }
      for (; zeros > 0; zeros--) {
        normal[first + digits++] = '0';
      }
      normal[first + digits++] = b[p];
    }
    if (digits == 0) {
      normal[0] = '0';
      return 1;
    }
    exponent += zeros + (p < end ? exponent(p + 1, end) : 0);
    return written(negative, first, digits, exponent);
  }

  private int written(boolean negative, int first, int digits, long exponent) {
    int size = 0;
    if (negative) {
      normal[size++] = '-';
    }
    // Digits before the point; 0 or fewer when it stands before them.
    long before = digits + exponent;
    long plain = size + Math.max(before, digits) + Math.max(0, 1 - before) + (exponent < 0 ? 1 : 0);
    if (plain >= LONGEST) {
      System.arraycopy(normal, first, normal, size, digits);
      size += digits;
      normal[size++] = 'e';
      for (long left = exponent; left != 0; left /= 10) {
        normal[size++] = (byte) ('A' + left % 10 + 9);
      }
      return size;
    }
    if (before <= 0) {
      normal[size++] = '0';
      normal[size++] = '.';
      for (long i = before; i < 0; i++) {
        normal[size++] = '0';
      }
    }
    for (int i = 0; i < digits; i++) {
      if (i == before && i > 0) {
        normal[size++] = '.';
      }
      normal[size++] = normal[first + i];
    }
    for (long i = exponent; i > 0; i--) {
      normal[size++] = '0';
    }
    return size;
  }

  private long exponent(int from, int end) {
    int p = b[from] == '-' || b[from] == '+' ? from + 1 : from;
    long told = 0;
    for (; p < end; p++) {
      told = Math.min(told * 10 + b[p] - '0', Integer.MAX_VALUE);
    }
    return b[from] == '-' ? -told : told;
  }
}
