package io.onex.segment;

/// How a [SegmentStore] keeps its files.
///
/// @param directory folder below the root of the storage
/// @param partition partition of the positions, at least 0
/// @param segmentBytes a segment that has reached this size is closed; at least 4096
public record SegmentOptions(String directory, int partition, long segmentBytes) {
  /// 128 MiB.
  public static final long DEFAULT_SEGMENT_BYTES = 128L << 20;

  public SegmentOptions {
    if (directory.isEmpty() || partition < 0 || segmentBytes < 4096) {
      throw new IllegalArgumentException(
          "a segment store needs a directory, a partition and segments of at least 4096 bytes, not "
              + segmentBytes);
    }
  }

  /// Segments of the default size in `directory`, partition 0.
  public static SegmentOptions in(String directory) {
    return new SegmentOptions(directory, 0, DEFAULT_SEGMENT_BYTES);
  }
}
