package io.onex.routing;

import io.onex.bytes.Slice;
import io.onex.config.Glob;
import io.onex.event.EventType;
import io.onex.json.JsonFields;
import io.onex.log.Record;
import io.onex.log.RecordFlags;
import io.onex.log.RecordFrame;
import io.onex.log.RecordKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Compiled rules: which destinations a record goes to. Immutable, safe for use by many threads.
///
/// A decision is a long with one bit for each of [#destinations], by index, and [#UNMATCHED] when
/// no rule matched. For each well-known event type everything that depends on the type alone is
/// settled beforehand, so most decisions are one array access; without expressions none allocates.
///
/// An ended operation is routed by its own type and, to tracing destinations, also as the event
/// that ended it: who sends `NODE_SUCCESS` to one gets the span of the operation it concluded.
/// Control records are never routed. A record about the state of a destination never goes to that
/// destination.
public final class RuleSet {
  /// Set when no rule matched: the record is counted as unmatched and goes to `unmatched`.
  public static final long UNMATCHED = 1L << 63;

  private final Rules rules;
  private final String epoch;
  private final List<Compiled> compiled;
  private final Plan[] plans;
  private final Ends telemetryEnds;
  private final Ends nodeEnds;
  private final long unmatched;
  private final long tracing;

  /// A rule ready to be asked.
  ///
  /// @param mask bits of its destinations
  /// @param conditions all must hold besides the type
  private record Compiled(List<Glob> types, long mask, List<Condition> conditions) {
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
  }

  /// What is settled for one event type: rules without further conditions, and those to be asked.
  private record Plan(long mask, boolean matched, Compiled[] conditional) {
    /// Whether both decide alike about every record.
    boolean decidesAs(Plan other) {
      return mask == other.mask
          && matched == other.matched
          && Arrays.equals(conditional, other.conditional);
    }
  }

  /// The plans of the events that end an operation of one family.
  private record Ends(Plan success, Plan failure, boolean alike) {
    static Ends of(Plan success, Plan failure) {
      return new Ends(success, failure, success.decidesAs(failure));
    }

    /// The plan of the event that ended the operation. Its outcome stands at the end of the record
    /// and is only looked for when it matters.
    Plan of(Slice body) {
      return alike || JsonFields.textIs(JsonFields.find(body, "outcome"), "success")
          ? success
          : failure;
    }
  }

  private RuleSet(Rules rules, List<Compiled> compiled) {
    this.rules = rules;
    this.epoch = rules.epoch();
    this.compiled = compiled;
    this.unmatched = mask(rules, rules.unmatched());
    this.tracing = mask(rules, rules.tracing());
    List<EventType> types = EventType.wellKnown();
    plans = new Plan[types.size() + 1];
    plans[EventType.UNKNOWN_ID] = plan(Slice.EMPTY);
    for (EventType type : types) {
      plans[type.id()] = plan(Slice.utf8(type.name()));
    }
    telemetryEnds =
        Ends.of(
            plans[EventType.TELEMETRY_OPERATION_SUCCESS.id()],
            plans[EventType.TELEMETRY_OPERATION_ERROR.id()]);
    nodeEnds = Ends.of(plans[EventType.NODE_SUCCESS.id()], plans[EventType.NODE_FAILURE.id()]);
  }

  /// Compiles rules that are meant to be used from now on.
  ///
  /// @throws InvalidExpressionException when a `when` cannot be compiled
  public static RuleSet compile(Rules rules, RuleFailures failures)
      throws InvalidExpressionException {
    List<Compiled> compiled = new ArrayList<>();
    for (Rules.Rule rule : rules.rules()) {
      List<Condition> conditions = plainConditions(rule);
      if (rule.when().isPresent()) {
        CelExpression expression = CelExpression.compile(rule.name(), rule.when().get());
        conditions.add(new Condition.Expression(rule.name(), expression, failures));
      }
      compiled.add(new Compiled(rule.eventTypes(), mask(rules, rule.destinations()), conditions));
    }
    return new RuleSet(rules, compiled);
  }

  /// Compiles rules that were used before. An expression that this version cannot read never holds
  /// and counts as failed: old records are better judged by the other rules than not at all.
  public static RuleSet restore(Rules rules, RuleFailures failures) {
    List<Compiled> compiled = new ArrayList<>();
    for (Rules.Rule rule : rules.rules()) {
      List<Condition> conditions = plainConditions(rule);
      rule.when().ifPresent(text -> conditions.add(restored(rule.name(), text, failures)));
      compiled.add(new Compiled(rule.eventTypes(), mask(rules, rule.destinations()), conditions));
    }
    return new RuleSet(rules, compiled);
  }

  public Rules rules() {
    return rules;
  }

