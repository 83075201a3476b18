package io.onex.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onex.telemetry.FamilySnapshot.Distribution;
import io.onex.telemetry.FamilySnapshot.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TelemetryTest {
  private final Telemetry telemetry = new Telemetry();

  @Test
  void asking_twice_for_a_counter_gives_the_same_one() {
    telemetry.counter("onex_gateway_sent_total", "Sent.", Map.of("destination", "elk")).add(2);
    telemetry.counter("onex_gateway_sent_total", "Sent.", Map.of("destination", "elk")).increment();

    assertThat(telemetry.snapshot())
        .containsExactly(
            new FamilySnapshot(
                "onex_gateway_sent_total",
                "Sent.",
                FamilySnapshot.Type.COUNTER,
                List.of(new Value(Map.of("destination", "elk"), 3))));
  }

  @Test
  void a_bucket_includes_its_upper_bound_and_the_last_has_none() {
    Histogram histogram = telemetry.histogram("onex_gateway_h", "H.", Map.of(), List.of(0.1, 1.0));
    histogram.observe(0.1);
    histogram.observe(0.10001);
    histogram.observe(7);
    histogram.observe(Double.NaN);
    histogram.observeNanos(50_000_000);

    Distribution seen = (Distribution) telemetry.snapshot().getFirst().samples().getFirst();
    assertThat(seen.counts()).containsExactly(2L, 1L, 1L);
    assertThat(seen.count()).isEqualTo(4);
    assertThat(seen.sum()).isCloseTo(7.25001, org.assertj.core.data.Offset.offset(1e-9));
  }

  @Test
  void a_later_supplier_replaces_an_earlier_one() {
    telemetry.gauge("onex_gateway_lag", "Lag.", Map.of(), () -> 1);
    telemetry.gauge("onex_gateway_lag", "Lag.", Map.of(), () -> 2);

    assertThat(telemetry.snapshot().getFirst().samples()).containsExactly(new Value(Map.of(), 2));
  }

  @Test
  void samples_of_a_removed_destination_are_forgotten_and_others_stay() {
    telemetry.gauge("onex_gateway_open", "Open.", Map.of("destination", "a")).set(1);
    telemetry.gauge("onex_gateway_open", "Open.", Map.of("destination", "b")).set(1);
    telemetry.gauge("onex_gateway_only_a", "A.", Map.of("destination", "a")).set(1);

    telemetry.forget("destination", "a");

    assertThat(telemetry.snapshot())
        .singleElement()
        .satisfies(family ->
            assertThat(family.samples()).containsExactly(new Value(Map.of("destination", "b"), 1)));
  }

  @Test
  void identities_foreign_names_and_second_meanings_are_refused() {
    telemetry.gauge("onex_gateway_g", "G.", Map.of("destination", "a"));

    assertThatThrownBy(() -> telemetry.gauge("onex_gateway_x", "X.", Map.of("correlation_id", "c")))
        .hasMessageContaining("correlation_id identifies one event");
    assertThatThrownBy(() -> telemetry.gauge("other", "X.", Map.of()))
        .hasMessageContaining("begins with onex_gateway_");
    assertThatThrownBy(() -> telemetry.counter("onex_gateway_c", "X.", Map.of()))
        .hasMessageContaining("ends in _total");
    assertThatThrownBy(() -> telemetry.gauge("onex_gateway_g", "G.", Map.of("node", "a")))
        .hasMessageContaining("with labels [destination]");
    assertThatThrownBy(
            () -> telemetry.histogram("onex_gateway_h", "H.", Map.of(), List.of(1.0, 1.0)))
        .hasMessageContaining("ascend");
  }
}
