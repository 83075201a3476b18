package io.onex.routing;

import io.onex.config.Glob;
import io.onex.log.Record;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// An expression as in a rule's `when`, by itself: the language and its meaning are those of the
/// rules. One that fails on a record does not match it, and control records are never matched, as
/// rules do not see them.
public final class RecordExpression {
  private static final String NAME = "filter";

  private RecordExpression() {}

  /// Compiling takes about a millisecond, the first time up to a second: it belongs on a platform
  /// thread.
  ///
  /// @return safe for use by many threads
  /// @throws InvalidExpressionException when it does not compile
  public static Predicate<Record> compile(String expression) throws InvalidExpressionException {
    Glob all = Glob.of("*");
    Rules.Rule rule =
        new Rules.Rule(
            NAME, List.of(all), List.of(all), Set.of(), Optional.of(expression), List.of(NAME));
    Rules rules = new Rules(List.of(rule), List.of(), List.of(NAME), List.of());
    RuleSet compiled = RuleSet.compile(rules, failed -> {});
    return record -> (compiled.decide(record) & 1) != 0;
  }
}
