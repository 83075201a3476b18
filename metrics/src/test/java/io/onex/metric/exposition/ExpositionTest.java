package io.onex.metric.exposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onex.bytes.Id128;
import io.onex.bytes.Slice;
import io.onex.metric.model.CounterFamily;
import io.onex.metric.model.FamilySpec;
import io.onex.metric.model.GaugeFamily;
import io.onex.metric.model.HistogramFamily;
import io.onex.metric.model.LabelSpec;
import io.onex.metric.model.MetricFamily;
import io.onex.operation.Symbol;
import io.onex.telemetry.Telemetry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExpositionTest {
  private static final Id128 TRACE = Id128.of(Slice.utf8("0af7651916cd43dd8448eb211c80319c"));

  private static List<MetricFamily> families() {
    CounterFamily events =
        new CounterFamily(
            FamilySpec.counter(
                "onex_events_total",
                "Accepted events.",
                10,
                LabelSpec.open("node_id"),
                LabelSpec.closed("status")));
    events.increment(Symbol.of("z"), Symbol.of("success"));
    events.increment(Symbol.of("a\"b\\c\n{x=\"y\"} ÜberKnoten ☕"), Symbol.of("error"));
    GaugeFamily active =
        new GaugeFamily(
            FamilySpec.gauge(
                "onex_active_executions", "Running.", 10, LabelSpec.open("node_name")));
    active.add(2, Symbol.of("stamper_node"));
    active.add(-1, Symbol.of("stamper_node"));
    HistogramFamily durations =
        new HistogramFamily(
            FamilySpec.histogram(
                "onex_operation_duration_seconds",
                "Durations.",
                10,
                List.of(0.005, 10.0),
                LabelSpec.open("node_id")));
    durations.observe(0.005, TRACE, 1_000_000_500_000L, Symbol.of("n"));
    durations.observe(2.5, TRACE, 1_000_000_500_000L, Symbol.of("n"));
    durations.observe(100, TRACE, 1_000_000_500_000L, Symbol.of("n"));
    return List.of(events.snapshot(), durations.snapshot(), active.snapshot());
  }

  private static String text(List<MetricFamily> families, ExpositionFormat format) {
    return new String(Exposition.write(families, format), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @EnumSource
  void its_parts_are_the_whole(ExpositionFormat format) throws IOException {
    List<MetricFamily> all = new ArrayList<>(families());
    for (int family = 0; family < 5; family++) {
      GaugeFamily large =
          new GaugeFamily(
              FamilySpec.gauge(
                  "onex_large_" + family, "# Large.\n# Help", 5000, LabelSpec.open("node_id")));
      for (int i = 0; i < 400 * family; i++) {
        large.set(i, Symbol.of("n" + i));
      }
      all.add(large.snapshot());
    }

    List<ExpositionPart> parts = ExpositionPart.of(all);
    ByteArrayOutputStream together = new ByteArrayOutputStream();
    for (ExpositionPart part : parts) {
      together.write(Exposition.write(part, format));
    }

    assertThat(parts).hasSizeGreaterThan(6);
    assertThat(together.toString(StandardCharsets.UTF_8)).isEqualTo(text(all, format));
  }

  @Test
  void two_families_of_one_name_are_refused_whatever_part_they_are_in() {
    List<MetricFamily> twice = new ArrayList<>(families());
    twice.addAll(families());

    assertThatThrownBy(() -> ExpositionPart.of(twice))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two families are called onex_active_executions");
  }

  @Test
  void the_prometheus_format_reads_back_with_every_value() {
    List<StrictText.Sample> read =
        StrictText.prometheus(text(families(), ExpositionFormat.PROMETHEUS_TEXT));

    assertThat(
            StrictText.value(
                read,
                "onex_events_total",
                "node_id",
                "a\"b\\c\n{x=\"y\"} ÜberKnoten ☕",
                "status",
                "error"))
        .isEqualTo(1);
    assertThat(StrictText.value(read, "onex_active_executions", "node_name", "stamper_node"))
        .isEqualTo(1);
    assertThat(
            StrictText.value(
                read, "onex_operation_duration_seconds_bucket", "node_id", "n", "le", "0.005"))
        .isEqualTo(1);
    assertThat(StrictText.value(read, "onex_operation_duration_seconds_sum", "node_id", "n"))
        .isEqualTo(102.505);
    assertThat(StrictText.value(read, "onex_operation_duration_seconds_count", "node_id", "n"))
        .isEqualTo(3);
  }

  @Test
  void openmetrics_carries_a_trace_on_each_bucket_that_was_observed() {
    List<StrictText.Sample> read =
        StrictText.openMetrics(text(families(), ExpositionFormat.OPENMETRICS));

    assertThat(read)
        .filteredOn(sample -> sample.name().equals("onex_operation_duration_seconds_bucket"))
        .extracting(StrictText.Sample::exemplar)
        .containsExactly(
            "{trace_id=\"0af7651916cd43dd8448eb211c80319c\"} 0.005 1000000.500",
            "{trace_id=\"0af7651916cd43dd8448eb211c80319c\"} 2.5 1000000.500",
            "{trace_id=\"0af7651916cd43dd8448eb211c80319c\"} 100.0 1000000.500");
  }

  @Test
  void the_order_of_families_and_series_does_not_depend_on_the_order_of_counting() {
    List<MetricFamily> families = families();

    for (ExpositionFormat format : ExpositionFormat.values()) {
      assertThat(text(families.reversed(), format)).isEqualTo(text(families, format));
    }
    assertThat(StrictText.prometheus(text(families, ExpositionFormat.PROMETHEUS_TEXT)))
        .extracting(StrictText.Sample::name)
        .first()
        .isEqualTo("onex_active_executions");
  }

  @Test
  void only_the_wanted_families_are_written() {
    byte[] some =
        Exposition.write(
            families(), name -> name.startsWith("onex_events"), ExpositionFormat.PROMETHEUS_TEXT);

    assertThat(StrictText.prometheus(new String(some, StandardCharsets.UTF_8)))
        .extracting(StrictText.Sample::name)
        .containsOnly("onex_events_total");
  }

  @Test
  void the_programs_own_metrics_stand_beside_those_of_events() {
    Telemetry telemetry = new Telemetry();
    telemetry
        .counter("onex_gateway_ingest_records_total", "Records.", Map.of("source", "http"))
        .add(7);
    telemetry
        .histogram("onex_gateway_fsync_seconds", "Fsync.", Map.of(), List.of(0.1, 1.0))
        .observe(0.5);
    telemetry.gauge("onex_gateway_up", "Up.", Map.of()).set(1);
    List<MetricFamily> all =
        Stream.concat(families().stream(), Exposition.ofTelemetry(telemetry.snapshot()).stream())
            .toList();

    List<StrictText.Sample> read = StrictText.openMetrics(text(all, ExpositionFormat.OPENMETRICS));
    assertThat(StrictText.value(read, "onex_gateway_ingest_records_total", "source", "http"))
        .isEqualTo(7);
    assertThat(StrictText.value(read, "onex_gateway_fsync_seconds_count")).isEqualTo(1);
    assertThat(StrictText.value(read, "onex_gateway_up")).isEqualTo(1);
    assertThat(StrictText.prometheus(text(all, ExpositionFormat.PROMETHEUS_TEXT)))
        .hasSameSizeAs(read);
  }

  @Test
  void two_families_of_one_name_are_refused() {
    List<MetricFamily> twice = List.of(families().getFirst(), families().getFirst());

    assertThatThrownBy(() -> text(twice, ExpositionFormat.OPENMETRICS))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
