package io.onex.metric.model;

import io.onex.bytes.Slice;
import io.onex.operation.Symbol;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A label value short enough to be exposed thousands of times.
///
/// What is longer than [#MAX_BYTES] keeps its beginning and ends in `~` and 16 hexadecimal digits
/// of the SHA-256 of the whole, so that two long values stay two series, even when a stranger
/// chooses them.
final class LabelValue {
  /// Longest label value, in bytes of UTF-8.
  static final int MAX_BYTES = 128;

  private static final int DIGITS = 16;
  private static final int KEPT_BYTES = MAX_BYTES - DIGITS - 1;

  private LabelValue() {}

  /// `value` itself unless it is too long.
  static Symbol within(Symbol value) {
    return value.length() <= MAX_BYTES ? value : cut(value.utf8());
  }

  private static Symbol cut(Slice utf8) {
    int end = KEPT_BYTES;
    while ((utf8.array()[utf8.offset() + end] & 0xc0) == 0x80) {
      end--;
    }
    return Symbol.of(utf8.part(0, end).utf8() + "~" + digits(utf8));
  }

  private static String digits(Slice utf8) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(utf8.array(), utf8.offset(), utf8.length());
      return HexFormat.of().toHexDigits(ByteBuffer.wrap(sha.digest()).getLong());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
