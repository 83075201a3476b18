package io.onex.api;

import io.onex.http.Problem;
import io.onex.log.Record;
import io.onex.routing.InvalidExpressionException;
import io.onex.routing.RecordExpression;
import java.util.Optional;
import java.util.function.Predicate;

/// Picks records by an expression that a request brings.
final class RecordFilter {
  private RecordFilter() {}

  /// Every record, or those that `expression` picks. Compiling belongs on a platform thread.
  ///
  /// @throws io.onex.http.ProblemException when it does not compile
  static Predicate<Record> of(Optional<String> expression) {
    if (expression.isEmpty()) {
      return record -> true;
    }
    try {
      return RecordExpression.compile(expression.get());
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
