package io.onex.app;

import io.onex.api.DestinationView;
import io.onex.api.Redelivery;
import io.onex.config.ConfigChange;
import io.onex.config.DestinationConfig;
import io.onex.delivery.DeliveryEnvironment;
import io.onex.delivery.DestinationFilter;
import io.onex.delivery.DestinationLoop;
import io.onex.delivery.DestinationSetup;
import io.onex.delivery.EncodeContext;
import io.onex.delivery.Integration;
import io.onex.delivery.Verdict;
import io.onex.log.PositionRange;
import io.onex.log.Record;
import io.onex.log.cursor.CursorEntry;
import io.onex.log.cursor.CursorRegistration;
import io.onex.log.journal.DeliveryJournal;
import io.onex.routing.Router;
import io.onex.routing.RuleHistory;
import io.onex.routing.RuleSet;
import io.onex.source.http.DeliveryWait;
import io.onex.storage.Storage;
import io.onex.telemetry.LogKeys;
import io.onex.telemetry.LogLine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.stream.Collectors;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/// All destinations: gives each its cursor, runs its loop, applies changes of the configuration.
///
/// One thread at a time starts, changes and closes; any thread asks.
final class Destinations implements DeliveryWait, Redelivery, AutoCloseable {
  private static final Duration STOP_GRACE = Duration.ofMillis(1500);
  private static final Duration STOP_TIMEOUT = Duration.ofMillis(2500);
  private static final Verdict ELSEWHERE = new Verdict.Filtered("no rule sends it here", false);
  private static final Verdict UNMATCHED = new Verdict.Filtered("no rule matches it", true);

  private static final Logger LOG = LogManager.getLogger(Destinations.class);

  private final DeliveryEnvironment environment;
  private final Storage storage;
  private final IntegrationMaker integrations;
  private final RuleHistory rules;
  private final EncodeContext enrichment;
  private final SplittableGenerator random;
  private volatile Map<String, Running> running = Map.of();
  private volatile boolean started;

  /// @param rules know every change up to the durable end before [#start]
  /// @param random spreads retries
  Destinations(
      DeliveryEnvironment environment,
      Storage storage,
      IntegrationMaker integrations,
      RuleHistory rules,
      EncodeContext enrichment,
      SplittableGenerator random) {
    this.environment = environment;
    this.storage = storage;
    this.integrations = integrations;
    this.rules = rules;
    this.enrichment = enrichment;
    this.random = random;
  }

  /// Gives every configured destination its cursor, durably, and prepares its loop.
  ///
  /// @throws UsageException when one cannot be made as configured; nothing runs then
  void prepare(List<DestinationConfig> configs) throws UsageException {
    List<CursorRegistration> registrations =
        environment
            .cursors()
            .register(
                configs.stream().map(DestinationSettings::cursor).toList(), environment.log());
    registrations.forEach(Destinations::report);
    Map<String, Running> all = new LinkedHashMap<>();
    for (int i = 0; i < configs.size(); i++) {
      DestinationConfig config = configs.get(i);
      all.put(config.name(), prepared(config, registrations.get(i).entry(), configs));
    }
    environment.cursors().retain(all.keySet());
    running = ordered(all);
  }

  /// Starts all loops. The rules of every record they will read are known now.
  void start() {
    running.values().forEach(one -> one.loop().ifPresent(DestinationLoop::start));
    started = true;
  }

  boolean isStarted() {
    return started;
  }

  /// Applies what has changed to every next attempt. Destinations that did not change go on.
  ///
  /// @param after all destinations of the new configuration
  /// @throws UsageException when one cannot be made as configured; those before it are changed
  void apply(ConfigChange change, List<DestinationConfig> after) throws UsageException {
    Map<String, Running> all = new LinkedHashMap<>(running);
    for (String name : change.removed()) {
      stop(Optional.ofNullable(all.remove(name)));
      environment.telemetry().forget(LogKeys.DESTINATION, name);
    }
    List<DestinationConfig> fresh = new ArrayList<>(change.added());
    for (ConfigChange.Renamed renamed : change.renamed()) {
      stop(Optional.ofNullable(all.remove(renamed.from())));
      fresh.add(renamed.to());
    }
    for (DestinationConfig changed : change.changed()) {
      Running before = all.get(changed.name());
      boolean delivered = DestinationSettings.isDelivered(changed);
      if (before != null && before.loop().isPresent() == delivered) {
        all.put(changed.name(), changed(before, changed, after));
      } else {
        stop(Optional.ofNullable(all.remove(changed.name())));
        fresh.add(changed);
      }
    }
    List<CursorRegistration> registrations =
        environment
            .cursors()
            .register(fresh.stream().map(DestinationSettings::cursor).toList(), environment.log());
    for (int i = 0; i < fresh.size(); i++) {
      report(registrations.get(i));
      Running one = prepared(fresh.get(i), registrations.get(i).entry(), after);
      all.put(one.config().name(), one);
      if (started) {
        one.loop().ifPresent(DestinationLoop::start);
      }
    }
    Map<String, Running> inOrder = new LinkedHashMap<>();
    after.forEach(config -> inOrder.put(config.name(), all.get(config.name())));
    environment.cursors().retain(inOrder.keySet());
    running = ordered(inOrder);
  }

  List<DestinationView> views() {
    return running.values().stream().map(this::view).toList();
  }

  /// What runs, in the order of the configuration.
  List<Running> all() {
    return List.copyOf(running.values());
  }

