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
import java.util.List;

/// Compiled rules: which destinations a record goes to. Immutable, safe for use by many threads.
///
/// A decision is a long with one bit for each of [#destinations], by index, and [#UNMATCHED] when
/// no rule matched. For each well-known event type everything that depends on the type alone is
/// settled beforehand, so most decisions are one array access; without expressions none allocates.
///
/// An ended operation is routed by its own type and, to tracing destinations, also as the events it
/// is made of: who sends `NODE_START` or `NODE_SUCCESS` to one gets the span of the operation that
/// it began or ended. Control records are never routed. A record about the state of a destination
/// never goes to that destination.
public final class RuleSet {
  /// Set when no rule matched: the record is counted as unmatched and goes to `unmatched`.
  public static final long UNMATCHED = 1L << 63;

  private final Rules rules;
  private final String epoch;
  private final List<CompiledRule> compiled;
  private final Plan[] plans;
  private final EndedOperationPlan ended;
  private final TracingPlan tracingPlan;
  private final long unmatched;
  private final long tracing;

  private RuleSet(Rules rules, List<CompiledRule> compiled) {
    this.rules = rules;
    this.epoch = rules.epoch();
    this.compiled = compiled;
    this.unmatched = mask(rules, rules.unmatched());
    this.tracing = mask(rules, rules.tracing());
    List<EventType> types = EventType.wellKnown();
    plans = new Plan[types.size() + 1];
    plans[EventType.UNKNOWN_ID] = Plan.of(compiled, Slice.EMPTY);
    for (EventType type : types) {
      plans[type.id()] = Plan.of(compiled, Slice.utf8(type.name()));
    }
    ended = new EndedOperationPlan(rules, compiled, plans, tracing);
    tracingPlan = new TracingPlan(plans, rules.known(), tracing);
  }

  /// Compiles rules that are meant to be used from now on.
  ///
  /// @throws InvalidExpressionException when a `when` cannot be compiled
  public static RuleSet compile(Rules rules, RuleFailures failures)
      throws InvalidExpressionException {
    List<CompiledRule> compiled = new ArrayList<>();
    for (Rules.Rule rule : rules.rules()) {
      List<Condition> conditions = plainConditions(rule);
      if (rule.when().isPresent()) {
        CelExpression expression = CelExpression.compile(rule.name(), rule.when().get());
        conditions.add(new Condition.Expression(rule.name(), expression, failures));
      }
      compiled.add(
          new CompiledRule(rule.eventTypes(), mask(rules, rule.destinations()), conditions));
    }
    return new RuleSet(rules, compiled);
  }

  /// Compiles rules that were used before. An expression that this version cannot read never holds
  /// and counts as failed: old records are better judged by the other rules than not at all.
  public static RuleSet restore(Rules rules, RuleFailures failures) {
    List<CompiledRule> compiled = new ArrayList<>();
    for (Rules.Rule rule : rules.rules()) {
      List<Condition> conditions = plainConditions(rule);
      rule.when().ifPresent(text -> conditions.add(restored(rule.name(), text, failures)));
      compiled.add(
          new CompiledRule(rule.eventTypes(), mask(rules, rule.destinations()), conditions));
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
    return decide(record, false);
  }

  /// As [#decide], when these are not the rules that judged the events an operation is made of: its
  /// conclusion goes to tracing destinations as if its START and its END had been judged by these,
  /// as far as the conclusion tells of them.
  public long decideAnew(Record record) {
    return decide(record, true);
  }

  private long decide(Record record, boolean anew) {
    RecordFrame frame = record.frame();
    if (record.kind() == RecordKind.CONTROL) {
      return 0;
    }
    int typeId = frame.typeId();
    long decision;
    if (typeId == EventType.UNKNOWN_ID) {
      decision = decideByName(record, frame.typeName());
    } else {
      decision = plans[typeId < plans.length ? typeId : EventType.UNKNOWN_ID].decide(record);
      if (isEndedOperation(record)) {
        long byEvents = anew ? ended.decideAnew(record) : ended.decide(record);
        decision = Plan.either(decision, byEvents);
      }
    }
    if ((decision & UNMATCHED) != 0) {
      decision |= unmatched;
    }
    return record.has(RecordFlags.ORIGIN_GATEWAY) ? withoutConcerned(record, decision) : decision;
  }

  /// Whether `record` concludes an operation whose events the rules of their time sent to a
  /// destination called `name`, which is that of `bit` now.
  boolean wasSentTo(Slice name, long bit, Record record) {
    return (tracing & bit) != 0
        && isEndedOperation(record)
        && EndedOperationPlan.wasSentTo(name, record);
  }

  /// Where the events of operations are sent that have spans.
  TracingPlan tracingPlan() {
    return tracingPlan;
  }

  private static boolean isEndedOperation(Record record) {
    return record.frame().typeId() == EventType.OPERATION_ENDED.id()
        && record.kind() == RecordKind.DERIVED;
  }

  /// Names of all rules that match `record` by its own type, in order; for people who ask why.
  public List<String> matching(Record record) {
    Slice type = Slice.utf8(record.type().name());
    List<String> names = new ArrayList<>();
    for (int i = 0; i < compiled.size(); i++) {
      CompiledRule rule = compiled.get(i);
      if (rule.takesType(type.array(), type.offset(), type.length()) && rule.holds(record)) {
        names.add(rules.rules().get(i).name());
      }
    }
    return names;
  }

  private long decideByName(Record record, Slice name) {
    long mask = 0;
    boolean matched = false;
    for (int i = 0; i < compiled.size(); i++) {
      CompiledRule rule = compiled.get(i);
      if (rule.takesType(name.array(), name.offset(), name.length()) && rule.holds(record)) {
        mask |= rule.mask();
        matched = true;
      }
    }
    return matched ? mask : UNMATCHED;
  }

  private long withoutConcerned(Record record, long decision) {
    if (record.frame().typeId() != EventType.DESTINATION_STATE.id()) {
      return decision;
    }
    String concerned = JsonFields.text(JsonFields.find(record.body(), "destination"));
    int index = rules.known().indexOf(concerned);
    return index < 0 ? decision : decision & ~(1L << index);
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
