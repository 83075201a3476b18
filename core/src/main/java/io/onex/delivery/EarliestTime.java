package io.onex.delivery;

import java.util.OptionalLong;

/// The earliest of some monotonic times, of those that are still to come.
final class EarliestTime {
  private final long nowNanos;
  private OptionalLong earliest = OptionalLong.empty();

  EarliestTime(long nowNanos) {
    this.nowNanos = nowNanos;
  }

  void add(long nanos) {
    if (nanos - nowNanos > 0 && (earliest.isEmpty() || nanos - earliest.getAsLong() < 0)) {
      earliest = OptionalLong.of(nanos);
    }
  }

  OptionalLong nanos() {
    return earliest;
  }
}
