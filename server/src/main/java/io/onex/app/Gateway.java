package io.onex.app;

import io.onex.api.ConfigEndpoint;
import io.onex.api.DeadLettersEndpoint;
import io.onex.api.DestinationView;
import io.onex.api.Fates;
import io.onex.api.FoldView;
import io.onex.api.FrontPage;
import io.onex.api.GatewayView;
import io.onex.api.HealthEndpoint;
import io.onex.api.MetricsEndpoint;
import io.onex.api.ProgressWatch;
import io.onex.api.RateMeter;
import io.onex.api.Readiness;
import io.onex.api.ReplayEndpoint;
import io.onex.api.StatusEndpoint;
import io.onex.api.TapEndpoint;
import io.onex.api.WhyEndpoint;
import io.onex.config.GatewayConfig;
import io.onex.config.IoReason;
import io.onex.config.ListenAddress;
import io.onex.config.SourcesConfig;
import io.onex.delivery.DeliveryEnvironment;
import io.onex.delivery.DeliveryWatch;
import io.onex.event.MaskedIds;
import io.onex.http.Listener;
import io.onex.http.Route;
import io.onex.http.connection.ConnectionWatch;
import io.onex.ingest.Intake;
import io.onex.log.LogUnavailableException;
import io.onex.log.SegmentedLog;
import io.onex.log.cursor.CursorJournal;
import io.onex.log.cursor.CursorJournalFlusher;
import io.onex.log.cursor.CursorRetentionGuard;
import io.onex.log.deadletter.DeadLetterRetention;
import io.onex.log.deadletter.DeadLetters;
import io.onex.log.replay.ReplayJobs;
import io.onex.metric.mapping.EventMetricsSettings;
import io.onex.operation.OperationSettings;
import io.onex.routing.RuleHistory;
import io.onex.routing.Rules;
import io.onex.source.file.FileSource;
import io.onex.source.file.FileTailer;
import io.onex.source.http.AckTimeouts;
import io.onex.source.http.EventsEndpoint;
import io.onex.telemetry.LogKeys;
import io.onex.telemetry.LogLine;
import io.onex.telemetry.Telemetry;
import io.onex.thread.Crew;
import io.onex.thread.OwnedThread;
import io.onex.thread.Pulse;
import io.onex.time.SteadyClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleSupplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/// A running gateway: everything between its sockets and files and its destinations.
///
/// Made by [#start], stopped by [#close]; [#reload] may be called in between by one thread at a
/// time. What is configured is made in the order in which records flow, and stopped in that order,
/// so that nothing is taken in any more while what was is being committed.
public final class Gateway implements GatewayView, ConfigFollower.Target, AutoCloseable {
  private static final int CORES = Math.max(2, Runtime.getRuntime().availableProcessors());

  private static final Logger LOG = LogManager.getLogger(Gateway.class);

  private final GatewaySetup setup;
  private final ConfigInForce config;
  private final Telemetry telemetry = new Telemetry();
  private final RuleFailureCounts ruleFailures = new RuleFailureCounts(telemetry);
  private final Damage damage = new Damage(telemetry);
  private final ConfigFileState configFile = new ConfigFileState(telemetry);
  private final List<AutoCloseable> parts = new ArrayList<>();

  /// Of records and of what lives here; files of others stand by the clock of the machine.
  private final SteadyClock clock;

  private final CursorJournal cursors;
  private final SegmentedLog log;
  private final DeadLetters given;
  private final DeadLetters refused;
  private final Crew disk;
  private final Crew answers;
  private final Intake intake;
  private final ConnectionWatch connections;
  private final OwnNames names;
  private final RuleHistory rules;
  private final Folds folds;
  private final EnrichmentInForce enrichment;
  private final Destinations destinations;
  private final ReplayJobs replays;
  private final RateMeter rates = new RateMeter();
  private final ProgressWatch progress;
  private final Vitals vitals = new Vitals();
  private final RulesAtStart atStart = new RulesAtStart();
  private final List<Listener> listeners = new ArrayList<>();
  private volatile boolean closing;
  private volatile DoubleSupplier dropped = () -> 0;

  /// Starts a gateway. When this returns it listens; it is ready once [#isReady] says so.
  ///
  /// @throws IOException when the data directory cannot be used
  /// @throws UsageException when what is configured cannot be made or listened on
  /// @throws InterruptedException when the thread is interrupted meanwhile
  static Gateway start(GatewaySetup setup)
      throws IOException, UsageException, InterruptedException {
    Gateway gateway = new Gateway(setup);
    try {
      gateway.open();
      return gateway;
    } catch (IOException | UsageException | RuntimeException e) {
      gateway.close();
      throw e;
    }
  }

