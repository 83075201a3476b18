package io.onex.app;

import io.onex.config.DestinationConfig;
import io.onex.config.StartAt;
import io.onex.delivery.DeliverySettings;
import io.onex.delivery.PauseSettings;
import io.onex.delivery.RateLimit;
import io.onex.log.cursor.CursorRequest;
import io.onex.log.cursor.CursorStart;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Turns what the configuration says about a destination into what delivery wants to know. Pure.
final class DestinationSettings {
  private static final int MAX_IN_FLIGHT_BYTES = 16 << 20;

  private DestinationSettings() {}

  static DeliverySettings delivery(DestinationConfig config) {
    return new DeliverySettings(
        config.batch(),
        config.retry(),
        config.breaker(),
        config
            .rateLimit()
            .map(limit ->
                new RateLimit(limit.requestsPerSecond(), limit.burst(), RateLimit.Unit.REQUESTS)),
        PauseSettings.DEFAULT,
        config.fallback(),
        config.parallelism(),
        MAX_IN_FLIGHT_BYTES);
  }

  static CursorRequest cursor(DestinationConfig config) {
    CursorStart start =
        switch (config.from()) {
          case StartAt.End() -> new CursorStart.End();
          case StartAt.Beginning() -> new CursorStart.Beginning();
          case StartAt.At(Instant time) ->
              new CursorStart.Time(ChronoUnit.MICROS.between(Instant.EPOCH, time));
        };
    return new CursorRequest(config.name(), config.previously(), start, isDelivered(config));
  }

  /// Whether it has a loop: it is switched on, and this build knows its kind.
  static boolean isDelivered(DestinationConfig config) {
    return config.enabled() && config.available();
  }
}