  Optional<DeliveryJournal> journal(String destination) {
    return Optional.ofNullable(running.get(destination)).map(Running::journal);
  }

  @Override
  public List<String> await(Optional<String> only, PositionRange records, Duration timeout)
      throws InterruptedException {
    Set<String> names =
        only.map(Set::of)
            .orElseGet(() ->
                running.values().stream()
                    .filter(one -> one.loop().isPresent())
                    .filter(one -> one.config().ack() == DestinationConfig.Ack.REQUIRED)
                    .map(one -> one.config().name())
                    .collect(Collectors.toCollection(LinkedHashSet::new)));
    return List.copyOf(environment.watch().await(List.of(records), names, timeout));
  }

  @Override
  public boolean knows(String destination) {
    Running one = running.get(destination);
    return one != null && one.loop().isPresent();
  }

  @Override
  public List<Optional<String>> send(String destination, List<Record> records)
      throws InterruptedException {
    Running one = running.get(destination);
    if (one == null) {
      return records.stream().map(record -> Optional.of("the destination is gone")).toList();
    }
    try (Integration integration = integrations.make(one.config())) {
      List<Optional<String>> outcomes =
          new Resending(integration, enrichment, one.config().batch().maxSize()).send(records);
      one.replayed().add(outcomes.stream().filter(Optional::isEmpty).count());
      return outcomes;
    } catch (UsageException e) {
      return records.stream().map(record -> Optional.of(String.valueOf(e.getMessage()))).toList();
    }
  }

  @Override
  public boolean isRouted(String destination, Record record) {
    Optional<RuleSet> latest = rules.latest();
    if (latest.isEmpty()) {
      return false;
    }
    int bit = latest.get().destinations().indexOf(destination);
    return bit >= 0 && (latest.get().decide(record) & (1L << bit)) != 0;
  }

  /// Stops all loops at once: attempts under way may end for a moment, everything else stays in the
  /// log.
  @Override
  public void close() {
    List<Running> all = all();
    all.forEach(one -> one.loop().ifPresent(loop -> stop(loop, STOP_GRACE)));
    for (Running one : all) {
      if (started) {
        one.loop().ifPresent(Destinations::awaitEnd);
      }
      one.journal().close();
    }
    running = Map.of();
  }

  private Running prepared(
      DestinationConfig config, CursorEntry entry, List<DestinationConfig> configs)
      throws UsageException {
    DeliveryJournal journal = DeliveryJournal.open(storage, "deliveries", config.name());
    Optional<DestinationLoop> loop = Optional.empty();
    if (DestinationSettings.isDelivered(config)) {
      DestinationSetup setup =
          new DestinationSetup(
              entry,
              integrations.make(config),
              fallback(config, configs),
              DestinationSettings.delivery(config),
              filter(config),
              enrichment,
              journal,
              random.split());
      loop = Optional.of(new DestinationLoop(environment, setup));
    }
    Map<String, String> labels = Map.of(LogKeys.DESTINATION, config.name());
    return new Running(
        config,
        loop,
        journal,
        environment
            .telemetry()
            .counter(
                "onex_gateway_delivery_retries_total",
                "Attempts with records that were sent before.",
                labels),
        environment
            .telemetry()
            .counter(
                "onex_gateway_delivery_replayed_total",
                "Records sent again on request, beside the ledger's equation.",
                labels));
  }

  private Running changed(
      Running before, DestinationConfig changed, List<DestinationConfig> configs)
      throws UsageException {
    if (before.loop().isPresent()) {
      before
          .loop()
          .get()
          .change(
              integrations.make(changed),
              fallback(changed, configs),
              DestinationSettings.delivery(changed));
    }
    return before.with(changed);
  }

  private Optional<Integration> fallback(DestinationConfig config, List<DestinationConfig> configs)
      throws UsageException {
    if (config.fallback().isEmpty()) {
      return Optional.empty();
    }
    String name = config.fallback().get().destination();
    for (DestinationConfig other : configs) {
      if (other.name().equals(name)) {
        return Optional.of(integrations.make(other));
      }
    }
    throw new UsageException(
        "integrations." + config.name() + ".fallback: there is no destination " + name);
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

  private DestinationView view(Running one) {
    DestinationConfig config = one.config();
    if (one.loop().isPresent() && started) {
      return DestinationViews.of(one, one.loop().get().status(), environment.log().durableEnd());
    }
    CursorEntry entry =
        environment
            .cursors()
            .find(config.name())
            .orElseGet(() -> CursorEntry.at(config.name(), environment.log().durableEnd()));
    return DestinationViews.idle(one, entry);
  }

  private static void stop(Optional<Running> one) {
    if (one.isPresent()) {
      one.get().loop().ifPresent(DestinationLoop::close);
      one.get().journal().close();
    }
  }

  private void stop(DestinationLoop loop, Duration grace) {
    if (started) {
      loop.stop(grace);
    }
  }

  private static void awaitEnd(DestinationLoop loop) {
    try {
      if (!loop.awaitEnd(STOP_TIMEOUT)) {
        LOG.warn(LogLine.of("Delivery loop did not end in time; its cursor is safe"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void report(CursorRegistration registration) {
    registration
        .events()
        .forEach(event ->
            LOG.info(
                LogLine.of("Cursor of a destination")
                    .with(LogKeys.DESTINATION, registration.entry().destination())
                    .with(LogKeys.REASON, event.toString())));
  }

  private static Map<String, Running> ordered(Map<String, Running> all) {
    return java.util.Collections.unmodifiableMap(new LinkedHashMap<>(all));
  }
}