  /// See [Rules#epoch].
  public String epoch() {
    return epoch;
  }

  /// Names of destinations by the index of their bit.
  public List<String> destinations() {
    return rules.known();
  }

  /// Where `record` goes: bits of destinations, perhaps with [#UNMATCHED]; 0 for control records.
  public long decide(Record record) {
    RecordFrame frame = record.frame();
    if (record.kind() == RecordKind.CONTROL) {
      return 0;
    }
    int typeId = frame.typeId();
    long decision;
    if (typeId == EventType.UNKNOWN_ID) {
      decision = decideByName(record, frame.typeName());
    } else {
      decision = decide(record, plans[typeId < plans.length ? typeId : EventType.UNKNOWN_ID]);
      if (typeId == EventType.OPERATION_ENDED.id() && record.kind() == RecordKind.DERIVED) {
        long byItsEnd = decide(record, end(record.body()));
        decision = either(decision, byItsEnd & (tracing | UNMATCHED));
      }
    }
    if ((decision & UNMATCHED) != 0) {
      decision |= unmatched;
    }
    return record.has(RecordFlags.ORIGIN_GATEWAY) ? withoutConcerned(record, decision) : decision;
  }

  /// Names of all rules that match `record` by its own type, in order; for people who ask why.
  public List<String> matching(Record record) {
    Slice type = Slice.utf8(record.type().name());
    List<String> names = new ArrayList<>();
    for (int i = 0; i < compiled.size(); i++) {
      Compiled rule = compiled.get(i);
      if (rule.takesType(type.array(), type.offset(), type.length()) && rule.holds(record)) {
        names.add(rules.rules().get(i).name());
      }
    }
    return names;
  }

  private static long decide(Record record, Plan plan) {
    long mask = plan.mask;
    boolean matched = plan.matched;
    for (Compiled rule : plan.conditional) {
      boolean addsNothing = matched && (rule.mask & ~mask) == 0;
      if (!addsNothing && rule.holds(record)) {
        mask |= rule.mask;
        matched = true;
      }
    }
    return matched ? mask : UNMATCHED;
  }

  private long decideByName(Record record, Slice name) {
    long mask = 0;
    boolean matched = false;
    for (int i = 0; i < compiled.size(); i++) {
      Compiled rule = compiled.get(i);
      if (rule.takesType(name.array(), name.offset(), name.length()) && rule.holds(record)) {
        mask |= rule.mask;
        matched = true;
      }
    }
    return matched ? mask : UNMATCHED;
  }

  private static long either(long a, long b) {
    boolean matched = (a & b & UNMATCHED) == 0;
    return matched ? (a | b) & ~UNMATCHED : UNMATCHED;
  }

  private Plan end(Slice body) {
    boolean telemetry = JsonFields.textIs(JsonFields.find(body, "family"), "telemetry");
    return (telemetry ? telemetryEnds : nodeEnds).of(body);
  }

  private long withoutConcerned(Record record, long decision) {
    if (record.frame().typeId() != EventType.DESTINATION_STATE.id()) {
      return decision;
    }
    String concerned = JsonFields.text(JsonFields.find(record.body(), "destination"));
    int index = rules.known().indexOf(concerned);
    return index < 0 ? decision : decision & ~(1L << index);
  }

  private Plan plan(Slice type) {
    long mask = 0;
    boolean matched = false;
    List<Compiled> conditional = new ArrayList<>();
    for (Compiled rule : compiled) {
      if (rule.takesType(type.array(), type.offset(), type.length())) {
        if (rule.conditions.isEmpty()) {
          mask |= rule.mask;
          matched = true;
        } else {
          conditional.add(rule);
        }
      }
    }
    return new Plan(mask, matched, conditional.toArray(Compiled[]::new));
  }

  private static List<Condition> plainConditions(Rules.Rule rule) {
    List<Condition> conditions = new ArrayList<>();
    if (!rule.kinds().isEmpty()) {
      conditions.add(Condition.OfKind.of(rule.kinds()));
    }
    if (rule.nodes().stream().noneMatch(Glob::matchesAll)) {
      conditions.add(new Condition.OnNode(rule.nodes()));
    }
    return conditions;
  }

  private static Condition restored(String rule, String text, RuleFailures failures) {
    try {
      return new Condition.Expression(rule, CelExpression.compile(rule, text), failures);
    } catch (InvalidExpressionException e) {
      return new Condition.Unreadable(rule, failures);
    }
  }

  private static long mask(Rules rules, List<String> destinations) {
    long mask = 0;
    for (String destination : destinations) {
      int index = rules.known().indexOf(destination);
      if (index < 0) {
        throw new IllegalArgumentException("a rule names an unknown destination: " + destination);
      }
      mask |= 1L << index;
    }
    return mask;
  }
}
