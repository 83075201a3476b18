package io.onex.operation;

import io.onex.config.Glob;
import io.onex.config.RoutedKind;
import io.onex.log.Position;
import io.onex.log.Record;
import io.onex.log.RecordFrame;
import io.onex.routing.Router;
import io.onex.routing.RuleHistory;
import io.onex.routing.Rules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A log in memory with rules that change, an operation fold behind it, and its conclusions where
/// they stand in the log.
final class RoutedRuns {
  /// `jaeger` and `zipkin` take spans, `elk` does not.
  static final List<String> KNOWN = List.of("jaeger", "elk", "zipkin");

  private static final List<String> TRACING = List.of("jaeger", "zipkin");

  final RuleHistory history = new RuleHistory(rule -> {});
  final FoldRun run = new FoldRun(OperationSettings.DEFAULT, history);
  private final List<Record> concluded = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-22T09:00:00Z");
  private long next;

  /// A rule without conditions besides the types.
  static Rules.Rule rule(String types, String destinations) {
    return rule(types, "*", Set.of(), Optional.empty(), destinations);
  }

  static Rules.Rule rule(
      String types,
      String nodes,
      Set<RoutedKind> kinds,
      Optional<String> when,
      String destinations) {
    return new Rules.Rule(
        types + nodes + destinations,
        List.of(types.split(" ")).stream().map(Glob::of).toList(),
        List.of(Glob.of(nodes)),
        kinds,
        when,
        List.of(destinations.split(" ")));
  }

  /// From here on these rules.
  RoutedRuns rules(Rules.Rule... rules) {
    return rules(KNOWN, TRACING, rules);
  }

  RoutedRuns rules(List<String> known, List<String> tracing, Rules.Rule... rules) {
    history.add(next++, new Rules(List.of(rules), List.of(), known, tracing));
    return this;
  }

  /// An event of node `n`, a millisecond after the one before.
  RoutedRuns take(String type, String correlation) {
    return take(type, "n", correlation, "{}");
  }

  RoutedRuns take(String type, String node, String correlation, String metadata) {
    return take(type, node, correlation, metadata, 0);
  }

  /// @param lateMillis how long ago it happened
  RoutedRuns take(String type, String node, String correlation, String metadata, long lateMillis) {
    now = now.plusMillis(1);
    String json =
        """
        {"event_id":"e%d","timestamp":"%s","node_id":"%s","event_type":"%s","correlation_id":"%s","metadata":%s}\
        """
            .formatted(next, now.minusMillis(lateMillis), node, type, correlation, metadata);
    run.take(at(next++, Events.record(json, Events.micros(now.toString()))));
    return collect();
  }

  /// Log time goes on.
  RoutedRuns pass(long millis) {
    now = now.plusMillis(millis);
    run.tick(now.toString());
    return collect();
  }

  /// Offset of the next record.
  long next() {
    return next;
  }

  /// All conclusions so far, each at its position.
  List<Record> concluded() {
    return concluded;
  }

  Record last() {
    return concluded.getLast();
  }

  boolean isSent(String destination, Record record) {
    return new Router(history, destination, Optional.empty()).route(record) == Router.Route.ROUTED;
  }

  /// Of `jaeger`, `elk` and `zipkin` those that get the last conclusion.
  List<String> sentTo() {
    return KNOWN.stream().filter(name -> isSent(name, last())).toList();
  }

  private RoutedRuns collect() {
    for (Record record : run.records().subList(concluded.size(), run.records().size())) {
      concluded.add(at(next++, record));
    }
    return this;
  }

  private static Record at(long offset, Record record) {
    return Record.of(
        new RecordFrame(record.frame().encoded().toByteArray(), 0, new Position(0, offset)));
  }
}
