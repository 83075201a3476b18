package io.onex.log;

import io.onex.segment.Compression;
import java.time.Duration;

/// How the log keeps its records.
///
/// @param directory folder below the data directory
/// @param segmentBytes a segment that has reached this size is closed; at least 4096
/// @param blockBytes a block is closed before it has more bytes than this, before compression; an
///   array of this size should be below half a region of the garbage collector, 512 KiB
/// @param compression of the blocks that are written from now on
/// @param recentBytes encoded records kept in memory for readers that keep up
/// @param queueBytes encoded records that may wait for the committer; appenders wait beyond
/// @param rememberedIds event ids by which duplicates are known, 1 to 4,000,000
/// @param retentionAge records older than this are removed
/// @param retentionBytes the oldest segments are removed when all together are larger
/// @param minFreeBytes the log refuses to append when the disk has less than this left, so that
///   cursors can still be written and deliveries go on
public record LogConfig(
    String directory,
    long segmentBytes,
    int blockBytes,
    Compression compression,
    long recentBytes,
    long queueBytes,
    int rememberedIds,
    Duration retentionAge,
    long retentionBytes,
    long minFreeBytes) {
  /// The defaults: 128 MiB segments, 384 KiB blocks, 32 MiB in memory, 4 million ids, 7 days, 20
  /// GiB.
  public static final LogConfig DEFAULT =
      new LogConfig(
          "log",
          128L << 20,
          384 << 10,
          Compression.STANDARD,
          32L << 20,
          32L << 20,
          DuplicateWindow.MAX_IDS,
          Duration.ofDays(7),
          20L << 30,
          64L << 20);

  public LogConfig {
    if (directory.isEmpty()) {
      throw new IllegalArgumentException("the log needs a directory");
    }
    if (segmentBytes < 4096 || blockBytes < 1 || blockBytes > 16 << 20) {
      throw new IllegalArgumentException(
          "segments have at least 4096 bytes and blocks 1 to 16 MiB, not %d and %d"
              .formatted(segmentBytes, blockBytes));
    }
    if (rememberedIds < 1 || rememberedIds > DuplicateWindow.MAX_IDS) {
      throw new IllegalArgumentException(
          "the log remembers 1 to %d ids, not %d"
              .formatted(DuplicateWindow.MAX_IDS, rememberedIds));
    }
    if (recentBytes < 0 || queueBytes < 1 || retentionBytes < 1 || minFreeBytes < 0) {
      throw new IllegalArgumentException("sizes of the log cannot be negative");
    }
    if (!retentionAge.isPositive()) {
      throw new IllegalArgumentException("records must be kept for some time, not " + retentionAge);
    }
  }

  /// The same with another segment size.
  public LogConfig withSegmentBytes(long bytes) {
    return new LogConfig(
        directory,
        bytes,
        blockBytes,
        compression,
        recentBytes,
        queueBytes,
        rememberedIds,
        retentionAge,
        retentionBytes,
        minFreeBytes);
  }

  /// The same with another number of remembered ids.
  public LogConfig withRememberedIds(int ids) {
    return new LogConfig(
        directory,
        segmentBytes,
        blockBytes,
        compression,
        recentBytes,
        queueBytes,
        ids,
        retentionAge,
        retentionBytes,
        minFreeBytes);
  }

  /// The same with other limits of retention.
  public LogConfig withRetention(Duration age, long bytes) {
    return new LogConfig(
        directory,
        segmentBytes,
        blockBytes,
        compression,
        recentBytes,
        queueBytes,
        rememberedIds,
        age,
        bytes,
        minFreeBytes);
  }

  /// The same with another reserve of free space.
  public LogConfig withMinFreeBytes(long bytes) {
    return new LogConfig(
        directory,
        segmentBytes,
        blockBytes,
        compression,
        recentBytes,
        queueBytes,
        rememberedIds,
        retentionAge,
        retentionBytes,
        bytes);
  }
}
