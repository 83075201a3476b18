package io.onex.delivery;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long a batch waits before it is tried again. It is tried until it succeeds.
///
/// @param first wait after the first failure
/// @param factor by which the wait grows with each failure, at least 1
/// @param max longest wait
/// @param jitter share of the wait that chance adds or takes, 0 to 1
/// @param maxRetryAfter longest `Retry-After` that is honoured
public record RetrySettings(
    Duration first, double factor, Duration max, double jitter, Duration maxRetryAfter) {
  public static final RetrySettings DEFAULT =
      new RetrySettings(
          Duration.ofMillis(100), 2, Duration.ofSeconds(30), 0.25, Duration.ofHours(1));

  public RetrySettings {
    if (!first.isPositive() || max.compareTo(first) < 0 || maxRetryAfter.isNegative()) {
      throw new IllegalArgumentException("no retry from " + first + " to " + max);
    }
    if (!(factor >= 1) || !(jitter >= 0 && jitter <= 1)) {
      throw new IllegalArgumentException("no retry by " + factor + " with jitter " + jitter);
    }
  }

  /// The wait after `failures` failures in a row.
  ///
  /// @param failures at least 1
  Duration delay(int failures, RandomGenerator random) {
    double nanos =
        Math.min((double) max.toNanos(), first.toNanos() * Math.pow(factor, failures - 1.0));
    double spread = 1 + jitter * (2 * random.nextDouble() - 1);
    return Duration.ofNanos((long) (nanos * spread));
  }
}
