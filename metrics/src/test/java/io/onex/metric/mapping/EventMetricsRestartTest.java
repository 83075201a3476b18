package io.onex.metric.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onex.bytes.Slice;
import io.onex.log.Record;
import io.onex.operation.OperationSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/// A restart at any moment must not be visible in any metric.
class EventMetricsRestartTest {
  private static final EventMetricsSettings TIGHT =
      new EventMetricsSettings(
          new OperationSettings(
              Duration.ofSeconds(20), Duration.ofSeconds(60), Duration.ofSeconds(3), 40, 10),
          6,
          Map.of(),
          List.of());
  private static final String[] TYPES = {
    "NODE_START",
    "NODE_SUCCESS",
    "NODE_FAILURE",
    "TELEMETRY_OPERATION_START",
    "TELEMETRY_OPERATION_SUCCESS",
    "NODE_HEARTBEAT",
    "plugin.x.y"
  };

  @RepeatedTest(5)
  void a_fold_restored_at_random_points_exposes_the_same(RepetitionInfo repetition) {
    long seed = 31L * repetition.getCurrentRepetition();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    Fed undisturbed = new Fed(TIGHT);
    Fed restarted = new Fed(TIGHT);
    long ingest = Fed.micros("2026-11-22T09:00:00Z");
    for (int i = 0; i < 500; i++) {
      ingest += random.nextInt(500_000);
      Record record = undisturbed.record(event(random, i), ingest);
      undisturbed.take(record);
      restarted.take(record);
      if (random.nextInt(15) == 0) {
        restarted.restart();
        assertThat(restarted.text()).isEqualTo(undisturbed.text());
      }
    }
    undisturbed.tick("2026-11-22T12:00:00Z");
    restarted.tick("2026-11-22T12:00:00Z");

    assertThat(restarted.text()).isEqualTo(undisturbed.text());
    assertThat(restarted.conclusions()).isEqualTo(undisturbed.conclusions());
    assertThat(restarted.fold().snapshot()).isEqualTo(undisturbed.fold().snapshot());
    assertThat(undisturbed.value("onex_gateway_metric_overflows_total", "onex_events_total"))
        .isPositive();
  }

  @Test
  void a_snapshot_that_cannot_be_read_leaves_the_fold_as_it_was() {
    Fed fed = new Fed(TIGHT);
    fed.take("2026-11-22T09:00:00Z", event(new Random(1), 1));
    String before = fed.text();
    Slice good = fed.fold().snapshot();

    for (int length = 0; length < good.length(); length += 7) {
      Slice cut = good.part(0, length);
      assertThatThrownBy(() -> fed.fold().restore(cut))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(fed.text()).isEqualTo(before);
  }

  private static String event(Random random, int i) {
    return """
    {"event_id":"e-%d","timestamp":"2026-11-22T09:00:%02d.%06d","node_id":"node%d:1.0.0","event_type":"%s","correlation_id":"c%d","metadata":{"operation":"op%d","execution_time_ms":%d}}\
    """
        .formatted(
            i,
            random.nextInt(60),
            random.nextInt(1_000_000),
            random.nextInt(9),
            TYPES[random.nextInt(TYPES.length)],
            random.nextInt(3),
            random.nextInt(2),
            random.nextInt(5000));
  }
}
