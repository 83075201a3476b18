package io.onex.json;

import io.onex.bytes.Slice;
import java.nio.charset.StandardCharsets;

/// Numbers as they stand in JSON text.
///
/// All functions are pure and do not allocate for numbers of up to 18 digits and a small exponent.
public final class JsonNumber {
  private static final double[] POWERS_OF_TEN = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };
  private static final long EXACT_IN_DOUBLE = 1L << 53;
  private static final int MAX_DIGITS = 18;

  private JsonNumber() {}

  /// The nearest double to the JSON number that fills `raw`; NaN when `raw` is no number. A number
  /// too large for a double is infinite.
  public static double toDouble(Slice raw) {
    return toDouble(raw.array(), raw.offset(), raw.end());
  }

  /// The integer that fills `raw`; `otherwise` when `raw` is no JSON number, has a fraction or an
  /// exponent, or does not fit.
  public static long toLong(Slice raw, long otherwise) {
    return toLong(raw.array(), raw.offset(), raw.end(), otherwise);
  }

  public static long toLong(byte[] b, int from, int to, long otherwise) {
    boolean negative = from < to && b[from] == '-';
    int p = negative ? from + 1 : from;
    if (p == to || to - p > MAX_DIGITS + 1) {
      return otherwise;
    }
    long value = 0;
    for (; p < to; p++) {
      int digit = b[p] - '0';
      if (digit < 0 || digit > 9 || value > (Long.MAX_VALUE - digit) / 10) {
        return otherwise;
      }
      value = value * 10 + digit;
    }
    return negative ? -value : value;
  }

  /// Clinger's fast path: up to 2^53 and up to 10^22 both are exact, so one operation on them
  /// rounds correctly (W. Clinger, "How to read floating point numbers accurately", 1990).
  public static double toDouble(byte[] b, int from, int to) {
    if (from >= to || JsonKind.ofFirstByte(b[from]) != JsonKind.NUMBER) {
      return Double.NaN;
    }
    boolean negative = b[from] == '-';
    long digits = 0;
    int count = 0;
    int fraction = -1;
    for (int p = negative ? from + 1 : from; p < to; p++) {
      byte c = b[p];
      if (c >= '0' && c <= '9' && count < MAX_DIGITS) {
        digits = digits * 10 + (c - '0');
        count++;
        fraction += fraction >= 0 ? 1 : 0;
      } else if (c == '.' && fraction < 0) {
        fraction = 0;
      } else {
        return slow(b, from, to);
      }
    }
    int scale = Math.max(fraction, 0);
    if (count == 0 || digits > EXACT_IN_DOUBLE || scale >= POWERS_OF_TEN.length) {
      return slow(b, from, to);
    }
    double value = digits / POWERS_OF_TEN[scale];
    return negative ? -value : value;
  }

  private static double slow(byte[] b, int from, int to) {
    try {
      return Double.parseDouble(new String(b, from, to - from, StandardCharsets.ISO_8859_1));
    } catch (NumberFormatException notANumber) {
      return Double.NaN;
    }
  }
}
