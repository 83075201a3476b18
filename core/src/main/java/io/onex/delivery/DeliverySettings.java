package io.onex.delivery;

import io.onex.config.BatchConfig;
import io.onex.config.BreakerConfig;
import io.onex.config.FallbackConfig;
import io.onex.config.RetryConfig;
import java.util.Optional;

/// How one destination is delivered to. May change at any time; the next attempt goes by it.
///
/// @param parallelism most attempts under way at once; with 1, records are sent strictly in order
/// @param maxInFlightBytes most bytes of record bodies in attempts under way; one batch always fits
public record DeliverySettings(
    BatchConfig batch,
    RetryConfig retry,
    BreakerConfig breaker,
    Optional<RateLimit> rate,
    PauseSettings pause,
    Optional<FallbackConfig> fallback,
    int parallelism,
    int maxInFlightBytes) {
  public static final DeliverySettings DEFAULT =
      new DeliverySettings(
          BatchConfig.DEFAULT,
          RetryConfig.DEFAULT,
          BreakerConfig.DEFAULT,
          Optional.empty(),
          PauseSettings.DEFAULT,
          Optional.empty(),
          1,
          16 << 20);

  public DeliverySettings {
    if (parallelism < 1 || parallelism > 256) {
      throw new IllegalArgumentException("parallelism is 1 to 256, not " + parallelism);
    }
    if (maxInFlightBytes < 1) {
      throw new IllegalArgumentException("no attempts fit in " + maxInFlightBytes + " bytes");
    }
  }

  public DeliverySettings with(BatchConfig newBatch) {
    return new DeliverySettings(
        newBatch, retry, breaker, rate, pause, fallback, parallelism, maxInFlightBytes);
  }

  public DeliverySettings with(RateLimit newRate) {
    return new DeliverySettings(
        batch,
        retry,
        breaker,
        Optional.of(newRate),
        pause,
        fallback,
        parallelism,
        maxInFlightBytes);
  }

  public DeliverySettings with(FallbackConfig newFallback) {
    return new DeliverySettings(
        batch,
        retry,
        breaker,
        rate,
        pause,
        Optional.of(newFallback),
        parallelism,
        maxInFlightBytes);
  }

  public DeliverySettings withParallelism(int attempts) {
    return new DeliverySettings(
        batch, retry, breaker, rate, pause, fallback, attempts, maxInFlightBytes);
  }
}
