package io.onex.log.fold;

import io.onex.log.Log;
import io.onex.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private int waiting;

  private FoldRunner(FoldRunnerLoop loop, Log log) {
    this.loop = loop;
    this.log = log;
    this.thread = Thread.ofPlatform().name("onex-folds").unstarted(this::run);
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
    runner.thread.start();
    return runner;
  }

  /// What was wrong with checkpoints at the start.
  public List<CheckpointProblem> problems() {
    return loop.problems();
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
    if (isNear(records)) {
      return false;
    }
    long left = timeout.toNanos();
    lock.lockInterruptibly();
    waiting++;
    try {
      while (left > 0 && stopping.getCount() > 0 && !isNear(records)) {
        left = moved.awaitNanos(left);
      }
    } finally {
      waiting--;
      lock.unlock();
    }
    return true;
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

  private void run() {
    try {
      while (stopping.getCount() > 0) {
        FoldRunnerLoop.Step step = loop.step();
        tellWaiting();
        switch (step) {
          case MOVED -> {}
          case IDLE -> {
            boolean more = log.awaitBeyond(loop.position(), IDLE);
            // A closed log answers at once.
            long pauseMillis = more ? GATHER.toMillis() : 1;
            boolean _ = stopping.await(pauseMillis, TimeUnit.MILLISECONDS);
          }
          case STALLED -> {
            boolean _ = stopping.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
          }
        }
      }
      var _ = loop.checkpoint(true);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      loop.close();
    }
  }

  /// Stops after the batch at hand, takes a last checkpoint and waits for both.
  @Override
  public void close() {
    stopping.countDown();
    tellWaiting();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
