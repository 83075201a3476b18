package io.onex.delivery;

import io.onex.config.RetryConfig;
import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long a batch waits before it is tried again: exponential backoff with jitter. Pure.
final class Backoff {
  private Backoff() {}

  /// The wait after `failures` failures in a row.
  ///
  /// @param failures at least 1
  static Duration delay(RetryConfig retry, int failures, RandomGenerator random) {
    double nanos =
        Math.min(
            (double) retry.max().toNanos(),
            retry.initial().toNanos() * Math.pow(retry.factor(), failures - 1.0));
    double spread = 1 + retry.jitter() * (2 * random.nextDouble() - 1);
    return Duration.ofNanos((long) (nanos * spread));
  }
}
