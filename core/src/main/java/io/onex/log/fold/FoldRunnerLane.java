package io.onex.log.fold;

import io.onex.bytes.Slice;
import io.onex.log.Log;
import io.onex.log.Position;
import io.onex.log.Record;
import io.onex.log.RecordBatch;
import io.onex.log.RecordFrame;
import io.onex.log.RecordWriter;
import io.onex.thread.OutOfMemory;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One fold of a [FoldRunnerLoop], with its position and the conclusions not appended yet. Guarded
/// by its loop.
///
/// A record that the fold cannot take is passed over: no exception about one record stops a fold.
/// If the state is only half changed by then, the lane [#isBroken] until it is restored from its
/// checkpoint and has read on from there, without that record.
final class FoldRunnerLane {
  /// More letters than these wait for the disk only when it fails; the fold waits, too, then.
  private static final int MOST_WAITING = 100;

  /// A fold that breaks so often is at fault itself: standing still, it is seen.
  private static final int MOST_RESTORES = 1_000;

  private final Fold fold;
  private final Slice initial;
  private final FoldFailures failures;

  /// Records since the checkpoint that broke it.
  private final Set<Long> passedOver = new HashSet<>();

  private final Deque<FoldFailure> waiting = new ArrayDeque<>();
  private final Position target;
  private boolean broken;
  private int restores;
  private RecordWriter conclusions = new RecordWriter(4_096);
  private Position position;
  private Optional<Position> checkpointed;
  private long recordsSinceCheckpoint;
  private long checkpointedAtNanos;
  private Optional<String> failure = Optional.empty();

  private FoldRunnerLane(
      Fold fold,
      Slice initial,
      FoldFailures failures,
      Position target,
      Position position,
      Optional<Position> checkpointed,
      long nowNanos) {
    this.fold = fold;
    this.initial = initial;
    this.failures = failures;
    this.target = target;
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
      FoldFailures failures,
      long nowNanos,
      List<CheckpointProblem> problems) {
    return restore(fold, fold.snapshot(), candidates, log, options, failures, nowNanos, problems);
  }

  /// The same lane once more, as after a restart, but without what was passed over.
  FoldRunnerLane restored(
      CheckpointCandidates candidates, Log log, FoldRunnerOptions options, long nowNanos) {
    fold.restore(initial);
    FoldRunnerLane again =
        restore(fold, initial, candidates, log, options, failures, nowNanos, new ArrayList<>());
    again.passedOver.addAll(passedOver);
    again.waiting.addAll(waiting);
    again.restores = restores + 1;
    if (again.restores > MOST_RESTORES) {
      again.failure =
          Optional.of(
              "fold %s broke %d times and stands still at position %s; restart onex, and report what it logged"
                  .formatted(fold.name(), restores, again.position));
    }
    return again;
  }

