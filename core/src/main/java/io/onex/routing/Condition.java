package io.onex.routing;

import io.onex.bytes.Slice;
import io.onex.config.Glob;
import io.onex.config.RoutedKind;
import io.onex.json.JsonText;
import io.onex.log.Record;
import io.onex.log.RecordFlags;
import io.onex.log.RecordKind;
import java.util.List;
import java.util.Set;

/// What a rule asks of a record besides its event type. Immutable.
sealed interface Condition {
  boolean holds(Record record);

  /// The node id meets one of these patterns; a record without node id meets only `*`.
  record OnNode(List<Glob> patterns) implements Condition {
    @Override
    public boolean holds(Record record) {
      Slice node = record.nodeId();
      if (record.has(RecordFlags.NODE_ID_ESCAPED)) {
        node = JsonText.utf8(node);
      }
      for (int i = 0; i < patterns.size(); i++) {
        if (patterns.get(i).matches(node.array(), node.offset(), node.length())) {
          return true;
        }
      }
      return false;
    }
  }

  /// The record is of one of these kinds.
  ///
  /// @param codes one bit for each code of [RecordKind]
  record OfKind(int codes) implements Condition {
    static OfKind of(Set<RoutedKind> kinds) {
      int codes = 0;
      for (RoutedKind kind : kinds) {
        codes |= 1 << RecordKind.valueOf(kind.name()).code();
      }
      return new OfKind(codes);
    }

    boolean takesEvents() {
      return (codes & 1 << RecordKind.EVENT.code()) != 0;
    }

    @Override
    public boolean holds(Record record) {
      return (codes & 1 << record.kind().code()) != 0;
    }
  }

  /// An expression is true. One that cannot be evaluated on this record is not, and is counted.
  record Expression(String rule, CelExpression expression, RuleFailures failures)
      implements Condition {
    @Override
    public boolean holds(Record record) {
      return switch (expression.evaluate(record)) {
        case TRUE -> true;
        case FALSE -> false;
        case FAILED -> {
          failures.failed(rule);
          yield false;
        }
      };
    }
  }

  /// Stands for an expression of old rules that this version cannot compile: never true, counted.
  record Unreadable(String rule, RuleFailures failures) implements Condition {
    @Override
    public boolean holds(Record record) {
      failures.failed(rule);
      return false;
    }
  }
}
