package io.onex.app;

import io.onex.time.Clock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/// The clocks of this machine.
public final class SystemClock implements Clock {
  @Override
  public long wallMicros() {
    Instant now = Instant.now();
    return TimeUnit.SECONDS.toMicros(now.getEpochSecond()) + now.getNano() / 1000;
  }

  @Override
  public long monotonicNanos() {
    return System.nanoTime();
  }
}
