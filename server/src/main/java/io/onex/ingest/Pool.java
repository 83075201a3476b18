package io.onex.ingest;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/// Lends reusable things. Keeps those that came back as long as they are few and small together;
/// the one that came back last is lent first. Safe for use by many threads.
///
/// @param <T> what is lent
final class Pool<T> {
  private final Supplier<T> make;
  private final ToLongFunction<T> sizeBytes;
  private final int mostKept;
  private final long mostKeptBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<T> kept = new ArrayDeque<>();
  private long keptBytes;

  /// @param sizeBytes memory of one; it does not change while it is in the pool
  Pool(Supplier<T> make, ToLongFunction<T> sizeBytes, int mostKept, long mostKeptBytes) {
    this.make = make;
    this.sizeBytes = sizeBytes;
    this.mostKept = mostKept;
    this.mostKeptBytes = mostKeptBytes;
  }

  /// One that nobody else has.
  T lend() {
    lock.lock();
    try {
      T one = kept.pollFirst();
      if (one != null) {
        keptBytes -= sizeBytes.applyAsLong(one);
        return one;
      }
    } finally {
      lock.unlock();
    }
    return make.get();
  }

  void giveBack(T one) {
    long bytes = sizeBytes.applyAsLong(one);
    lock.lock();
    try {
      if (kept.size() < mostKept && keptBytes + bytes <= mostKeptBytes) {
        kept.addFirst(one);
        keptBytes += bytes;
      }
    } finally {
      lock.unlock();
    }
  }
}
