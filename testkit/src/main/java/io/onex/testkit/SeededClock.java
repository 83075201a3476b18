package io.onex.testkit;

import io.onex.time.Clock;
import java.time.Duration;
import java.util.Random;

/// A clock that moves when it is told to, and begins at a time drawn from a seed, so that no test
/// depends on a certain origin. One thread.
public final class SeededClock implements Clock {
  private static final long YEAR_2026_MICROS = 1_767_225_600_000_000L;

  private final long wallOriginMicros;
  private final long monotonicOriginNanos;
  private long elapsedNanos;

  public SeededClock(long seed) {
    Random random = new Random(seed);
    wallOriginMicros = YEAR_2026_MICROS + random.nextInt(1_000_000_000);
    // Close enough to the overflow that careless comparisons of two times fail.
    monotonicOriginNanos = Long.MAX_VALUE - Duration.ofMinutes(random.nextInt(1, 60)).toNanos();
  }

  /// Time since the clock was made.
  public Duration elapsed() {
    return Duration.ofNanos(elapsedNanos);
  }

  /// @throws IllegalArgumentException when `to` has passed
  public void advanceTo(Duration to) {
    if (to.toNanos() < elapsedNanos) {
      throw new IllegalArgumentException("time does not go back to " + to);
    }
    elapsedNanos = to.toNanos();
  }

  @Override
  public long wallMicros() {
    return wallOriginMicros + elapsedNanos / 1_000;
  }

  @Override
  public long monotonicNanos() {
    return monotonicOriginNanos + elapsedNanos;
  }
}
