package io.onex.metric.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onex.bytes.Id128;
import io.onex.bytes.Slice;
import io.onex.operation.Symbol;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FamilyTest {
  private static CounterFamily withBudget(int budget) {
    return new CounterFamily(
        FamilySpec.counter(
            "onex_events_total",
            "Events.",
            budget,
            LabelSpec.open("node_id"),
            LabelSpec.closed("status")));
  }

  private static void count(CounterFamily family, int nodes) {
    for (int i = 1; i <= nodes; i++) {
      family.increment(Symbol.of("n" + i), Symbol.of("success"));
    }
  }

  @Test
  void what_identifies_one_event_run_or_person_is_no_label() {
    for (String identity :
        List.of("correlation_id", "event_id", "trace_id", "span_id", "user_id", "session_id")) {
      assertThatThrownBy(() -> LabelSpec.open(identity))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(identity + " identifies");
    }
    assertThat(LabelSpec.open("node_id").name()).isEqualTo("node_id");
  }

  @Test
  void up_to_the_budget_every_node_has_its_own_series() {
    for (int nodes : new int[] {2, 3}) {
      CounterFamily family = withBudget(3);
      count(family, nodes);

      assertThat(family.snapshot().points()).hasSize(nodes);
      assertThat(family.overflowed()).isZero();
    }
  }

  @Test
  void one_node_more_goes_to_the_overflow_series_of_its_status() {
    CounterFamily family = withBudget(3);
    count(family, 4);
    family.increment(Symbol.of("n9"), Symbol.of("error"));
    family.increment(Symbol.of("n1"), Symbol.of("success"));

    assertThat(family.snapshot().points())
        .containsExactly(
            new MetricFamily.Value(List.of("n1", "success"), 2),
            new MetricFamily.Value(List.of("n2", "success"), 1),
            new MetricFamily.Value(List.of("n3", "success"), 1),
            new MetricFamily.Value(List.of("__overflow__", "success"), 1),
            new MetricFamily.Value(List.of("__overflow__", "error"), 1));
    assertThat(family.overflowed()).isEqualTo(2);
    assertThat(family.size()).isEqualTo(3);
  }

  @Test
  void a_family_without_labels_shows_zero_before_anything_was_counted() {
    CounterFamily family = new CounterFamily(FamilySpec.counter("onex_requests_total", "R.", 1));

    assertThat(family.snapshot().points()).containsExactly(new MetricFamily.Value(List.of(), 0));
    family.increment();
    assertThat(family.snapshot().points()).containsExactly(new MetricFamily.Value(List.of(), 1));
    assertThat(family.overflowed()).isZero();
  }

  @Test
  void a_very_long_label_value_is_cut_between_characters() {
    GaugeFamily family =
        new GaugeFamily(FamilySpec.gauge("onex_active", "A.", 5, LabelSpec.open("node_id")));
    family.set(1, Symbol.of("n".repeat(256)));
    family.set(2, Symbol.of("ü".repeat(200)));

    assertThat(family.snapshot().points())
        .extracting(point -> point.labelValues().getFirst())
        .containsExactly("n".repeat(256), "ü".repeat(126) + "…");
  }

  @Test
  void an_observation_on_a_bound_belongs_to_that_bucket_and_leaves_its_trace() {
    HistogramFamily family =
        new HistogramFamily(
            FamilySpec.histogram(
                "onex_duration_seconds", "D.", 5, List.of(0.1, 1.0), LabelSpec.open("node_id")));
    Id128 first = Id128.of(Slice.utf8("a"));
    Id128 second = Id128.of(Slice.utf8("b"));
    family.observe(0.1, first, 1_000_000, Symbol.of("n"));
    family.observe(0.05, second, 2_000_000, Symbol.of("n"));
    family.observe(7, second, 3_000_000, Symbol.of("n"));

    assertThat(family.snapshot().points())
        .containsExactly(
            new MetricFamily.Distribution(
                List.of("n"),
                List.of(2L, 0L, 1L),
                7.15,
                List.of(
                    Optional.of(new Exemplar(second, 0.05, 2_000_000)),
                    Optional.empty(),
                    Optional.of(new Exemplar(second, 7, 3_000_000)))));
  }

  @Test
  void declarations_that_no_scraper_would_accept_are_refused() {
    assertThatThrownBy(() -> FamilySpec.counter("onex_events", "E.", 1))
        .hasMessageContaining("_total");
    assertThatThrownBy(() -> FamilySpec.gauge("onex_contracts_total", "C.", 1))
        .hasMessageContaining("_total");
    assertThatThrownBy(() -> FamilySpec.gauge("system.cpu_percent", "C.", 1))
        .hasMessageContaining("system.cpu_percent");
    assertThatThrownBy(() -> FamilySpec.histogram("d_seconds", "D.", 1, List.of(1.0, 1.0)))
        .hasMessageContaining("ascend");
    assertThatThrownBy(() -> LabelSpec.open("le")).hasMessageContaining("le");
    assertThatThrownBy(
            () -> FamilySpec.gauge("g", "G.", 1, LabelSpec.open("a"), LabelSpec.open("a")))
        .hasMessageContaining("twice");
  }
}
