package io.onex.delivery;

import io.onex.log.PositionRange;
import io.onex.log.cursor.Cursor;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Lets a source wait until records have an outcome at some destinations.
///
/// Safe for use by many threads. While nobody waits, a commit costs one map update and one read.
public final class DeliveryWatch {
  private final Map<String, Cursor> cursors = new ConcurrentHashMap<>();
  private final AtomicInteger waiters = new AtomicInteger();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();

  /// Waits until each of `ranges` has an outcome at each of `destinations`.
  ///
  /// @param destinations names; one that has no running loop counts as not done
  /// @return the destinations at which some record is still pending when `timeout` has passed;
  ///   empty when all are done
  public Set<String> await(
      Collection<PositionRange> ranges, Set<String> destinations, Duration timeout)
      throws InterruptedException {
    Set<String> pending = new TreeSet<>(destinations);
    long left = timeout.toNanos();
    waiters.incrementAndGet();
    lock.lockInterruptibly();
    try {
      while (true) {
        pending.removeIf(name -> isSettled(name, ranges));
        if (pending.isEmpty() || left <= 0) {
          return pending;
        }
        left = moved.awaitNanos(left);
      }
    } finally {
      lock.unlock();
      waiters.decrementAndGet();
    }
  }

  /// A destination has come this far.
  void moved(String destination, Cursor cursor) {
    cursors.put(destination, cursor);
    // The cursor is written before the waiters are read, and a waiter counts itself before it
    // reads the cursors: one of the two sees the other.
    if (waiters.get() > 0) {
      lock.lock();
      try {
        moved.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /// The destination's loop has ended.
  void forget(String destination) {
    cursors.remove(destination);
  }

  private boolean isSettled(String destination, Collection<PositionRange> ranges) {
    Cursor cursor = cursors.get(destination);
    return cursor != null && ranges.stream().allMatch(range -> isSettled(cursor, range));
  }

  private static boolean isSettled(Cursor cursor, PositionRange range) {
    // The lowest open position of the whole cursor comes first, so a look at the gaps suffices.
    return cursor.open(range.end()).stream()
        .allMatch(open -> open.end().compareTo(range.start()) <= 0);
  }
}
