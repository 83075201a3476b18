package io.onex.integration;

import io.onex.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// A clock that moves when told.
public final class SteppedClock implements Clock {
  private final AtomicLong nanos = new AtomicLong();

  public void advance(Duration duration) {
    nanos.addAndGet(duration.toNanos());
  }

  @Override
  public long wallMicros() {
    return TestRecords.INGEST + nanos.get() / 1000;
  }

  @Override
  public long monotonicNanos() {
    return nanos.get();
  }
}
