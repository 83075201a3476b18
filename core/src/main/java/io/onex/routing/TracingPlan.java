package io.onex.routing;

import io.onex.event.EventType;
import io.onex.log.Record;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// To which tracing destinations rules send the single events of operations. Immutable.
///
/// What a type alone settles is settled here, so that judging an event is an array access unless
/// some rule that sends to a tracing destination asks for more. An expression that fails is not
/// counted: the destinations' own judgement of the same event does so.
final class TracingPlan {
  private static final int TYPES = EventType.TELEMETRY_OPERATION_ERROR.id() + 1;

  /// Nothing goes anywhere.
  static final TracingPlan NONE = new TracingPlan();

  private final List<String> names;
  private final long[] masks = new long[TYPES];
  private final SpanTargets[] sure = new SpanTargets[TYPES];
  private final CompiledRule[][] asked = new CompiledRule[TYPES][0];
  private final SpanTargets byConclusion;

  private TracingPlan() {
    names = List.of();
    Arrays.fill(sure, SpanTargets.NONE);
    byConclusion = SpanTargets.NONE;
  }

  /// @param plans by the id of their type
  /// @param names of destinations, by the index of their bit
  /// @param tracing bits of those that take spans
  TracingPlan(Plan[] plans, List<String> names, long tracing) {
    this.names = names;
    for (int type = 0; type < TYPES; type++) {
      long mask = plans[type].mask() & tracing;
      masks[type] = mask;
      sure[type] = named(mask);
      asked[type] = asked(plans[type], tracing & ~mask);
    }
    byConclusion = named(plans[EventType.OPERATION_ENDED.id()].mask() & tracing);
  }

  private static CompiledRule[] asked(Plan plan, long open) {
    List<CompiledRule> rules = new ArrayList<>();
    for (CompiledRule rule : plan.conditional()) {
      Optional<CompiledRule> quiet = (rule.mask() & open) == 0 ? Optional.empty() : rule.quiet();
      quiet
          .map(one -> new CompiledRule(one.types(), one.mask() & open, one.conditions()))
          .ifPresent(rules::add);
    }
    return rules.toArray(CompiledRule[]::new);
  }

  /// Bits of the tracing destinations that `record`, an event of an operation, is sent to.
  long decide(Record record) {
    int type = record.frame().typeId();
    long bits = masks[type];
    for (CompiledRule rule : asked[type]) {
      if ((rule.mask() & ~bits) != 0 && rule.holds(record)) {
        bits |= rule.mask();
      }
    }
    return bits;
  }

  /// Whether `bits` are what [#decide] says of every event of this type at least.
  boolean isSure(Record record, long bits) {
    return bits == masks[record.frame().typeId()];
  }

  /// Those that get every event of this type.
  SpanTargets sure(Record record) {
    return sure[record.frame().typeId()];
  }

  /// Those that get every conclusion by its own type.
  SpanTargets byConclusion() {
    return byConclusion;
  }

  SpanTargets named(long bits) {
    List<String> named = new ArrayList<>();
    for (long left = bits; left != 0; left &= left - 1) {
      named.add(names.get(Long.numberOfTrailingZeros(left)));
    }
    return SpanTargets.of(named);
  }
}
