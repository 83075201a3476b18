package io.onex.routing;

/// Counts expressions that could not be evaluated. Safe for use by many threads.
@FunctionalInterface
public interface RuleFailures {
  /// The `when` of this rule could not be evaluated on one record, which therefore did not match.
  void failed(String rule);
}
