package io.onex.log.fold;

import java.time.Duration;
import java.util.function.LongSupplier;

/// How folds are driven.
///
/// @param checkpointEvery a fold that moved is checkpointed after this time
/// @param checkpointRecords or after so many records, whichever comes first
/// @param batchRecords most records applied before conclusions are appended
/// @param batchBytes soft limit of the same
/// @param tickBehind how far log time stays behind the wall clock, and behind records that wait for
///   the disk, when no record comes: longer than a record takes from its ingest to its append, so
///   that none is older than a tick
/// @param rulesEpoch the version of the rules in force, asked for at each checkpoint
/// @param logEpoch the epoch of the log
public record FoldRunnerOptions(
    Duration checkpointEvery,
    long checkpointRecords,
    int batchRecords,
    int batchBytes,
    Duration tickBehind,
    LongSupplier rulesEpoch,
    long logEpoch) {
  /// A checkpoint every 10 s or million records, batches of 4,096 records or 4 MiB, ticks 1 s
  /// behind.
  public static final FoldRunnerOptions DEFAULT =
      new FoldRunnerOptions(
          Duration.ofSeconds(10), 1_000_000, 4_096, 4 << 20, Duration.ofSeconds(1), () -> 0, 0);

  public FoldRunnerOptions {
    if (checkpointRecords < 1
        || batchRecords < 1
        || batchBytes < 1
        || checkpointEvery.isNegative()
        || tickBehind.isNegative()) {
      throw new IllegalArgumentException(
          "folds need batches and checkpoints of at least one record");
    }
  }

  /// The same with other epochs.
  public FoldRunnerOptions withEpochs(LongSupplier newRulesEpoch, long newLogEpoch) {
    return new FoldRunnerOptions(
        checkpointEvery,
        checkpointRecords,
        batchRecords,
        batchBytes,
        tickBehind,
        newRulesEpoch,
        newLogEpoch);
  }

  /// The same with other checkpoint intervals.
  public FoldRunnerOptions withCheckpoints(Duration every, long records) {
    return new FoldRunnerOptions(
        every, records, batchRecords, batchBytes, tickBehind, rulesEpoch, logEpoch);
  }
}
