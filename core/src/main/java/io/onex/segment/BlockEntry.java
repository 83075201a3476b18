package io.onex.segment;

/// Where one block of a segment stands.
///
/// @param firstPosition position of its first record
/// @param count positions it takes up
/// @param offset of its header in the file
/// @param bytes of header and stored bytes together
/// @param newestMicros greatest time of its records
public record BlockEntry(long firstPosition, int count, long offset, int bytes, long newestMicros) {
  static BlockEntry of(BlockHeader header, long offset) {
    return new BlockEntry(
        header.firstPosition(),
        header.count(),
        offset,
        BlockHeader.BYTES + header.storedBytes(),
        header.newestMicros());
  }

  /// The position just past the block.
  public long endPosition() {
    return firstPosition + count;
  }

  /// The offset just past the block.
  public long endOffset() {
    return offset + bytes;
  }
}
