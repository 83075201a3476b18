package io.onex.routing;

import io.onex.bytes.Slice;
import io.onex.log.Record;
import io.onex.log.RecordKind;
import java.util.List;
import java.util.Optional;

/// Decides for one destination which records go to it, by the rules of each record's position.
///
/// Belongs to the thread that reads the log for the destination and is shown every record it reads.
public final class Router {
  private final RuleHistory history;
  private final String destination;
  private final Optional<String> previously;

  /// The former name as conclusions write it.
  private final Optional<Slice> formerly;

  private int seenChanges = -1;
  private long from = 0;
  private long until = 0;
  private long bit = 0;

  /// Whether the rules are not those of the position, which do not know this destination.
  private boolean later = false;

  /// Whether the rules are the first that know it after some that did not: a run may have begun
  /// under those.
  private boolean joined = false;

  private RuleSet rules;

  /// @param previously former name of the destination, by which old rules know it
  public Router(RuleHistory history, String destination, Optional<String> previously) {
    this.history = history;
    this.destination = destination;
    this.previously = previously;
    this.formerly = previously.map(SpanTargets::written);
    this.rules = RuleSet.restore(new Rules(List.of(), List.of(), List.of(), List.of()), rule -> {});
  }

  /// What the rules say about one record and this destination.
  public enum Route {
    /// It goes there.
    ROUTED,
    /// It goes elsewhere only.
    ELSEWHERE,
    /// No rule matched it, and `unmatched` does not send it here.
    UNMATCHED
  }

  public Route route(Record record) {
    if (record.kind() == RecordKind.CONTROL) {
      history.apply(record);
      return Route.ELSEWHERE;
    }
    long offset = record.position().offset();
    if (offset < from || offset >= until || history.changes() != seenChanges) {
      lookUp(offset);
    }
    long decision = later ? rules.decideAnew(record) : rules.decide(record);
    if ((decision & bit) != 0
        || (!later && wasSentHere(record))
        || (joined && (rules.decideAnew(record) & bit) != 0)) {
      return Route.ROUTED;
    }
    return (decision & RuleSet.UNMATCHED) != 0 ? Route.UNMATCHED : Route.ELSEWHERE;
  }

  /// Whether a span goes here by rules that knew this destination by its former name.
  private boolean wasSentHere(Record record) {
    return formerly.isPresent() && rules.wasSentTo(formerly.get(), bit, record);
  }

  /// Finds the rules that judge `offset` and how far they reach.
  private void lookUp(long offset) {
    seenChanges = history.changes();
    List<RuleHistory.Epoch> epochs = history.epochs();
    int at = Math.max(0, RuleHistory.indexAt(epochs, offset));
    from = at == 0 ? 0 : epochs.get(at).from();
    until = at + 1 < epochs.size() ? epochs.get(at + 1).from() : Long.MAX_VALUE;
    bit = 0;
    for (int i = at; i < epochs.size() && bit == 0; i++) {
      rules = epochs.get(i).rules();
      bit = bitIn(rules);
      later = i > at;
    }
    joined = !later && bit != 0 && at > 0 && bitIn(epochs.get(at - 1).rules()) == 0;
  }

  private long bitIn(RuleSet candidate) {
    int index = candidate.destinations().indexOf(destination);
    if (index < 0 && previously.isPresent()) {
      index = candidate.destinations().indexOf(previously.get());
    }
    return index < 0 ? 0 : 1L << index;
  }
}
