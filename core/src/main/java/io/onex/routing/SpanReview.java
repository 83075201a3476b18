package io.onex.routing;

import io.onex.config.RoutedKind;
import io.onex.event.EventType;
import java.util.ArrayList;
import java.util.List;

/// Looks whether a tracing destination gets the spans of one outcome of an operation only, which is
/// seldom meant: traces then lack just what failed, or all but that. Pure.
final class SpanReview {
  private final Rules rules;
  private final String destination;

  /// What spans a destination does not get.
  record Lack(String what, String hint) {}

  SpanReview(Rules rules, String destination) {
    this.rules = rules;
    this.destination = destination;
  }

  List<Lack> lacking() {
    List<Lack> lacking = new ArrayList<>();
    if (!isSent(EventType.OPERATION_ENDED, RoutedKind.DERIVED)) {
      ofOneOutcome(
          lacking,
          "runs of nodes",
          EventType.NODE_START,
          EventType.NODE_SUCCESS,
          EventType.NODE_FAILURE);
      ofOneOutcome(
          lacking,
          "operations told by telemetry",
          EventType.TELEMETRY_OPERATION_START,
          EventType.TELEMETRY_OPERATION_SUCCESS,
          EventType.TELEMETRY_OPERATION_ERROR);
    }
    return lacking;
  }

  private void ofOneOutcome(
      List<Lack> lacking, String what, EventType start, EventType good, EventType bad) {
    boolean goodOnes = isShown(good);
    boolean badOnes = isShown(bad);
    if (goodOnes == badOnes || isSent(start, RoutedKind.EVENT)) {
      return;
    }
    EventType missing = goodOnes ? bad : good;
    lacking.add(
        new Lack(
            "of the %s it gets the spans of those that %s only: no rule sends it %s, %s or %s"
                .formatted(
                    what,
                    goodOnes ? "succeed" : "fail",
                    missing.name(),
                    start.name(),
                    EventType.OPERATION_ENDED.name()),
            "a rule that sends it %s sends the span of each, however it ends"
                .formatted(start.name())));
  }

  /// Whether operations that end like this have their span there.
  private boolean isShown(EventType end) {
    boolean matched =
        rules.rules().stream()
            .anyMatch(rule ->
                matches(rule, end, RoutedKind.EVENT)
                    || matches(rule, EventType.OPERATION_ENDED, RoutedKind.DERIVED));
    return isSent(end, RoutedKind.EVENT) || (!matched && rules.unmatched().contains(destination));
  }

  /// Whether some rule sends some record of this type there.
  private boolean isSent(EventType type, RoutedKind kind) {
    return rules.rules().stream()
        .anyMatch(rule -> rule.destinations().contains(destination) && matches(rule, type, kind));
  }

  private static boolean matches(Rules.Rule rule, EventType type, RoutedKind kind) {
    return (rule.kinds().isEmpty() || rule.kinds().contains(kind))
        && rule.eventTypes().stream().anyMatch(pattern -> pattern.matches(type.name()));
  }
}
