package io.onex.segment;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/// The first bytes of a segment file. `docs/reference/format/segment.md` draws them.
///
/// @param partition partition of the positions inside
/// @param epoch rises each time the store had to skip positions it could not account for
/// @param sequence ordinal of the file in its directory
/// @param firstPosition where the segment begins
/// @param previousEnd where the segment before it ended; less than `firstPosition` only when a new
///   epoch skipped the positions between
record SegmentHeader(
    int partition, int epoch, long sequence, long firstPosition, long previousEnd) {
  static final int BYTES = 64;
  private static final int MAGIC = 0x4753584f; // "OXSG", little endian
  private static final byte VERSION = 1;

  SegmentName name() {
    return new SegmentName(sequence, firstPosition);
  }

  ByteBuffer encode() {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(MAGIC).put(VERSION).put((byte) 0).putShort((short) 0);
    bytes.putInt(partition).putInt(epoch);
    bytes.putLong(sequence).putLong(firstPosition).putLong(previousEnd);
    bytes.putInt(BYTES - Integer.BYTES, Checksum.of(bytes.array(), 0, BYTES - Integer.BYTES));
    return bytes.clear();
  }

  /// The header in the first [#BYTES] of `array`; empty when they are not one.
  static Optional<SegmentHeader> decode(byte[] array) {
    ByteBuffer bytes = ByteBuffer.wrap(array).order(ByteOrder.LITTLE_ENDIAN);
    if (array.length < BYTES
        || bytes.getInt(0) != MAGIC
        || bytes.get(4) != VERSION
        || bytes.getInt(BYTES - Integer.BYTES) != Checksum.of(array, 0, BYTES - Integer.BYTES)) {
      return Optional.empty();
    }
    return Optional.of(
        new SegmentHeader(
            bytes.getInt(8),
            bytes.getInt(12),
            bytes.getLong(16),
            bytes.getLong(24),
            bytes.getLong(32)));
  }
}
