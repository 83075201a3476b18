package io.onex.app;

import io.onex.routing.RuleFailures;
import io.onex.routing.Rules;
import io.onex.telemetry.Counter;
import io.onex.telemetry.Telemetry;
import java.util.Map;

/// Counts the records on which the expression of a rule could not be evaluated, by rule. Safe for
/// use by many threads.
///
/// @param telemetry what the counters are asked from
record RuleFailureCounts(Telemetry telemetry) implements RuleFailures {
  /// Begins the counters of rules at 0, so that a rate sees their first failure.
  void begin(Rules rules) {
    rules.rules().forEach(rule -> counter(rule.name()));
  }

  @Override
  public void failed(String rule) {
    counter(rule).increment();
  }

  private Counter counter(String rule) {
    return telemetry.counter(
        "onex_gateway_rule_failures_total",
        "Records on which the expression of a rule could not be evaluated.",
        Map.of("rule", rule));
  }
}
