package io.onex.routing;

import io.onex.bytes.Slice;
import io.onex.event.EventType;
import io.onex.json.JsonFields;
import io.onex.log.Record;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// To which tracing destinations the conclusion of an operation goes because of the events it is
/// made of. Immutable.
///
/// Rules speak of events, and where they sent START and END stands in the conclusion. Rules of
/// another time have not seen the events: they judge what the conclusion tells of them.
final class EndedOperationPlan {
  private final long tracing;

  /// Names of destinations as conclusions write them, by the index of their bit.
  private final List<Slice> names;

  private final Family node;
  private final Family telemetry;

  /// Rules about one type of event.
  ///
  /// @param told those that need no more of it than its conclusion tells
  /// @param asked bits of the destinations of the others
  private record Events(Plan told, long asked) {
    static Events of(List<CompiledRule> rules, EventType type) {
      Slice name = Slice.utf8(type.name());
      List<CompiledRule> told = new ArrayList<>();
      long asked = 0;
      for (CompiledRule rule : rules) {
        if (rule.takesType(name.array(), name.offset(), name.length())) {
          Optional<CompiledRule> one = rule.ofEvents();
          if (one.isPresent() && one.get().hasExpression()) {
            asked |= rule.mask();
          } else {
            one.ifPresent(told::add);
          }
        }
      }
      return new Events(Plan.of(told, name), asked);
    }

    long decide(Record record, long sentBefore) {
      long bits = told.decide(record);
      long again = sentBefore & asked;
      return again == 0 ? bits : (bits & ~RuleSet.UNMATCHED) | again;
    }
  }

  /// What ends or begins an operation of one family.
  ///
  /// @param alike whether every end is judged as every other
  private record Family(
      Plan success, Plan failure, boolean alike, Events start, Events succeeded, Events failed) {
    static Family of(
        Plan[] plans, List<CompiledRule> rules, EventType start, EventType good, EventType bad) {
      Plan success = plans[good.id()];
      Plan failure = plans[bad.id()];
      return new Family(
          success,
          failure,
          success.decidesAs(failure),
          Events.of(rules, start),
          Events.of(rules, good),
          Events.of(rules, bad));
    }

    /// The plan of the event that ended the operation. Its outcome stands at the end of the record
    /// and is only looked for when it matters.
    Plan end(Slice body) {
      return alike || succeeds(body) ? success : failure;
    }
  }

  /// @param plans by the id of their type
  EndedOperationPlan(Rules rules, List<CompiledRule> compiled, Plan[] plans, long tracing) {
    this.tracing = tracing;
    this.names = rules.known().stream().map(SpanTargets::written).toList();
    node =
        Family.of(
            plans, compiled, EventType.NODE_START, EventType.NODE_SUCCESS, EventType.NODE_FAILURE);
    telemetry =
        Family.of(
            plans,
            compiled,
            EventType.TELEMETRY_OPERATION_START,
            EventType.TELEMETRY_OPERATION_SUCCESS,
            EventType.TELEMETRY_OPERATION_ERROR);
  }

  /// By the event that ended it, as its conclusion tells of it, and by where its events were sent.
  ///
  /// @return bits of tracing destinations; [RuleSet#UNMATCHED] when no rule matched
  long decide(Record conclusion) {
    Slice body = conclusion.body();
    Slice family = JsonFields.find(body, "family");
    long bits = family(family).end(body).decide(conclusion) & (tracing | RuleSet.UNMATCHED);
    Slice sentTo = SpanTargets.in(body, family);
    return sentTo.isEmpty() ? bits : (bits & ~RuleSet.UNMATCHED) | bits(sentTo);
  }

  /// As [#decide], of an operation whose events were judged by other rules. Where those sent it
  /// counts only for rules that ask for more than the conclusion tells.
  long decideAnew(Record conclusion) {
    Slice body = conclusion.body();
    Slice name = JsonFields.find(body, "family");
    Family family = family(name);
    long before = bits(SpanTargets.in(body, name));
    long bits = family.end(body).decide(conclusion);
    Events end = succeeds(body) ? family.succeeded : family.failed;
    bits = Plan.either(bits, end.decide(conclusion, before));
    if (!JsonFields.find(body, "start_event_id").isEmpty()) {
      bits = Plan.either(bits, family.start.decide(conclusion, before));
    }
    return bits & (tracing | RuleSet.UNMATCHED);
  }

  /// Whether the events of an operation were sent to a destination that was called `name`.
  static boolean wasSentTo(Slice name, Record conclusion) {
    Slice body = conclusion.body();
    return SpanTargets.holds(SpanTargets.in(body, JsonFields.find(body, "family")), name);
  }

  private Family family(Slice name) {
    return JsonFields.textIs(name, "telemetry") ? telemetry : node;
  }

  private static boolean succeeds(Slice body) {
    return JsonFields.textIs(JsonFields.find(body, "outcome"), "success");
  }

  private long bits(Slice sentTo) {
    long bits = 0;
    for (long left = sentTo.isEmpty() ? 0 : tracing; left != 0; left &= left - 1) {
      int index = Long.numberOfTrailingZeros(left);
      if (SpanTargets.holds(sentTo, names.get(index))) {
        bits |= 1L << index;
      }
    }
    return bits;
  }
}
