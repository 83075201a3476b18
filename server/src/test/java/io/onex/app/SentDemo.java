package io.onex.app;

import io.onex.app.demo.DemoScript;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A seeded run of the demo's fleet, and what every system should make of it by the test's own
/// account.
///
/// @param lines as posted
record SentDemo(List<String> lines, List<SentEvent> events, List<SentOperation> operations) {
  private static final int PER_REQUEST = 50;
  private static final long MICROS_BETWEEN_RUNS = 125_000;

  /// @param runs of pretend nodes, which end before now
  static SentDemo of(long seed, int runs) {
    System.out.println("demo events: seed " + seed + ", " + runs + " runs");
    long start =
        ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now())
            - runs * MICROS_BETWEEN_RUNS
            - 2_000_000;
    List<String> lines = DemoScript.events(seed, runs, start, MICROS_BETWEEN_RUNS);
    List<SentEvent> events = lines.stream().map(SentEvent::of).toList();
    return new SentDemo(lines, events, SentOperation.of(events));
  }

  /// Posts everything in order, each request acknowledged as durable.
  void post(TestGateway gateway) throws IOException, InterruptedException {
    for (int i = 0; i < lines.size(); i += PER_REQUEST) {
      List<String> request = lines.subList(i, Math.min(lines.size(), i + PER_REQUEST));
      gateway.accept(String.join("\n", request), "durable");
    }
  }

  /// `onex_events_total` by its labels.
  Map<Map<String, String>, Double> eventsTotal() {
    return counts(
        events,
        e -> Map.of("event_type", e.typeLabel(), "node_id", e.node(), "status", e.status()));
  }

  /// `onex_node_executions_total` by its labels.
  Map<Map<String, String>, Double> executionsTotal() {
    return counts(
        family(false),
        o ->
            Map.of(
                "node_name",
                o.nodeName(),
                "version",
                o.version(),
                "status",
                o.end().failed() ? "error" : "success"));
  }

  /// Labels of the series with this status that every node has, be they at 0.
  List<Map<String, String>> executionsWith(String status) {
    return family(false).stream()
        .map(o -> Map.of("node_name", o.nodeName(), "version", o.version(), "status", status))
        .distinct()
        .toList();
  }

  /// `onex_node_execution_duration_seconds_sum` by its labels, in microseconds.
  Map<Map<String, String>, Long> executionMicros() {
    return micros(family(false), o -> Map.of("node_name", o.nodeName(), "version", o.version()));
  }

  /// `onex_operation_duration_seconds_sum` by its labels, in microseconds.
  Map<Map<String, String>, Long> operationMicros() {
    return micros(
        operations,
        o ->
            Map.of(
                "node_id",
                o.end().node(),
                "operation",
                o.end().metadata().path("operation").asText("unknown")));
  }

  private List<SentOperation> family(boolean telemetry) {
    return operations.stream().filter(o -> o.end().isTelemetry() == telemetry).toList();
  }

  private static <T> Map<Map<String, String>, Double> counts(
      List<T> all, Function<T, Map<String, String>> labels) {
    return all.stream().collect(Collectors.groupingBy(labels, Collectors.summingDouble(x -> 1)));
  }

  private static Map<Map<String, String>, Long> micros(
      List<SentOperation> all, Function<SentOperation, Map<String, String>> labels) {
    return all.stream()
        .collect(Collectors.groupingBy(labels, Collectors.summingLong(o -> o.durationMicros())));
  }

  /// Sent events by id.
  Map<String, SentEvent> byId() {
    Map<String, SentEvent> found = new TreeMap<>();
    events.forEach(event -> found.put(event.id(), event));
    return found;
  }
}
