package io.onex.log.fold;

import io.onex.log.Log;
import io.onex.log.LogReader;
import io.onex.log.Position;
import io.onex.log.RecordBatch;
import io.onex.log.RecordWriter;
import io.onex.time.Clock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// The steps by which folds follow the log, without a thread of its own: whoever owns it calls
/// [#step] again and again.
///
/// A fold's conclusions are durable before its position counts, so a checkpoint never stands beyond
/// a conclusion that could still be lost; those of one batch become so while others are applied.
/// All folds share one reader, which begins at the earliest checkpoint; each skips what it has
/// seen.
final class FoldRunnerLoop {
  /// What a step achieved.
  enum Step {
    /// Records were applied; more may wait.
    MOVED,
    /// The folds stand at the durable end.
    IDLE,
    /// Something failed; worth another try after a pause.
    STALLED
  }

  private final Log log;
  private final Checkpoints checkpoints;
  private final Clock clock;
  private final FoldRunnerOptions options;
  private final List<FoldRunnerLane> lanes = new ArrayList<>();
  private final List<CheckpointProblem> problems = new ArrayList<>();
  private final FoldRunnerOutbox outbox;
  private final WorkMark mark;
  private LogReader reader;

  /// Conclusions up to here may stand in the log already.
  private Position target;

  /// Held while folds change or are looked at, never while the disk is waited for.
  private final ReentrantLock state = new ReentrantLock();

  private Optional<FoldRunnerCatchUp> catchUp = Optional.of(new FoldRunnerCatchUp());
  private long logTimeMicros;
  private volatile List<FoldRunnerProgress> progress = List.of();

  FoldRunnerLoop(
      List<Fold> folds, Log log, Checkpoints checkpoints, Clock clock, FoldRunnerOptions options) {
    this(folds, log, checkpoints, clock, options, FoldFailures.NONE);
  }

  FoldRunnerLoop(
      List<Fold> folds,
      Log log,
      Checkpoints checkpoints,
      Clock clock,
      FoldRunnerOptions options,
      FoldFailures failures) {
    this.log = log;
    this.checkpoints = checkpoints;
    this.clock = clock;
    this.options = options;
    this.target = log.durableEnd();
    for (Fold fold : folds) {
      lanes.add(
          FoldRunnerLane.restore(
              fold,
              checkpoints.find(fold.name()),
              log,
              options,
              failures,
              clock.monotonicNanos(),
              problems));
    }
    this.outbox = new FoldRunnerOutbox(log, positions());
    Position earliest =
        lanes.stream().map(FoldRunnerLane::position).min(Position::compareTo).orElse(target);
    this.reader = log.reader(earliest);
    this.mark = checkpoints.openWorkMark();
    publish(Optional.empty());
  }

  /// What is wrong with checkpoints found at the start.
  List<CheckpointProblem> problems() {
    return List.copyOf(problems);
  }

  List<FoldRunnerProgress> progress() {
    return progress;
  }

  Position position() {
    return reader.position();
  }

  /// Asks about the state of folds, between two batches.
  <T> T ask(Supplier<T> question) {
    state.lock();
    try {
      return question.get();
    } finally {
      state.unlock();
    }
  }