  private Gateway(GatewaySetup setup) throws IOException {
    this.setup = setup;
    this.config = new ConfigInForce(setup.config());
    GatewayConfig started = setup.config();
    clock = new SteadyClock(setup.clock(), Gateway::clockJumped);
    RetentionOwners owners = new RetentionOwners(telemetry);
    cursors = CursorJournal.open(setup.storage(), "cursors", clock);
    cursors.recovery().forEach(damage::found);
    log =
        SegmentedLog.open(
            new SegmentedLog.Setup(
                setup.storage(),
                LogSettings.of(started.log()),
                clock,
                cursors.furthest(),
                new CursorRetentionGuard(cursors, owners, owners::overtaken),
                damage::found));
    clock.continueFrom(log.logTimeMicros());
    DeadLetterRetention retention =
        new DeadLetterRetention(
            started.log().deadLetters().maxAge(), started.log().deadLetters().maxSize().bytes());
    given = DeadLetters.open(setup.storage(), "dead-letters", retention, clock);
    refused = DeadLetters.open(setup.storage(), "refused", retention, clock);
    replays = ReplayJobs.open(setup.storage(), "replays", clock);
    disk = new Crew("onex-disk", CORES);
    answers = new Crew("onex-answer", CORES);
    rules = new RuleHistory(ruleFailures);
    folds =
        Folds.start(
            log,
            log.state().epoch(),
            setup.storage(),
            clock,
            EventMetricsSettings.of(OperationSettings.of(started.operations()), started.metrics()),
            rules,
            new FoldLetters(given, telemetry, clock));
    folds.problems().forEach(damage::found);
    intake =
        new Intake(
            log,
            refused,
            Reload.redaction(started),
            new MaskedIds(log.key("masked ids")),
            LogSettings.intake(started.server()),
            clock,
            telemetry,
            this::hold,
            setup.random().split(),
            CORES);
    connections =
        new ConnectionWatch(
            ConnectionSettings.of(started.server()), intake.budget()::scarcity, clock, telemetry);
    names = OwnNames.of(started.server(), setup.host());
    enrichment =
        new EnrichmentInForce(
            log, setup.storage(), clock, rules.enrichments(), started.enrichment(), setup.host());
    Announcements announcements = Announcements.start(log, clock);
    owners.tell(announcements::lost);
    Crew readers = new Crew("onex-reader", CORES);
    Crew computers = new Crew("onex-compute", CORES);
    DeliveryEnvironment environment =
        new DeliveryEnvironment(
            log,
            cursors,
            given,
            replays,
            new DeliveryWatch(),
            telemetry,
            clock,
            readers,
            computers,
            announcements::announce);
    IntegrationMaker integrations =
        new IntegrationMaker(setup.catalog(), clock, folds.expositions(answers), setup.host());
    destinations =
        new Destinations(
            new DestinationMaker(
                environment,
                setup.storage(),
                rules,
                rules.enrichments()::enrichment,
                setup.random().split()),
            integrations,
            new Departures(cursors, log, started.log().leaveGrace(), clock, telemetry),
            damage::found);
    owners.are(destinations);
    progress =
        new ProgressWatch(
            () -> Progress.of(log, intake, folds, destinations),
            vitals::all,
            started.health().stallAfter(),
            clock);
    CursorJournalFlusher flusher =
        CursorJournalFlusher.start(cursors, CursorJournalFlusher.INTERVAL);
    vitals.add(log::pulses);
    vitals.add(folds.pulse());
    vitals.add(flusher.pulse());
    vitals.add(announcements.pulse());
    vitals.add(intake::pulses);
    List.of(disk, answers, readers, computers).forEach(crew -> vitals.add(crew::pulses));
    vitals.add(destinations::pulses);
    telemetry.gauge(
        "onex_gateway_log_lines_dropped",
        "Lines of the log since the start that could not be written.",
        Map.of(),
        () -> dropped.getAsDouble());
    telemetry.gauge(
        "onex_gateway_stuck_parts",
        "Parts of the gateway that have work and do none of it, as /health names them.",
        Map.of(),
        () -> progress.stuck().size());
    // Stopped in this order, after listeners and tailers: what was taken in is delivered or stays
    // in the log, then the folds take a last checkpoint, then the files are closed.
    parts.addAll(List.of(folds::settle, destinations, announcements, folds, intake));
    parts.addAll(List.of(disk, answers, computers, readers, log, flusher, cursors, given, refused));
  }

