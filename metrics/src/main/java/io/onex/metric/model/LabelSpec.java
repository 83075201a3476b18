package io.onex.metric.model;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// A label that the series of a family have.
///
/// What identifies one event, run or person is refused: it would make a series per event.
///
/// @param name as Prometheus allows it, without the reserved `__` and `le`
/// @param closed whether its values are a small set chosen by the program, which the overflow
///   series therefore keeps apart; values of an open label come from events
/// @param outcomes values whose series begin together, at 0, so that a rate sees the first of each;
///   none for most labels
public record LabelSpec(String name, boolean closed, List<String> outcomes) {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9_]*");

  private static final Set<String> IDENTITIES =
      Set.of(
          "correlation_id",
          "event_id",
          "trace_id",
          "span_id",
          "parent_span_id",
          "request_id",
          "session_id",
          "user_id",
          "username",
          "operation_id");

  public LabelSpec {
    outcomes = List.copyOf(outcomes);
    if (!outcomes.isEmpty() && !closed) {
      throw new IllegalArgumentException("only the values of a closed label are known: " + name);
    }
    if (!NAME.matcher(name).matches() || name.equals("le")) {
      throw new IllegalArgumentException("no label can be called " + name);
    }
    if (IDENTITIES.contains(name)) {
      throw new IllegalArgumentException(
          name + " identifies one event, run or person and cannot be a label; use an exemplar");
    }
  }

  /// A label whose values come from events.
  public static LabelSpec open(String name) {
    return new LabelSpec(name, false, List.of());
  }

  /// A label with few values that the program chooses.
  public static LabelSpec closed(String name) {
    return new LabelSpec(name, true, List.of());
  }

  /// A closed label that says how something went; the series of these outcomes begin together.
  public static LabelSpec outcome(String name, String... outcomes) {
    return new LabelSpec(name, true, List.of(outcomes));
  }
}
