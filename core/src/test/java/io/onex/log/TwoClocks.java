package io.onex.log;

import io.onex.time.Clock;
import java.time.Duration;
import java.util.Random;

/// A machine whose wall clock anybody sets to anything, and whose monotonic one begins anywhere.
public final class TwoClocks implements Clock {
  private long wallMicros = 1_700_000_000_000_000L;
  private long nanos = Long.MAX_VALUE - 5_000;

  public void pass(Duration time) {
    wallMicros += time.toNanos() / 1_000;
    nanos += time.toNanos();
  }

  public void jump(Duration by) {
    wallMicros += by.toNanos() / 1_000;
  }

  public void restart(Random random) {
    nanos = random.nextLong();
  }

  @Override
  public long wallMicros() {
    return wallMicros;
  }

  @Override
  public long monotonicNanos() {
    return nanos;
  }
}
