package io.onex.routing;

import io.onex.log.Record;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Tells of each event of an operation to which tracing destinations the rules of its position send
/// it, so that its span can go there however the operation ends. One thread.
public final class TracingRules {
  private final RuleHistory history;
  private int seenChanges = -1;
  private long from;
  private long until;
  private TracingPlan plan = TracingPlan.NONE;

  /// Answers by the bits of the plan, so that equal ones are one object.
  private final Map<Long, SpanTargets> named = new HashMap<>();

  /// @param history knows the rules up to every record that is asked about
  public TracingRules(RuleHistory history) {
    this.history = history;
  }

  /// Rules that send nothing anywhere.
  public static TracingRules none() {
    return new TracingRules(new RuleHistory(rule -> {}));
  }

  /// Where the rules of its position send an event that begins or ends an operation.
  public SpanTargets of(Record event) {
    find(event);
    long bits = plan.decide(event);
    return plan.isSure(event, bits) ? plan.sure(event) : named.computeIfAbsent(bits, plan::named);
  }

  /// Who gets the conclusion of an operation by its own type, by the rules of the position of this
  /// record.
  public SpanTargets ofConclusion(Record event) {
    find(event);
    return plan.byConclusion();
  }

  private void find(Record record) {
    long offset = record.position().offset();
    if (offset >= from && offset < until && history.changes() == seenChanges) {
      return;
    }
    seenChanges = history.changes();
    List<RuleHistory.Epoch> epochs = history.epochs();
    int at = RuleHistory.indexAt(epochs, offset);
    from = at <= 0 ? 0 : epochs.get(at).from();
    until = at + 1 < epochs.size() ? epochs.get(at + 1).from() : Long.MAX_VALUE;
    plan = at < 0 ? TracingPlan.NONE : epochs.get(at).rules().tracingPlan();
    named.clear();
  }
}
