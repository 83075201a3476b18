package io.onex.log.fold;

import io.onex.log.Log;
import io.onex.thread.OwnedThread;
import io.onex.thread.Pulse;
import io.onex.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// The thread that drives folds over the log, from their checkpoints to its durable end and on.
///
/// It applies every record once and in order, appends what the folds conclude, ticks log time while
/// no record comes, and checkpoints. A derived record is read like any other: folds decide by kind
/// what means something to them, and one must not draw conclusions from its own. A log that cannot
/// append stalls the folds and nothing else; a record that a fold cannot take is passed over.
///
/// A platform thread, since folding is CPU work. [#progress] and [#ask] are safe for use by many
/// threads.
public final class FoldRunner implements AutoCloseable {
  private static final Duration IDLE = Duration.ofMillis(100);

  /// What came first waits so long for more. When each sender waits for its one record, commits are
  /// small and many; folding each by itself would cost a commit of conclusions for every one.
  private static final Duration GATHER = Duration.ofMillis(10);

  private static final Duration PAUSE = Duration.ofMillis(200);

  private final FoldRunnerLoop loop;
  private final Log log;
  private final OwnedThread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private int waiting;

  private FoldRunner(FoldRunnerLoop loop, Log log) {
    this.loop = loop;
    this.log = log;
    this.thread = OwnedThread.platform("onex-folds", "folds", this::run);
  }

  /// Restores the folds from their checkpoints and starts driving them. They belong to the runner
  /// from now on; other threads look at them by [#ask].
  ///
  /// @param failures takes the records that folds pass over
  public static FoldRunner start(
      List<Fold> folds,
      Log log,
      Checkpoints checkpoints,
      Clock clock,
      FoldRunnerOptions options,
      FoldFailures failures) {
    FoldRunner runner =
        new FoldRunner(new FoldRunnerLoop(folds, log, checkpoints, clock, options, failures), log);
    var _ = runner.thread.start();
    return runner;
  }

  /// What was wrong with checkpoints at the start.
  public List<CheckpointProblem> problems() {
    return loop.problems();
  }

  /// The sign of life of its thread. Waits for nothing.
  public Pulse pulse() {
    return thread.pulse();
  }

  /// How far each fold has come, in the order they were given.
  public List<FoldRunnerProgress> progress() {
    return loop.progress();
  }

  /// Whether all folds have reached the durable end that existed at the start.
  public boolean isCaughtUp() {
    return progress().stream().allMatch(FoldRunnerProgress::caughtUp);
  }

  /// Waits until no fold that moves is more than `records` behind the durable end. A fold that does
  /// not move holds nobody up.
  ///
  /// @param timeout longest wait
  /// @return whether it had to wait
  public boolean awaitNear(long records, Duration timeout) throws InterruptedException {
    if (!holds() || isNear(records)) {
      return false;
    }
    long left = timeout.toNanos();
    lock.lockInterruptibly();
    waiting++;
    try {
      while (left > 0 && holds() && !isNear(records)) {
        left = moved.awaitNanos(left);
      }
    } finally {
      waiting--;
      lock.unlock();
    }
    return true;
  }

  /// A runner that has ended, as it never should, holds nobody up either.
  private boolean holds() {
    return thread.goesOn() && !thread.pulse().hasEnded();
  }

  private boolean isNear(long records) {
    long end = log.durableEnd().offset();
    for (FoldRunnerProgress fold : loop.progress()) {
      if (fold.failure().isEmpty() && end - fold.position().offset() > records) {
        return false;
      }
    }
    return true;
  }

  private void tellWaiting() {
    lock.lock();
    try {
      if (waiting > 0) {
        moved.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Asks about the state of folds between two batches, on the calling thread. `question` must not
  /// change them and should be quick: folding waits for it.
  public <T> T ask(Supplier<T> question) {
    return loop.ask(question);
  }

  /// As [#ask], unless folding goes on for longer than `timeout`, as when a fold hangs.
  ///
  /// @return empty when there was no time for the question
  public <T> Optional<T> ask(Supplier<T> question, Duration timeout) throws InterruptedException {
    return loop.ask(question, timeout);
  }

  private void run(OwnedThread self) throws InterruptedException {
    try {
      while (self.goesOn()) {
        FoldRunnerLoop.Step step = loop.step();
        self.pulse().beat();
        tellWaiting();
        switch (step) {
          case MOVED -> {}
          case IDLE -> {
            boolean more = log.awaitBeyond(loop.position(), IDLE);
            // A closed log answers at once.
            boolean _ = self.pause(more ? GATHER : Duration.ofMillis(1));
          }
          case STALLED -> {
            boolean _ = self.pause(PAUSE);
          }
        }
      }
      var _ = loop.checkpoint(true);
    } finally {
      loop.close();
    }
  }

  /// Stops after the batch at hand, takes a last checkpoint and waits for both.
  @Override
  public void close() {
    thread.askToStop();
    tellWaiting();
    thread.awaitEnd();
  }
}
