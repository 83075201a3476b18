package io.onex.ingest;

import java.util.concurrent.atomic.AtomicLong;

/// How many bytes of requests may be under way at once, so that memory is bounded whatever clients
/// do. Safe for use by many threads.
public final class ByteBudget {
  /// Leases grow in steps of this many bytes, so that small reads rarely touch the shared counter.
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
      long more = (bytes - held + STEP_BYTES - 1) / STEP_BYTES * STEP_BYTES;
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
