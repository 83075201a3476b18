package io.onex.log;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Batches on their way to the committer, bounded in bytes. Any number of threads put, one takes.
final class SubmissionQueue {
  private static final int GROUP_BYTES = 8 << 20;
  private static final int GROUP_RECORDS = 100_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private final Condition emptied = lock.newCondition();
  private final ArrayDeque<Submission> waiting = new ArrayDeque<>();
  private final long capacityBytes;
  private long bytes;
  private boolean closed;

  SubmissionQueue(long capacityBytes) {
    this.capacityBytes = capacityBytes;
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
      filled.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Waits for batches and takes as many as make a good commit; none when the queue is closed and
  /// empty.
  List<Submission> take() {
    lock.lock();
    try {
      while (waiting.isEmpty() && !closed) {
        filled.awaitUninterruptibly();
      }
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
      return group;
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
