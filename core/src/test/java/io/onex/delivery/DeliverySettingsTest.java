package io.onex.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onex.config.BatchConfig;
import io.onex.config.BreakerConfig;
import io.onex.config.ByteSize;
import io.onex.config.RetryConfig;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeliverySettingsTest {
  @Test
  void the_defaults_are_those_of_the_reference_page() {
    assertThat(DeliverySettings.DEFAULT)
        .isEqualTo(
            new DeliverySettings(
                new BatchConfig(1_000, ByteSize.ofMiB(4), Duration.ofSeconds(1)),
                new RetryConfig(
                    Duration.ofMillis(100), 2, Duration.ofSeconds(30), 0.25, Duration.ofDays(1)),
                new BreakerConfig(5, Duration.ofMinutes(1), 3, 2),
                Optional.empty(),
                new PauseSettings(Duration.ofSeconds(10), Duration.ofMinutes(10)),
                Optional.empty(),
                1,
                16 << 20));
  }

  @Test
  void what_could_never_deliver_is_refused() {
    assertThatThrownBy(() -> new BatchConfig(0, new ByteSize(1), Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> DeliverySettings.DEFAULT.withParallelism(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RateLimit(0, 1, RateLimit.Unit.REQUESTS))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new BreakerConfig(5, Duration.ofMinutes(1), 1, 2))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
