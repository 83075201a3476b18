package io.onex.delivery;

import java.time.Duration;

/// When a system that fails is left alone.
///
/// @param failures this many in a row open the breaker
/// @param window failures in a row count together when the first is not older than this
/// @param openFor how long nothing is sent then
/// @param trialCalls most attempts after that until it is decided
/// @param successes this many of them close the breaker; one failure opens it again
public record BreakerSettings(
    int failures, Duration window, Duration openFor, int trialCalls, int successes) {
  public static final BreakerSettings DEFAULT =
      new BreakerSettings(5, Duration.ofMinutes(5), Duration.ofMinutes(1), 3, 2);

  public BreakerSettings {
    if (failures < 1 || successes < 1 || trialCalls < successes) {
      throw new IllegalArgumentException(
          "no breaker of %d failures, %d trial calls and %d successes"
              .formatted(failures, trialCalls, successes));
    }
    if (!window.isPositive() || !openFor.isPositive()) {
      throw new IllegalArgumentException(
          "a breaker's times are positive: " + window + " and " + openFor);
    }
  }
}
