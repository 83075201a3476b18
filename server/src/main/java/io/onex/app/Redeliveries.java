package io.onex.app;

import io.onex.api.Redelivery;
import io.onex.delivery.Integration;
import io.onex.log.Record;
import io.onex.routing.RuleHistory;
import io.onex.routing.RuleSet;
import java.util.List;
import java.util.Optional;

/// Sends records again on request, by connections of their own and today's rules and enrichment.
/// Any thread.
final class Redeliveries implements Redelivery {
  private final Destinations destinations;
  private final IntegrationMaker integrations;
  private final RuleHistory rules;

  Redeliveries(Destinations destinations, IntegrationMaker integrations, RuleHistory rules) {
    this.destinations = destinations;
    this.integrations = integrations;
    this.rules = rules;
  }

  @Override
  public boolean knows(String destination) {
    return destinations.knows(destination);
  }

  @Override
  public List<Optional<String>> send(String destination, List<Record> records)
      throws InterruptedException {
    Optional<Running> one = destinations.find(destination);
    if (one.isEmpty()) {
      return records.stream().map(record -> Optional.of("the destination is gone")).toList();
    }
    try (Integration integration = integrations.make(one.get().config())) {
      List<Optional<String>> outcomes =
          new Resending(
                  integration, rules.enrichments()::todays, one.get().config().batch().maxSize())
              .send(records);
      one.get().replayed().add(outcomes.stream().filter(Optional::isEmpty).count());
      return outcomes;
    } catch (UsageException e) {
      return records.stream().map(record -> Optional.of(String.valueOf(e.getMessage()))).toList();
    }
  }

  @Override
  public boolean isRouted(String destination, Record record) {
    Optional<RuleSet> latest = rules.latest();
    Optional<Running> one = destinations.find(destination);
    if (latest.isEmpty() || one.isEmpty()) {
      return false;
    }
    int bit = latest.get().destinations().indexOf(destination);
    return bit >= 0
        && (latest.get().decide(record) & (1L << bit)) != 0
        && one.get().integration().map(kind -> kind.takes(record)).orElse(false);
  }
}
