package io.onex.app;

import io.onex.config.DestinationConfig;
import io.onex.delivery.DeliveryEnvironment;
import io.onex.delivery.DestinationFilter;
import io.onex.delivery.DestinationLoop;
import io.onex.delivery.DestinationSetup;
import io.onex.delivery.EncodeContext;
import io.onex.delivery.Verdict;
import io.onex.log.Record;
import io.onex.log.cursor.CursorEntry;
import io.onex.log.journal.DeliveryJournal;
import io.onex.routing.InvalidExpressionException;
import io.onex.routing.RecordExpression;
import io.onex.routing.Router;
import io.onex.routing.RuleHistory;
import io.onex.storage.Storage;
import io.onex.telemetry.Counter;
import io.onex.telemetry.LogKeys;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator.SplittableGenerator;

/// Makes what runs for a destination, not started yet.
///
/// @param rules know every change up to the durable end before a loop starts
/// @param random spreads retries
record DestinationMaker(
    DeliveryEnvironment environment,
    Storage storage,
    RuleHistory rules,
    EncodeContext enrichment,
    SplittableGenerator random) {
  private static final Verdict ELSEWHERE = new Verdict.Filtered("no rule sends it here", false);
  private static final Verdict UNMATCHED = new Verdict.Filtered("no rule matches it", true);

  /// @param connection absent when the destination is not delivered to; belongs to the loop then
  Running make(DestinationConfig config, CursorEntry entry, Optional<Connection> connection) {
    DeliveryJournal journal = DeliveryJournal.open(storage, "deliveries", config.name());
    Optional<DestinationLoop> loop =
        connection.map(made -> new DestinationLoop(environment, setup(made, entry, journal)));
    return new Running(
        config,
        loop,
        connection.map(Connection::integration),
        journal,
        counter(
            config,
            "onex_gateway_delivery_retries_total",
            "Attempts with records that were sent before."));
  }

  private DestinationSetup setup(Connection made, CursorEntry entry, DeliveryJournal journal) {
    return new DestinationSetup(
        entry,
        made.integration(),
        made.fallback(),
        DestinationSettings.delivery(made.config()),
        filter(made.config()),
        where -> today(made.config().name(), where),
        enrichment,
        rules.enrichments()::todays,
        journal,
        random.split());
  }

  private Counter counter(DestinationConfig config, String name, String help) {
    return environment.telemetry().counter(name, help, Map.of(LogKeys.DESTINATION, config.name()));
  }

  /// Today's rules for records that are sent again.
  private DestinationFilter today(String destination, Optional<String> where) {
    Predicate<Record> wanted;
    try {
      wanted = where.isPresent() ? RecordExpression.compile(where.get()) : record -> true;
    } catch (InvalidExpressionException e) {
      throw new IllegalArgumentException("the condition does not compile: " + e.getMessage(), e);
    }
    return record ->
        wanted.test(record) && rules.routesToday(destination, record) ? Verdict.DELIVER : ELSEWHERE;
  }

  private DestinationFilter filter(DestinationConfig config) {
    Router router = new Router(rules, config.name(), config.previously());
    return record ->
        switch (router.route(record)) {
          case ROUTED -> Verdict.DELIVER;
          case ELSEWHERE -> ELSEWHERE;
          case UNMATCHED -> UNMATCHED;
        };
  }
}