  <T> Optional<T> ask(Supplier<T> question, Duration timeout) throws InterruptedException {
    if (!state.tryLock(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
      return Optional.empty();
    }
    try {
      return Optional.of(question.get());
    } finally {
      state.unlock();
    }
  }

  /// Applies the next batch or a tick, appends what was concluded, and checkpoints what is due.
  Step step() throws InterruptedException {
    try {
      if (outbox.failure().isPresent() && !outbox.flush()) {
        publish(outbox.failure());
        return Step.STALLED;
      }
      Optional<String> unkept = keepLetters();
      if (lanes.stream().anyMatch(FoldRunnerLane::mustWait) || !restoreBroken()) {
        publish(unkept.or(outbox::failure));
        return Step.STALLED;
      }
      // Asked before reading: what is under way now and durable by then is read, too.
      long bound = Math.min(clock.wallMicros(), log.oldestUnderWayMicros());
      RecordBatch batch = reader.read(options.batchRecords(), options.batchBytes());
      boolean more = !batch.isEmpty() || !outbox.isEmpty();
      if (!batch.isEmpty()) {
        apply(batch);
      } else if (outbox.isEmpty()) {
        finishCatchUp();
        tick(bound);
      }
      lanes.forEach(lane -> lane.conclude(outbox));
      Optional<String> letters = keepLetters();
      boolean appended = batch.isEmpty() ? outbox.flush() : outbox.pass(positions());
      Optional<String> failure = appended ? checkpoint(false) : Optional.empty();
      publish(outbox.failure().or(() -> failure).or(() -> letters));
      return outbox.failure().isPresent() ? Step.STALLED : more ? Step.MOVED : Step.IDLE;
    } catch (IOException e) {
      publish(Optional.of("reading the log failed: " + e.getMessage()));
      return Step.STALLED;
    } catch (RuntimeException e) {
      // A bug outside the folds. Positions tell what was applied, so trying again is safe, and the
      // failure is in sight for as long as it lasts.
      publish(Optional.of("following the log failed: " + e));
      return Step.STALLED;
    }
  }

  private Optional<String> keepLetters() {
    Optional<String> failure = Optional.empty();
    for (FoldRunnerLane lane : lanes) {
      failure = failure.or(lane::keepLetters);
    }
    return failure;
  }

  /// Folds whose state is half changed go back to their checkpoints, and read on from there as
  /// after a restart: what they concluded meanwhile is met in the log again.
  ///
  /// @return false when not all of that is in the log yet
  private boolean restoreBroken() throws InterruptedException {
    if (lanes.stream().noneMatch(FoldRunnerLane::isBroken)) {
      return true;
    }
    if (!outbox.flush()) {
      return false;
    }
    state.lock();
    try {
      for (int i = 0; i < lanes.size(); i++) {
        FoldRunnerLane lane = lanes.get(i);
        if (lane.isBroken()) {
          lanes.set(
              i,
              lane.restored(checkpoints.find(lane.name()), log, options, clock.monotonicNanos()));
        }
      }
    } finally {
      state.unlock();
    }
    target = log.durableEnd();
    catchUp = Optional.of(catchUp.orElseGet(FoldRunnerCatchUp::new));
    outbox.restart(positions());
    reader.close();
    reader = log.reader(positions().stream().min(Position::compareTo).orElse(target));
    return true;
  }

  private void apply(RecordBatch batch) {
    state.lock();
    try {
      for (FoldRunnerLane lane : lanes) {
        lane.apply(batch, mark);
        if (lane.isBroken()) {
          lane.dropConclusions();
        }
      }
    } finally {
      state.unlock();
    }
    if (!batch.records().isEmpty()) {
      logTimeMicros = Math.max(logTimeMicros, batch.records().getLast().ingestTimeMicros());
    }
    catchUp.ifPresent(waiting -> {
      lanes.forEach(lane -> lane.hold(waiting));
      waiting.meet(batch);
      if (waiting.isFull()) {
        release(waiting);
      }
    });
    if (batch.end().compareTo(target) >= 0) {
      finishCatchUp();
    }
  }

  private void finishCatchUp() {
    catchUp.ifPresent(this::release);
    catchUp = Optional.empty();
  }

  private void release(FoldRunnerCatchUp waiting) {
    RecordWriter released = new RecordWriter(4_096);
    waiting.release(released);
    outbox.exchange(released);
  }

  /// Log time goes on although no record comes. It never overtakes a record that waits for the
  /// disk: what is decided now must be what is decided when the same records are read again.
  private void tick(long bound) {
    long now = bound - options.tickBehind().toNanos() / 1_000;
    if (now <= logTimeMicros) {
      return;
    }
    logTimeMicros = now;
    state.lock();
    try {
      lanes.forEach(lane -> lane.advance(now));
    } finally {
      state.unlock();
    }
  }

  /// Checkpoints the folds that are due.
  ///
  /// @param all also those that are not due but moved
  /// @return why one failed
  Optional<String> checkpoint(boolean all) throws InterruptedException {
    if (!catchUp.map(FoldRunnerCatchUp::isEmpty).orElse(true)) {
      return Optional.empty();
    }
    Optional<String> failure = Optional.empty();
    for (FoldRunnerLane lane : lanes) {
      long now = clock.monotonicNanos();
      if (lane.hasMoved() && (all || lane.isCheckpointDue(options, now))) {
        if (!outbox.flush()) {
          return outbox.failure();
        }
        Checkpoint checkpoint = ask(() -> lane.checkpoint(options));
        lane.tried(now);
        try {
          checkpoints.save(lane.name(), checkpoint);
          lane.checkpointed(checkpoint);
        } catch (IOException e) {
          failure =
              Optional.of(
                  "checkpoint of fold %s failed: %s".formatted(lane.name(), e.getMessage()));
        }
      }
    }
    return failure;
  }

  private List<Position> positions() {
    return lanes.stream().map(FoldRunnerLane::position).toList();
  }

  private void publish(Optional<String> failure) {
    Position durableEnd = log.durableEnd();
    List<FoldRunnerProgress> all = new ArrayList<>();
    for (int i = 0; i < lanes.size(); i++) {
      Position concluded = outbox.concluded().get(i);
      all.add(lanes.get(i).progress(concluded, durableEnd, failure));
    }
    progress = all;
  }

  void close() {
    mark.close();
    reader.close();
  }
}
