package io.onex.metric.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onex.bytes.Id128;
import io.onex.bytes.Slice;
import io.onex.log.fold.SnapshotReader;
import io.onex.log.fold.SnapshotWriter;
import io.onex.metric.exposition.Exposition;
import io.onex.metric.exposition.ExpositionFormat;
import io.onex.operation.Symbol;
import io.onex.operation.Symbols;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FamilyTest {
  private static final Id128 TRACE = Id128.of(Slice.utf8("0af7651916cd43dd8448eb211c80319c"));

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

  private static CounterFamily withOutcomes(int budget) {
    return new CounterFamily(
        FamilySpec.counter(
            "onex_events_total",
            "Events.",
            budget,
            LabelSpec.open("node_id"),
            LabelSpec.outcome("status", "success", "error")));
  }

  @Test
  void the_outcomes_of_a_node_begin_together_at_zero_whichever_comes_first() {
    for (String first : List.of("success", "error")) {
      CounterFamily family = withOutcomes(100);
      family.increment(Symbol.of("n1"), Symbol.of(first));
      family.increment(Symbol.of("n2"), Symbol.of("other"));

      assertThat(family.snapshot().points())
          .containsExactlyInAnyOrder(
              new MetricFamily.Value(List.of("n1", "success"), first.equals("success") ? 1 : 0),
              new MetricFamily.Value(List.of("n1", "error"), first.equals("error") ? 1 : 0),
              new MetricFamily.Value(List.of("n2", "other"), 1));
      assertThat(family.size()).isEqualTo(3);
    }
  }

  @Test
  void what_has_not_happened_takes_no_room_from_what_has() {
    CounterFamily family = withOutcomes(40);
    count(family, 35);
    family.begin(Symbol.of("n99"), Symbol.of("success"));

    assertThat(family.overflowed()).isZero();
    assertThat(family.size()).isEqualTo(40);
    assertThat(family.snapshot().points())
        .filteredOn(point -> point instanceof MetricFamily.Value value && value.value() == 0)
        .hasSize(5)
        .allMatch(point -> point.labelValues().getLast().equals("error"));
  }

  @Test
  void a_snapshot_that_has_one_outcome_only_is_completed() {
    CounterFamily before =
        new CounterFamily(
            FamilySpec.counter(
                "onex_events_total",
                "Events.",
                100,
                LabelSpec.open("node_id"),
                LabelSpec.closed("status")));
    count(before, 2);
    SnapshotWriter out = new SnapshotWriter("TEST", 1);
    before.write(out);
    CounterFamily after = withOutcomes(100);
    after.read(new SnapshotReader(out.toSlice(), "TEST", 1), new Symbols(10));

    assertThat(after.snapshot().points())
        .contains(
            new MetricFamily.Value(List.of("n1", "success"), 1),
            new MetricFamily.Value(List.of("n1", "error"), 0),
            new MetricFamily.Value(List.of("n2", "error"), 0))
        .hasSize(4);
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
  void a_very_long_label_value_is_cut_between_characters_and_told_apart_by_a_hash_of_the_whole() {
    GaugeFamily family =
        new GaugeFamily(FamilySpec.gauge("onex_active", "A.", 5, LabelSpec.open("node_id")));
    family.set(1, Symbol.of("n".repeat(128)));
    family.set(2, Symbol.of("ü".repeat(200)));
    family.set(3, Symbol.of("n".repeat(129)));
    family.set(4, Symbol.of("n".repeat(130)));

    assertThat(family.snapshot().points())
        .extracting(point -> point.labelValues().getFirst())
        .containsExactly(
            "n".repeat(128),
            "ü".repeat(55) + "~" + sha256("ü".repeat(200)),
            "n".repeat(111) + "~" + sha256("n".repeat(129)),
            "n".repeat(111) + "~" + sha256("n".repeat(130)));
  }

  @Test
  void long_values_use_up_the_budget_of_bytes_before_that_of_series() {
    HistogramFamily family =
        new HistogramFamily(
            FamilySpec.histogram(
                "onex_seconds", "A.", 1_000_000, List.of(1.0, 2.0), LabelSpec.open("node_id")));
    for (int i = 0; i < 60_000; i++) {
      family.observe(1.5, TRACE, 0, Symbol.of("n".repeat(200) + i));
    }

    byte[] text = Exposition.write(List.of(family.snapshot()), ExpositionFormat.PROMETHEUS_TEXT);
    assertThat(text.length).isBetween(15 << 20, 25 << 20);
    assertThat(family.size()).isLessThan(60_000);
    assertThat(family.overflowed()).isEqualTo(60_000 - family.size());
    assertThat(
            family.snapshot().points().stream()
                .mapToLong(point -> ((MetricFamily.Distribution) point).count())
                .sum())
        .isEqualTo(60_000);
  }

  private static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
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
