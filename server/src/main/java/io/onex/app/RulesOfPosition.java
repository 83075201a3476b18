package io.onex.app;

import io.onex.api.Judgement;
import io.onex.log.Record;
import io.onex.log.RecordKind;
import io.onex.routing.Router;
import io.onex.routing.RuleHistory;
import io.onex.routing.RuleSet;
import java.util.List;
import java.util.Optional;

/// Judges records once more as their destination's loop did, to tell why. Any thread.
final class RulesOfPosition implements Judgement {
  private final RuleHistory rules;
  private final Destinations destinations;

  RulesOfPosition(RuleHistory rules, Destinations destinations) {
    this.rules = rules;
    this.destinations = destinations;
  }

  @Override
  public Optional<String> keptAway(String destination, Record record) {
    if (record.kind() == RecordKind.CONTROL) {
      return Optional.of("control records of the gateway go nowhere");
    }
    Optional<Running> one = destinations.find(destination);
    if (one.isEmpty()) {
      return Optional.empty();
    }
    Router router = new Router(rules, destination, one.get().config().previously());
    return switch (router.route(record)) {
      case UNMATCHED -> Optional.of("no rule matches it");
      case ELSEWHERE -> Optional.of(elsewhere(record));
      case ROUTED ->
          one.get()
              .integration()
              .filter(kind -> !kind.takes(record))
              .map(kind ->
                  "destinations of kind " + one.get().config().kind() + " take no such record");
    };
  }

  private String elsewhere(Record record) {
    List<String> matching = rulesAt(record).map(set -> set.matching(record)).orElse(List.of());
    return matching.isEmpty()
        ? "no rule sends it here"
        : "no rule sends it here; it matches " + String.join(", ", matching);
  }

  private Optional<RuleSet> rulesAt(Record record) {
    List<RuleHistory.Epoch> epochs = rules.epochs();
    for (int i = epochs.size() - 1; i > 0; i--) {
      if (epochs.get(i).from() <= record.position().offset()) {
        return Optional.of(epochs.get(i).rules());
      }
    }
    return epochs.stream().findFirst().map(RuleHistory.Epoch::rules);
  }
}