  private static FoldRunnerLane restore(
      Fold fold,
      Slice initial,
      CheckpointCandidates candidates,
      Log log,
      FoldRunnerOptions options,
      FoldFailures failures,
      long nowNanos,
      List<CheckpointProblem> problems) {
    Position target = log.durableEnd();
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
          return new FoldRunnerLane(
              fold, initial, failures, target, from, Optional.of(checkpoint.position()), nowNanos);
        } catch (IllegalArgumentException e) {
          unusable = Optional.of("the fold refuses its snapshot (" + e.getMessage() + ")");
        }
      }
      problems.add(
          new CheckpointProblem(
              fold.name(), "at position " + checkpoint.position(), unusable.orElseThrow()));
    }
    return new FoldRunnerLane(
        fold, initial, failures, target, log.start(), Optional.empty(), nowNanos);
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
  void apply(RecordBatch batch, WorkMark mark) {
    if (failure.isPresent() || broken || position.compareTo(batch.end()) >= 0) {
      return;
    }
    mark.batch(fold.name(), position.offset(), batch.end().offset());
    boolean wary = mark.hasSuspects() || !passedOver.isEmpty();
    for (Record record : batch.records()) {
      if (record.position().compareTo(position) >= 0) {
        if (wary) {
          applyWarily(record, mark);
        } else {
          apply(record);
        }
        if (broken || failure.isPresent()) {
          mark.idle();
          return;
        }
      }
    }
    mark.idle();
    position = batch.end();
  }

  private void apply(Record record) {
    try {
      fold.apply(record, this::writer);
      recordsSinceCheckpoint++;
    } catch (OutOfMemoryError e) {
      // At once: on the way up the mark would be taken back.
      OutOfMemory.endIfSo(e);
      throw e;
    } catch (LinkageError e) {
      // A broken installation, not a broken record: nothing is passed over for it.
      standStill(e);
    } catch (Throwable e) {
      failures.failed(fold.name(), e);
      if (!fold.isIntact()) {
        broken = true;
        passedOver.add(record.position().offset());
      }
      passOver(FoldFailure.thrown(fold.name(), copyOf(record), e));
    }
  }

  /// As [#apply], in a stretch in which a life ended, or where something was passed over.
  private void applyWarily(Record record, WorkMark mark) {
    long offset = record.position().offset();
    if (passedOver.contains(offset)) {
      tick(record.ingestTimeMicros());
    } else if (mark.isPassedOver(fold.name(), offset)) {
      passOver(FoldFailure.fatal(fold.name(), copyOf(record)));
    } else {
      if (mark.isSuspect(fold.name(), offset)) {
        mark.record(fold.name(), offset);
      }
      apply(record);
    }
  }

  /// What a letter waits for may take longer than the batch is in memory.
  private static Record copyOf(Record record) {
    return Record.of(new RecordFrame(record.frame().encoded().toByteArray(), 0, record.position()));
  }

  private void passOver(FoldFailure passed) {
    conclusions.dropIncomplete();
    waiting.add(passed);
    // Its time has come all the same, as it will have when it is passed over again.
    advance(passed.record().ingestTimeMicros());
  }

  void advance(long logTimeMicros) {
    if (failure.isEmpty() && !broken) {
      tick(logTimeMicros);
    }
  }

  private void tick(long logTimeMicros) {
    try {
      fold.advance(logTimeMicros, this::writer);
    } catch (OutOfMemoryError e) {
      OutOfMemory.endIfSo(e);
      throw e;
    } catch (LinkageError e) {
      standStill(e);
    } catch (Throwable e) {
      failures.failed(fold.name(), e);
      conclusions.dropIncomplete();
      broken = !fold.isIntact();
    }
  }

  /// For people to see; the others go on.
  private void standStill(LinkageError e) {
    conclusions.clear();
    failure =
        Optional.of(
            "fold %s cannot run after position %s: %s; the installation is broken, unpack it again"
                .formatted(fold.name(), position, e));
  }

  /// Whether the state is half changed and has to be restored.
  boolean isBroken() {
    return broken;
  }

  /// Forgets what it concluded since it was last asked: it will conclude it again.
  void dropConclusions() {
    conclusions.clear();
  }

  /// Keeps the letters of what was passed over, now that no lock is held.
  ///
  /// @return why one could not be kept
  Optional<String> keepLetters() {
    while (!waiting.isEmpty()) {
      try {
        failures.keep(waiting.element());
        waiting.remove();
      } catch (IOException e) {
        return Optional.of(
            "dead letters of fold %s cannot be kept: %s".formatted(fold.name(), e.getMessage()));
      }
    }
    return Optional.empty();
  }

  boolean mustWait() {
    return waiting.size() >= MOST_WAITING;
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
        && (restores > 0
            || recordsSinceCheckpoint >= options.checkpointRecords()
            || nowNanos - checkpointedAtNanos >= options.checkpointEvery().toNanos());
  }

  /// Whether there is something new and whole to checkpoint.
  boolean hasMoved() {
    return failure.isEmpty()
        && !broken
        && waiting.isEmpty()
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
    restores = 0;
    passedOver.clear();
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
  FoldRunnerProgress progress(Position concluded, Position durableEnd, Optional<String> stalled) {
    return new FoldRunnerProgress(
        fold.name(),
        concluded,
        durableEnd,
        concluded.compareTo(target) >= 0,
        checkpointed,
        failure.or(() -> stalled),
        failure.isPresent());
  }
}
