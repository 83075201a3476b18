package io.onex.log;

import io.onex.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Batches on their way to the committer, bounded in bytes. Any number of threads put, one takes.
final class SubmissionQueue {
  private static final int GROUP_BYTES = 8 << 20;
  private static final int GROUP_RECORDS = 100_000;

  /// With this much together there is nothing to gain from waiting for more.
  private static final int GATHERED_BYTES = 256 << 10;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private final Condition emptied = lock.newCondition();
  private final ArrayDeque<Submission> waiting = new ArrayDeque<>();
  private final long capacityBytes;
  private final Duration gather;
  private final Clock clock;
  private long bytes;
  private boolean awaited;
  private CommitPace pace = CommitPace.START;
  private boolean closed;

  /// Of the group that was taken last, until the committer comes back for the next.
  private long takenMicros = Long.MAX_VALUE;

  /// @param gather longest time a taker waits for more than one batch
  SubmissionQueue(long capacityBytes, Duration gather, Clock clock) {
    this.capacityBytes = capacityBytes;
    this.gather = gather;
    this.clock = clock;
  }

  /// Waits for room, then adds.
  ///
  /// @return false when the queue was closed
  boolean put(Submission submission) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (bytes > 0 && bytes + submission.bytes() > capacityBytes && !closed) {
        emptied.await();
      }
      if (closed) {
        return false;
      }
      waiting.add(submission);
      bytes += submission.bytes();
      if (awaited && isEnough()) {
        filled.signal();
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Waits for batches and takes as many as make a good commit; none when the queue is closed and
  /// empty.
  ///
  /// @param wanted how many are worth waiting for until the time to gather has passed; what comes
  ///   after that is taken as it is
  List<Submission> take(CommitPace wanted) {
    long until = clock.monotonicNanos() + gather.toNanos();
    lock.lock();
    try {
      pace = CommitPace.START;
      awaited = true;
      takenMicros = Long.MAX_VALUE;
      while (waiting.isEmpty() && !closed) {
        filled.awaitUninterruptibly();
      }
      pace = wanted;
      gather(until - clock.monotonicNanos());
      // Nobody has to wake the committer while it is at work.
      awaited = false;
      List<Submission> group = new ArrayList<>();
      long groupBytes = 0;
      long records = 0;
      while (!waiting.isEmpty()) {
        Submission next = waiting.element();
        groupBytes += next.bytes();
        records += next.count();
        if (!group.isEmpty() && (groupBytes > GROUP_BYTES || records > GROUP_RECORDS)) {
          break;
        }
        bytes -= next.bytes();
        group.add(waiting.remove());
      }
      emptied.signalAll();
      takenMicros = group.isEmpty() ? Long.MAX_VALUE : group.getFirst().ingestMicros();
      return group;
    } finally {
      lock.unlock();
    }
  }

  private void gather(long nanos) {
    long left = nanos;
    try {
      while (!isEnough() && left > 0) {
        left = filled.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      // What is there is committed all the same.
      Thread.currentThread().interrupt();
    }
  }

  private boolean isEnough() {
    return pace.isMet(waiting.size()) || bytes >= GATHERED_BYTES || closed;
  }

  /// Ingest time of the oldest batch that is inside or was taken and is not answered yet;
  /// [Long#MAX_VALUE] when there is none.
  long oldestMicros() {
    lock.lock();
    try {
      Submission next = waiting.peek();
      return Math.min(takenMicros, next == null ? Long.MAX_VALUE : next.ingestMicros());
    } finally {
      lock.unlock();
    }
  }

  /// Refuses further batches; those inside are still taken.
  void close() {
    lock.lock();
    try {
      closed = true;
      filled.signalAll();
      emptied.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
