package io.onex.ingest;

import java.util.concurrent.atomic.AtomicLong;

/// How many bytes of requests may be under way at once, so that memory is bounded whatever clients
/// do. Safe for use by many threads.
public final class ByteBudget {
  private final long limitBytes;
  private final AtomicLong used = new AtomicLong();

  public ByteBudget(long limitBytes) {
    this.limitBytes = limitBytes;
  }

  /// Takes `bytes` of the budget; false, and nothing taken, when they are not left. One request is
  /// always let in, however large: its own limit bounds it.
  public boolean take(long bytes) {
    while (true) {
      long before = used.get();
      if (before != 0 && before + bytes > limitBytes) {
        return false;
      }
      if (used.compareAndSet(before, before + bytes)) {
        return true;
      }
    }
  }

  /// Gives back what [#take] took.
  public void giveBack(long bytes) {
    used.addAndGet(-bytes);
  }

  /// Bytes under way.
  public long used() {
    return used.get();
  }

  public long limitBytes() {
    return limitBytes;
  }
}
