package io.onex.delivery;

import java.time.Duration;

/// How a destination with refused credentials is looked at again: one attempt after `first`, then
/// after twice as long each time, up to `max`.
public record PauseSettings(Duration first, Duration max) {
  public static final PauseSettings DEFAULT =
      new PauseSettings(Duration.ofSeconds(10), Duration.ofMinutes(10));

  public PauseSettings {
    if (!first.isPositive() || max.compareTo(first) < 0) {
      throw new IllegalArgumentException("no probing from " + first + " to " + max);
    }
  }

  Duration after(Duration previous) {
    Duration doubled = previous.multipliedBy(2);
    return doubled.compareTo(max) > 0 ? max : doubled;
  }
}
