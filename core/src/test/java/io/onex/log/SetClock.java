package io.onex.log;

import io.onex.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// A clock that stands where it is put.
public final class SetClock implements Clock {
  private final AtomicLong micros = new AtomicLong(1_700_000_000_000_000L);

  public void advance(Duration by) {
    micros.addAndGet(by.toNanos() / 1_000);
  }

  @Override
  public long wallMicros() {
    return micros.get();
  }

  @Override
  public long monotonicNanos() {
    return micros.get() * 1_000;
  }
}
