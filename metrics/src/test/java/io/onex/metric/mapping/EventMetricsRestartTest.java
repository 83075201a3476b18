package io.onex.metric.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onex.bytes.Slice;
import io.onex.config.MetricsConfig;
import io.onex.log.Record;
import io.onex.log.fold.SnapshotWriter;
import io.onex.metric.model.Family;
import io.onex.metric.model.FamilySpec;
import io.onex.metric.model.LabelSpec;
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
          MetricsConfig.Operations.ALL,
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

  @Test
  void a_snapshot_of_version_1_counts_the_runs_of_nodes_it_holds_as_operations() {
    SnapshotWriter operations = new SnapshotWriter("ONOP", 1);
    operations.signed(Fed.micros("2026-11-22T09:00:00Z"));
    for (int count = 0; count < 7; count++) {
      operations.unsigned(0);
    }
    operations.unsigned(2).text("").text("n");
    operations.unsigned(2);
    for (int one = 1; one <= 2; one++) {
      boolean stuck = one == 2;
      // Family, node, operation in the key, operation to show, function, version.
      operations.unsigned(0).unsigned(1).unsigned(0).unsigned(0).unsigned(0).unsigned(0);
      operations.text("c" + one).bool(false);
      long at = Fed.micros("2026-11-22T08:59:59Z");
      operations.signed(at).signed(at).signed(at).text("s" + one);
      operations.fixed(0).bool(stuck).unsigned(0).unsigned(0);
    }
    operations.unsigned(0);
    Fed fed = Fed.withDefaults();
    SnapshotWriter metrics = new SnapshotWriter("ONEM", 1);
    List<Family> families = new EventFamilies(EventMetricsSettings.DEFAULT).all();
    metrics.bytes(operations.toSlice()).unsigned(families.size());
    for (Family family : families) {
      FamilySpec spec = family.spec();
      metrics.text(
          spec.name() + spec.labels().stream().map(LabelSpec::name).toList() + spec.buckets());
      family.write(metrics);
    }

    fed.fold().restore(metrics.toSlice());

    assertThat(fed.value("onex_active_operations", "n")).isEqualTo(1);
    assertThat(fed.value("onex_stuck_operations", "n")).isEqualTo(1);
    for (int one = 1; one <= 2; one++) {
      fed.take(
          "2026-11-22T09:00:00Z",
          """
          {"event_id":"e%d","timestamp":"2026-11-22T09:00:00","node_id":"n","event_type":"NODE_SUCCESS","correlation_id":"c%d"}\
          """
              .formatted(one, one));
    }
    assertThat(fed.value("onex_active_operations", "n")).isZero();
    assertThat(fed.value("onex_stuck_operations", "n")).isZero();
    assertThat(fed.value("onex_node_executions_total", "n", "unknown", "success")).isEqualTo(2);
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
