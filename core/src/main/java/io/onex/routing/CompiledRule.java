package io.onex.routing;

import io.onex.config.Glob;
import io.onex.log.Record;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A rule ready to be asked. Immutable.
///
/// @param mask bits of its destinations
/// @param conditions all must hold besides the type
record CompiledRule(List<Glob> types, long mask, List<Condition> conditions) {
  CompiledRule {
    types = List.copyOf(types);
    conditions = List.copyOf(conditions);
  }

  boolean takesType(byte[] name, int offset, int length) {
    for (int i = 0; i < types.size(); i++) {
      if (types.get(i).matches(name, offset, length)) {
        return true;
      }
    }
    return false;
  }

  boolean holds(Record record) {
    for (int i = 0; i < conditions.size(); i++) {
      if (!conditions.get(i).holds(record)) {
        return false;
      }
    }
    return true;
  }

  /// Whether it asks for more than type, node and kind.
  boolean hasExpression() {
    return conditions.stream()
        .anyMatch(
            one -> one instanceof Condition.Expression || one instanceof Condition.Unreadable);
  }

  /// What it asks of an event whose type it takes, when that is all that is known of the record;
  /// empty when it takes no events.
  Optional<CompiledRule> ofEvents() {
    List<Condition> asked = new ArrayList<>();
    for (Condition condition : conditions) {
      if (!(condition instanceof Condition.OfKind kinds)) {
        asked.add(condition);
      } else if (!kinds.takesEvents()) {
        return Optional.empty();
      }
    }
    return Optional.of(new CompiledRule(types, mask, asked));
  }

  /// The same, but that nobody is told when an expression fails; empty when it never holds.
  Optional<CompiledRule> quiet() {
    List<Condition> asked = new ArrayList<>();
    for (Condition condition : conditions) {
      switch (condition) {
        case Condition.Unreadable _ -> {
          return Optional.empty();
        }
        case Condition.Expression one ->
            asked.add(new Condition.Expression(one.rule(), one.expression(), rule -> {}));
        case Condition.OnNode _, Condition.OfKind _ -> asked.add(condition);
      }
    }
    return Optional.of(new CompiledRule(types, mask, asked));
  }
}
