package io.onex.app;

import io.onex.config.DestinationConfig;
import io.onex.config.StartAt;
import io.onex.config.TlsConfig;
import io.onex.delivery.BatchSettings;
import io.onex.delivery.BreakerSettings;
import io.onex.delivery.DeliverySettings;
import io.onex.delivery.FallbackSettings;
import io.onex.delivery.PauseSettings;
import io.onex.delivery.RateLimit;
import io.onex.delivery.RetrySettings;
import io.onex.delivery.http.TlsSettings;
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
        new BatchSettings(
            config.batch().maxSize(),
            (int) Math.min(Integer.MAX_VALUE, config.batch().maxBytes().bytes()),
            config.batch().maxAge()),
        new RetrySettings(
            config.retry().initial(),
            config.retry().factor(),
            config.retry().max(),
            config.retry().jitter(),
            RetrySettings.DEFAULT.maxRetryAfter()),
        new BreakerSettings(
            config.breaker().failures(),
            BreakerSettings.DEFAULT.window(),
            config.breaker().open(),
            config.breaker().halfOpen(),
            config.breaker().successes()),
        config
            .rateLimit()
            .map(limit ->
                new RateLimit(limit.requestsPerSecond(), limit.burst(), RateLimit.Unit.REQUESTS)),
        PauseSettings.DEFAULT,
        config
            .fallback()
            .map(fallback ->
                new FallbackSettings(
                    fallback.destination(), fallback.unavailableFor(), fallback.deadLetters())),
        config.parallelism(),
        MAX_IN_FLIGHT_BYTES);
  }

  static TlsSettings tls(TlsConfig config) {
    return new TlsSettings(
        config.caFile(), config.certFile(), config.keyFile(), config.serverName());
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
