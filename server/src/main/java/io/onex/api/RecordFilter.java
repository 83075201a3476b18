package io.onex.api;

import io.onex.config.Glob;
import io.onex.http.Problem;
import io.onex.log.Record;
import io.onex.routing.InvalidExpressionException;
import io.onex.routing.RuleSet;
import io.onex.routing.Rules;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Picks records by an expression as in a rule's `when`: the language and its meaning are those of
/// the rules. An expression that fails on a record does not match it.
final class RecordFilter {
  private static final String NAME = "filter";

  private RecordFilter() {}

  /// Every record, or those that `expression` picks; of these, control records are never picked, as
  /// rules do not see them.
  ///
  /// @throws io.onex.http.ProblemException when it does not compile
  static Predicate<Record> of(Optional<String> expression) {
    if (expression.isEmpty()) {
      return record -> true;
    }
    Glob all = Glob.of("*");
    Rules.Rule rule =
        new Rules.Rule(NAME, List.of(all), List.of(all), Set.of(), expression, List.of(NAME));
    Rules rules = new Rules(List.of(rule), List.of(), List.of(NAME), List.of());
    try {
      RuleSet compiled = RuleSet.compile(rules, failed -> {});
      return record -> (compiled.decide(record) & 1) != 0;
    } catch (InvalidExpressionException e) {
      throw Problem.of(
              400,
              "bad_expression",
              "the expression does not compile: " + e.getMessage(),
              "write it as in a rule's `when`, such as node_id == 'stamper_node'")
          .asException();
    }
  }
}
