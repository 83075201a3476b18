package io.onex.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Every series that the events of a demo should be in, by the test's own arithmetic over what was
/// sent, as the reference page of metrics describes the families.
final class SentSeries {
  private static final double[] BOUNDS = {
    0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60
  };

  private final Map<Series, Double> values = new HashMap<>();

  private SentSeries() {}

  /// All series of families about events, once every operation has ended.
  static Map<Series, Double> of(SentDemo demo) {
    SentSeries all = new SentSeries();
    // The demo requests no discovery; a counter without labels is there all the same.
    all.add(Series.of("onex_registry_discovery_requests_total"), 0);
    demo.events().forEach(all::event);
    demo.operations().forEach(all::operation);
    return all.values;
  }

  /// Checks that the series shown are these and no others, and that all have these values; sums of
  /// seconds but for their last digits.
  static void compare(Map<Series, Double> shown, Map<Series, Double> expected) {
    assertThat(without(expected, shown)).as("missing").isEmpty();
    assertThat(without(shown, expected)).as("of nothing that was sent").isEmpty();
    expected.forEach((series, value) -> {
      double tolerance = series.name().endsWith("_sum") ? 1e-9 * value : 0;
      assertThat(shown.get(series)).as("%s", series).isCloseTo(value, within(tolerance));
    });
  }

  private static Set<Series> without(Map<Series, Double> some, Map<Series, Double> others) {
    Set<Series> rest = new HashSet<>(some.keySet());
    rest.removeAll(others.keySet());
    return rest;
  }

  private void event(SentEvent event) {
    add(ofEvent(event.typeLabel(), event.node(), event.status()), 1);
    if (event.isStart() || event.isEnd()) {
      boolean telemetry = event.isTelemetry();
      String success = telemetry ? "telemetry_operation_success" : "node_success";
      String failure = telemetry ? "telemetry_operation_error" : "node_failure";
      add(ofEvent(success, event.node(), "success"), 0);
      add(ofEvent(success, event.node(), "error"), 0);
      add(ofEvent(failure, event.node(), "error"), 0);
    }
  }

  private static Series ofEvent(String type, String node, String status) {
    return Series.of("onex_events_total", "event_type", type, "node_id", node, "status", status);
  }

  private void operation(SentOperation operation) {
    SentEvent end = operation.end();
    double seconds = operation.durationMicros() / 1e6;
    add(Series.of("onex_active_operations", "node_id", end.node()), 0);
    observe(
        Series.of(
            "onex_operation_duration_seconds",
            "node_id",
            end.node(),
            "operation",
            end.metadata().path("operation").asText("unknown")),
        seconds);
    if (!end.isTelemetry()) {
      add(Series.of("onex_active_executions", "node_name", operation.nodeName()), 0);
      Series of = Series.of("", "node_name", operation.nodeName(), "version", operation.version());
      observe(of.named("onex_node_execution_duration_seconds"), seconds);
      Series count = of.named("onex_node_executions_total");
      add(count.with("status", "success"), end.failed() ? 0 : 1);
      add(count.with("status", "error"), end.failed() ? 1 : 0);
    }
  }

  private void observe(Series family, double seconds) {
    Series buckets = family.named(family.name() + "_bucket");
    for (double bound : BOUNDS) {
      add(buckets.with("le", Double.toString(bound)), seconds <= bound ? 1 : 0);
    }
    add(buckets.with("le", "+Inf"), 1);
    add(family.named(family.name() + "_count"), 1);
    add(family.named(family.name() + "_sum"), seconds);
  }

  private void add(Series series, double value) {
    values.merge(series, value, Double::sum);
  }
}
