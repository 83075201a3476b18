package io.onex.segment;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/// What stands before the stored bytes of a block. `docs/reference/format/segment.md` draws it.
///
/// Cipher and key id are reserved for encryption at rest and 0 today.
///
/// @param codec how the bytes are stored
/// @param count positions the block takes up, at least 1
/// @param firstPosition position of its first record
/// @param durablePosition everything before this position had been forced when the block was
///   written; it tells a damaged block from one that was never acknowledged
/// @param newestMicros greatest time of its records, microseconds since the epoch
/// @param rawBytes size before the codec
/// @param storedBytes size in the file
/// @param storedChecksum CRC32C of the stored bytes
/// @param epoch epoch of the segment
public record BlockHeader(
    Codec codec,
    int count,
    long firstPosition,
    long durablePosition,
    long newestMicros,
    int rawBytes,
    int storedBytes,
    int storedChecksum,
    int epoch) {
  /// Bytes of the header.
  public static final int BYTES = 64;

  /// Most bytes of a block before the codec.
  public static final int MAX_RAW_BYTES = 1 << 26;

  static final int MAGIC = 0x4b42584f; // "OXBK", little endian
  private static final byte VERSION = 1;

  public BlockHeader {
    if (count < 1
        || firstPosition < 0
        || durablePosition < 0
        || rawBytes < 0
        || rawBytes > MAX_RAW_BYTES
        || storedBytes < 0
        || storedBytes > MAX_RAW_BYTES) {
      throw new IllegalArgumentException(
          "no such block: %d positions from %d in %d bytes stored as %d"
              .formatted(count, firstPosition, rawBytes, storedBytes));
    }
  }

  /// The position just past the block.
  public long endPosition() {
    return firstPosition + count;
  }

  void encode(ByteBuffer target) {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(MAGIC).put(VERSION).put(codec.code()).put((byte) 0).put((byte) 0);
    bytes.putInt(0).putInt(count);
    bytes.putLong(firstPosition).putLong(durablePosition).putLong(newestMicros);
    bytes.putInt(rawBytes).putInt(storedBytes).putInt(storedChecksum).putInt(epoch);
    bytes.putInt(BYTES - Integer.BYTES, Checksum.of(bytes.array(), 0, BYTES - Integer.BYTES));
    target.put(bytes.clear());
  }

  /// The header at `offset` of `array`; empty when there is none or its checksum is wrong.
  static Optional<BlockHeader> decode(byte[] array, int offset) {
    ByteBuffer bytes = ByteBuffer.wrap(array, offset, BYTES).slice();
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.getInt(0) != MAGIC
        || bytes.get(4) != VERSION
        || bytes.getInt(BYTES - Integer.BYTES)
            != Checksum.of(array, offset, BYTES - Integer.BYTES)) {
      return Optional.empty();
    }
    try {
      return Codec.ofCode(bytes.get(5))
          .map(codec ->
              new BlockHeader(
                  codec,
                  bytes.getInt(12),
                  bytes.getLong(16),
                  bytes.getLong(24),
                  bytes.getLong(32),
                  bytes.getInt(40),
                  bytes.getInt(44),
                  bytes.getInt(48),
                  bytes.getInt(52)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