  private void open() throws UsageException, InterruptedException, IOException {
    GatewayConfig started = setup.config();
    destinations.prepare(started.destinations());
    ruleFailures.begin(Rules.of(started.routing(), started.destinations()));
    RulesInForce inForce = new RulesInForce(setup.storage(), log, rules, clock);
    atStart.begin(() -> {
      GatewayConfig now = config.get();
      inForce.announce(Rules.of(now.routing(), now.destinations()));
      inForce.announce(enrichment.rules());
    });
    parts.addFirst(atStart);
    vitals.add(() -> atStart.pulse().stream().toList());
    Heartbeat heartbeat =
        new Heartbeat(
            log,
            destinations,
            rules,
            enrichment,
            List.of(given::retain, refused::retain, replays::retain),
            new Heartbeat.Observers(rates, new Conservation(telemetry)),
            clock);
    EverySecond housekeeping = EverySecond.start("housekeeping", heartbeat::beat);
    vitals.add(housekeeping.pulse());
    parts.addFirst(housekeeping);
    // On a thread of its own, which a disk that hangs cannot hold.
    parts.addFirst(EverySecond.start("watch", progress::look));
    // Before anybody can ask whether it is ready: a source that cannot be opened ends the start.
    List<FileSource> sources = openSources();
    TapEndpoint tap = new TapEndpoint(log, answers);
    parts.addFirst(tap);
    vitals.add(OwnedThread.virtual("onex-start", "start", this::startDeliveries).start().pulse());
    List<Route> routes = routes(tap);
    parts.addFirst(connections.start());
    vitals.add(connections.pulse());
    for (ListenAddress address : started.server().listeners()) {
      listen(address, routes);
    }
    for (FileSource source : sources) {
      FileTailer tailer = FileTailer.start(source);
      vitals.add(tailer.pulse());
      parts.addFirst(tailer);
    }
  }

  private List<FileSource> openSources() throws IOException {
    TailedFiles files =
        new TailedFiles(intake, setup.storage(), telemetry, setup.clock(), setup.random().split());
    List<FileSource> sources = new ArrayList<>();
    for (SourcesConfig.FileSource configured : setup.config().sources().files()) {
      sources.add(files.open(sources.size(), configured));
    }
    return sources;
  }

  private List<Route> routes(TapEndpoint tap) {
    List<Route> routes = new ArrayList<>();
    Fates fates = new Fates(destinations::journal, given, new RulesOfPosition(rules, destinations));
    AckTimeouts timeouts =
        new AckTimeouts(
            setup.config().server().ackTimeout(), setup.config().server().maxAckTimeout());
    routes.add(new EventsEndpoint(intake, destinations, timeouts).route());
    routes.add(new MetricsEndpoint(folds::families, telemetry, answers).route());
    routes.addAll(new HealthEndpoint(progress, this::readiness, this::unavailable).routes());
    routes.add(
        new StatusEndpoint(setup.version(), log, intake.counters(), this, rates, clock, answers)
            .route());
    routes.addAll(new WhyEndpoint(log, this, fates, disk).routes());
    routes.add(tap.route());
    ReplayRequests requests = new ReplayRequests(replays, cursors, destinations, rules);
    routes.addAll(new DeadLettersEndpoint(given, refused, requests, this, disk).routes());
    routes.addAll(new ReplayEndpoint(log, requests, this, clock, disk).routes());
    routes.add(new ConfigEndpoint(this).route());
    routes.add(FrontPage.route(setup.version(), List.copyOf(routes)));
    return routes;
  }

  private void listen(ListenAddress address, List<Route> routes) throws UsageException {
    try {
      Listener listener =
          Listener.start(
              new InetSocketAddress(address.host(), address.port()), connections, names, routes);
      listeners.add(listener);
      parts.addFirst(listener);
    } catch (UncheckedIOException e) {
      throw new UsageException(
          "cannot listen on "
              + address
              + ": "
              + IoReason.of(e)
              + "; use --listen HOST:PORT with a free port of this machine");
    }
  }

