package io.onex.app;

import io.onex.api.DestinationView;
import io.onex.config.ConfigChange;
import io.onex.config.DestinationConfig;
import io.onex.delivery.DeliveryEnvironment;
import io.onex.delivery.DestinationLoop;
import io.onex.log.Position;
import io.onex.log.PositionRange;
import io.onex.log.cursor.CursorEntry;
import io.onex.log.cursor.CursorEvent;
import io.onex.log.cursor.CursorRegistration;
import io.onex.log.journal.DeliveryJournal;
import io.onex.source.http.DeliveryWait;
import io.onex.telemetry.LogKeys;
import io.onex.telemetry.LogLine;
import io.onex.thread.Pulse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/// All destinations: gives each its cursor, runs its loop, applies changes of the configuration.
///
/// One thread at a time starts, changes and closes; any thread asks.
final class Destinations implements DeliveryWait, AutoCloseable {
  private static final Duration STOP_GRACE = Duration.ofMillis(1500);
  private static final Duration EXPIRE_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration STOP_TIMEOUT = Duration.ofMillis(2500);

  private static final Logger LOG = LogManager.getLogger(Destinations.class);

  private final DeliveryEnvironment environment;
  private final DestinationMaker maker;
  private final IntegrationMaker integrations;
  private final Departures departures;
  private final Consumer<CursorEvent> events;

  /// Held while loops begin and end, so that retention asks all that run.
  private final ReentrantLock changing = new ReentrantLock();

  private volatile Map<String, Running> running = Map.of();
  private volatile boolean started;

  /// @param events is told what happens to cursors as they are registered
  Destinations(
      DestinationMaker maker,
      IntegrationMaker integrations,
      Departures departures,
      Consumer<CursorEvent> events) {
    this.departures = departures;
    this.events = events;
    this.environment = maker.environment();
    this.maker = maker;
    this.integrations = integrations;
  }

  /// Gives every configured destination its cursor, durably, and prepares its loop.
  ///
  /// @throws UsageException when one cannot be made as configured; nothing runs then
  void prepare(List<DestinationConfig> configs) throws UsageException {
    try (Connections connections = Connections.make(integrations, configs, configs)) {
      Map<String, Running> all = new LinkedHashMap<>();
      for (Running one : made(configs, connections)) {
        all.put(one.config().name(), one);
      }
      departures.retain(all.keySet());
      running = ordered(all);
    }
  }

  /// Starts all loops. The rules of every record they will read are known now.
  void start() {
    running.values().forEach(one -> one.loop().ifPresent(DestinationLoop::start));
    started = true;
  }

  boolean isStarted() {
    return started;
  }

  /// Makes everything that a change needs and touches nothing that runs. Whoever does not apply it
  /// closes it.
  ///
  /// @param after all destinations of the new configuration
  /// @throws UsageException when some integrations cannot be made, naming each with its reason
  DestinationChange prepare(ConfigChange change, List<DestinationConfig> after)
      throws UsageException {
    return DestinationChange.prepare(change, after, running, integrations);
  }

  /// Applies a change to every next attempt. Destinations that did not change go on.
  void apply(DestinationChange change) {
    changing.lock();
    try {
      applyAll(change);
    } finally {
      changing.unlock();
    }
  }

  private void applyAll(DestinationChange change) {
    Map<String, Running> all = new LinkedHashMap<>(running);
    change.stopped().forEach(name -> stop(Optional.ofNullable(all.remove(name))));
    change.removed().forEach(name -> environment.telemetry().forget(LogKeys.DESTINATION, name));
    for (DestinationConfig config : change.changed()) {
      Running before = Objects.requireNonNull(all.get(config.name()));
      all.put(config.name(), changed(before, config, change.connections().take(config.name())));
    }
    for (Running one : made(change.begun(), change.connections())) {
      all.put(one.config().name(), one);
      if (started) {
        one.loop().ifPresent(DestinationLoop::start);
      }
    }
    Map<String, Running> inOrder = new LinkedHashMap<>();
    for (DestinationConfig config : change.after()) {
      inOrder.put(config.name(), Objects.requireNonNull(all.get(config.name())));
    }
    departures.retain(inOrder.keySet());
    running = ordered(inOrder);
  }

  /// Has the loop of a destination count what is open below `newStart` as expired.
  ///
  /// @return whether it has one
  /// @throws IOException when it cannot be said now whether it has, or the loop does not answer
  boolean expire(String destination, Position newStart) throws IOException {
    if (!started || !changing.tryLock()) {
      throw new IOException("records stay for now, because destinations are being started");
    }
    try {
      Optional<DestinationLoop> loop = find(destination).flatMap(Running::loop);
      if (loop.isPresent() && !loop.get().expireBelow(newStart, EXPIRE_TIMEOUT)) {
        throw new IOException(
            "records stay for now, because destination " + destination + " does not count them");
      }
      return loop.isPresent();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("records stay for now, because the gateway stops", e);
    } finally {
      changing.unlock();
    }
  }

  /// Those that have left the configuration and may come back.
  Departures departures() {
    return departures;
  }

  List<DestinationView> views() {
    return running.values().stream().map(this::view).toList();
  }

  /// What runs, in the order of the configuration.
  List<Running> all() {
    return List.copyOf(running.values());
  }

  /// The signs of life of all their threads.
  List<Pulse> pulses() {
    List<Pulse> pulses = new ArrayList<>();
    for (Running one : running.values()) {
      one.loop().ifPresent(loop -> pulses.addAll(loop.pulses()));
    }
    return pulses;
  }

  Optional<Running> find(String destination) {
    return Optional.ofNullable(running.get(destination));
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

  /// Registers cursors, durably, and makes what runs for each.
  private List<Running> made(List<DestinationConfig> configs, Connections connections) {
    List<CursorRegistration> registrations =
        environment
            .cursors()
            .register(
                configs.stream().map(DestinationSettings::cursor).toList(), environment.log());
    List<Running> made = new ArrayList<>();
    for (int i = 0; i < configs.size(); i++) {
      registrations.get(i).events().forEach(events);
      DestinationConfig config = configs.get(i);
      made.add(maker.make(config, registrations.get(i).entry(), connections.take(config.name())));
    }
    return made;
  }

  private static Running changed(
      Running before, DestinationConfig config, Optional<Connection> connection) {
    if (before.loop().isPresent() && connection.isPresent()) {
      before
          .loop()
          .get()
          .change(
              connection.get().integration(),
              connection.get().fallback(),
              DestinationSettings.delivery(config));
    }
    return before.with(config, connection.map(Connection::integration));
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

  private static Map<String, Running> ordered(Map<String, Running> all) {
    return java.util.Collections.unmodifiableMap(new LinkedHashMap<>(all));
  }
}
