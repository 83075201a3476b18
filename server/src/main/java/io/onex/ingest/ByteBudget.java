package io.onex.ingest;

import java.util.concurrent.atomic.AtomicLong;

/// How many bytes of requests may be under way at once, so that memory is bounded whatever clients
/// do. Safe for use by many threads.
public final class ByteBudget {
  /// Leases grow in steps, so that small reads rarely touch the shared counter: small ones at
  /// first, so that who sends little takes little from others.
  private static final long FIRST_STEP_BYTES = 4 * 1024;

  private static final long STEP_BYTES = 64 * 1024;

  private final long limitBytes;
  private final AtomicLong used = new AtomicLong();

  public ByteBudget(long limitBytes) {
    this.limitBytes = limitBytes;
  }

  /// A lease that covers nothing yet; to be closed by whom it was lent to.
  public Lease lease() {
    return new Lease();
  }

  /// Bytes under way.
  public long used() {
    return used.get();
  }

  /// By how many bytes less than a quarter of the budget is left; not positive while more is.
  public long scarcity() {
    return used.get() - (limitBytes - limitBytes / 4);
  }

  public long limitBytes() {
    return limitBytes;
  }

  private boolean take(long bytes) {
    while (true) {
      long before = used.get();
      if (before + bytes > limitBytes) {
        return false;
      }
      if (used.compareAndSet(before, before + bytes)) {
        return true;
      }
    }
  }

  /// What one request has of the budget. One thread at a time.
  public final class Lease implements AutoCloseable {
    private long held;

    private Lease() {}

    /// Makes the lease cover `bytes` in all; false, and nothing taken, when they are not left.
    public boolean cover(long bytes) {
      if (bytes <= held) {
        return true;
      }
      long step = bytes < STEP_BYTES ? FIRST_STEP_BYTES : STEP_BYTES;
      long more = (bytes + step - 1) / step * step - held;
      if (!take(more)) {
        return false;
      }
      held += more;
      return true;
    }

    /// Bytes covered.
    public long held() {
      return held;
    }

    @Override
    public void close() {
      used.addAndGet(-held);
      held = 0;
    }
  }
}
