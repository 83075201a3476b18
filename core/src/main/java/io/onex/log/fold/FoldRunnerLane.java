package io.onex.log.fold;

import io.onex.log.Log;
import io.onex.log.Position;
import io.onex.log.Record;
import io.onex.log.RecordBatch;
import io.onex.log.RecordWriter;
import java.util.List;
import java.util.Optional;

/// One fold of a [FoldRunnerLoop], with its position and the conclusions not appended yet. Guarded
/// by its loop.
final class FoldRunnerLane {
  private final Fold fold;
  private RecordWriter conclusions = new RecordWriter(4_096);
  private Position position;
  private Optional<Position> checkpointed;
  private long recordsSinceCheckpoint;
  private long checkpointedAtNanos;
  private Optional<String> failure = Optional.empty();

  private FoldRunnerLane(
      Fold fold, Position position, Optional<Position> checkpointed, long nowNanos) {
    this.fold = fold;
    this.position = position;
    this.checkpointed = checkpointed;
    this.checkpointedAtNanos = nowNanos;
  }

  /// A fold that continues from the newest checkpoint it can use, else from the start of the log.
  ///
  /// @param problems takes what is wrong with checkpoints
  static FoldRunnerLane restore(
      Fold fold,
      CheckpointCandidates candidates,
      Log log,
      FoldRunnerOptions options,
      long nowNanos,
      List<CheckpointProblem> problems) {
    problems.addAll(candidates.problems());
    for (Checkpoint checkpoint : candidates.newestFirst()) {
      Optional<String> unusable = unusable(checkpoint, log, options);
      if (unusable.isEmpty()) {
        try {
          fold.restore(checkpoint.snapshot());
          Position from =
              checkpoint.position().compareTo(log.start()) < 0
                  ? log.start()
                  : checkpoint.position();
          return new FoldRunnerLane(fold, from, Optional.of(checkpoint.position()), nowNanos);
        } catch (IllegalArgumentException e) {
          unusable = Optional.of("the fold refuses its snapshot (" + e.getMessage() + ")");
        }
      }
      problems.add(
          new CheckpointProblem(
              fold.name(), "at position " + checkpoint.position(), unusable.orElseThrow()));
    }
    return new FoldRunnerLane(fold, log.start(), Optional.empty(), nowNanos);
  }

  private static Optional<String> unusable(
      Checkpoint checkpoint, Log log, FoldRunnerOptions options) {
    if (checkpoint.position().compareTo(log.durableEnd()) > 0) {
      return Optional.of("the log ends before it, at " + log.durableEnd());
    }
    if (checkpoint.logEpoch() > options.logEpoch()) {
      return Optional.of(
          "it belongs to epoch %d of the log, which is in epoch %d"
              .formatted(checkpoint.logEpoch(), options.logEpoch()));
    }
    return Optional.empty();
  }

  /// Applies what the fold has not seen of a batch.
  void apply(RecordBatch batch) {
    if (failure.isPresent() || position.compareTo(batch.end()) >= 0) {
      return;
    }
    try {
      for (Record record : batch.records()) {
        if (record.position().compareTo(position) >= 0) {
          fold.apply(record, this::writer);
          recordsSinceCheckpoint++;
        }
      }
    } catch (RuntimeException e) {
      failed(e);
      return;
    }
    position = batch.end();
  }

  void advance(long logTimeMicros) {
    if (failure.isPresent()) {
      return;
    }
    try {
      fold.advance(logTimeMicros, this::writer);
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  /// A state that a bug left halfway is neither used nor checkpointed again; the fold stands still
  /// where it was, for people to see, and the others go on.
  private void failed(RuntimeException e) {
    conclusions.clear();
    failure =
        Optional.of("fold %s failed after position %s: %s".formatted(fold.name(), position, e));
  }

  private RecordWriter writer() {
    return conclusions;
  }

  /// Puts what it concluded into `outbox`.
  void conclude(FoldRunnerOutbox outbox) {
    conclusions = outbox.exchange(conclusions);
  }

  /// Lets what it concluded be held back.
  void hold(FoldRunnerCatchUp catchUp) {
    catchUp.hold(conclusions);
  }

  boolean isCheckpointDue(FoldRunnerOptions options, long nowNanos) {
    return hasMoved()
        && (recordsSinceCheckpoint >= options.checkpointRecords()
            || nowNanos - checkpointedAtNanos >= options.checkpointEvery().toNanos());
  }

  /// Whether there is something new and whole to checkpoint.
  boolean hasMoved() {
    return failure.isEmpty()
        && conclusions.count() == 0
        && (checkpointed.isEmpty() || position.compareTo(checkpointed.get()) > 0);
  }

  Checkpoint checkpoint(FoldRunnerOptions options) {
    return new Checkpoint(
        position, fold.snapshot(), options.rulesEpoch().getAsLong(), options.logEpoch());
  }

  /// The next checkpoint is due an interval after this try, whether or not it succeeded.
  void tried(long nowNanos) {
    checkpointedAtNanos = nowNanos;
    recordsSinceCheckpoint = 0;
  }

  void checkpointed(Checkpoint checkpoint) {
    checkpointed = Optional.of(checkpoint.position());
  }

  String name() {
    return fold.name();
  }

  Position position() {
    return position;
  }

  Optional<String> failure() {
    return failure;
  }

  /// @param concluded where it stood when all it concluded before was durable
  FoldRunnerProgress progress(
      Position concluded, Position durableEnd, Position target, Optional<String> stalled) {
    return new FoldRunnerProgress(
        fold.name(),
        concluded,
        durableEnd,
        concluded.compareTo(target) >= 0,
        checkpointed,
        failure.or(() -> stalled));
  }
}