  /// Deliveries begin once the rules of every record that is there already are known.
  private void startDeliveries(OwnedThread self) throws InterruptedException {
    while (!folds.knowsRules() && !closing) {
      boolean _ = self.pause(Duration.ofMillis(5));
    }
    if (!closing) {
      destinations.start();
      LOG.info(LogLine.of("Ready").with(LogKeys.POSITION, log.durableEnd().toString()));
    }
    self.askToStop();
  }

  /// Counts the lines of the log that could not be written, which the process knows.
  void measureDroppedLines(DoubleSupplier lines) {
    dropped = lines;
  }

  /// Watches over a thread beside the gateway that it cannot do without.
  void watch(Pulse pulse) {
    vitals.add(pulse);
  }

  @Override
  public GatewayConfig inForce() {
    return config.get();
  }

  @Override
  public Duration grace() {
    return config.get().log().leaveGrace();
  }

  /// Whether the configuration file is in force as it is.
  ConfigFileState configFile() {
    return configFile;
  }

  /// As [#reload(GatewayConfig, Set)], of settings whose files are as they were.
  public void reload(GatewayConfig next)
      throws UsageException, LogUnavailableException, InterruptedException {
    reload(next, Set.of());
  }

  /// Applies another configuration, all or nothing, as [Reload#to] says.
  ///
  /// @throws UsageException when an integration cannot be made; nothing has changed
  /// @throws LogUnavailableException when the change cannot be made durable now; nothing has
  ///   changed
  @Override
  public void reload(GatewayConfig next, Set<String> renewed)
      throws UsageException, LogUnavailableException, InterruptedException {
    // What the start could not announce yet is announced as it is afterwards.
    synchronized (atStart) {
      new Reload(config, destinations, enrichment, intake, rules, clock).to(next, renewed);
      ruleFailures.begin(Rules.of(next.routing(), next.destinations()));
    }
  }

  /// The port of the first listener.
  public int port() {
    return listeners.getFirst().port();
  }

  @Override
  public boolean isReady() {
    return readiness() == Readiness.READY;
  }

  private Readiness readiness() {
    if (closing) {
      return Readiness.STOPPING;
    }
    if (!unavailable().isEmpty()) {
      return Readiness.LOG_UNAVAILABLE;
    }
    return destinations.isStarted() ? Readiness.READY : Readiness.STARTING;
  }

  /// Why nothing can be taken in; empty when it can.
  private String unavailable() {
    String why = log.unavailable();
    return why.isEmpty() ? atStart.reason() : why;
  }

  private boolean hold() throws LogUnavailableException, InterruptedException {
    atStart.check();
    return folds.hold();
  }

  @Override
  public List<DestinationView> destinations() {
    List<ProgressWatch.Stuck> stuck = progress.stuck();
    return destinations.views().stream()
        .map(view -> DestinationViews.withStuck(view, stuck))
        .toList();
  }

  @Override
  public List<ProgressWatch.Stuck> stuck() {
    return progress.stuck();
  }

  @Override
  public List<FoldView> folds() {
    return folds.views(progress.stuck());
  }

  @Override
  public Operations operations() {
    return folds.operations();
  }

  @Override
  public Map<String, String> settings() {
    return config.settings();
  }

  @Override
  public Map<String, Optional<String>> pendingSettings() {
    return config.pending();
  }

  private static void clockJumped(long micros) {
    LOG.warn(
        LogLine.of(
                "The clock of the machine was set; times of records follow it from now on, ages do"
                    + " not")
            .with(LogKeys.DURATION_MS, micros / 1_000));
  }

  @Override
  public List<String> problems() {
    List<String> sentences = new ArrayList<>(damage.sentences());
    configFile.difference().ifPresent(sentences::add);
    sentences.addAll(destinations.departures().sentences());
    if (!atStart.reason().isEmpty()) {
      sentences.add(
          "the rules of the configuration come into force once the log can be written; until then"
              + " the rules before go on: "
              + atStart.reason());
    }
    cursors.lastStatus().trouble().ifPresent(sentences::add);
    sentences.addAll(folds.passedOver());
    return sentences;
  }

  /// Stops taking in, lets attempts under way end for a moment, commits, closes. Takes no longer
  /// than a few seconds, whatever the destinations do.
  @Override
  public void close() {
    closing = true;
    LOG.info(LogLine.of("Stopping"));
    for (AutoCloseable part : parts) {
      try {
        part.close();
      } catch (Exception e) {
        LOG.error(LogLine.of("A part of the gateway did not stop as it should"), e);
      }
    }
    parts.clear();
    LOG.info(LogLine.of("Stopped"));
  }
}
