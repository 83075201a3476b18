package io.onex.app;

import io.onex.config.ConfigChange;
import io.onex.config.DestinationConfig;
import io.onex.config.DurationText;
import io.onex.config.GatewayConfig;
import io.onex.config.Loaded;
import io.onex.config.Problem;
import io.onex.config.TlsConfig;
import io.onex.log.LogUnavailableException;
import io.onex.telemetry.LogKeys;
import io.onex.telemetry.LogLine;
import io.onex.time.Clock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/// Follows the configuration file and all it points to, by content: what has changed, stands still
/// and looks whole is applied, anything else changes nothing and is said once. One thread.
///
/// `designs/config.md` says which states of a file are not believed, and for how long.
final class ConfigFollower {
  /// How often the files are looked at.
  static final Duration EVERY = Duration.ofSeconds(2);

  /// How long a content has to stand before it is believed, also when somebody asks.
  static final Duration STILL = Duration.ofSeconds(1);

  private static final Duration AGAIN = Duration.ofSeconds(30);

  private static final Logger LOG = LogManager.getLogger(ConfigFollower.class);

  private final Path file;
  private final Function<Path, Loaded> loader;
  private final Target gateway;
  private final ConfigFileState state;
  private final Clock clock;
  private Set<Path> pointedTo = Set.of();
  private FilesSeen inForce;
  private FilesSeen seen;
  private FilesSeen judged;
  private long seenAtNanos;
  private boolean inPlace;
  private boolean asked;
  private boolean doubted;
  private long doubtedUntilNanos;

  /// What a configuration is applied to.
  interface Target {
    /// The configuration in force.
    GatewayConfig inForce();

    /// How long a state of the file may be broken without consequences.
    Duration grace();

    /// Applies another configuration, all or nothing.
    ///
    /// @param renewed destinations whose settings point to files that have another content
    /// @throws UsageException when it cannot be made
    /// @throws LogUnavailableException when it cannot be made durable now
    void reload(GatewayConfig next, Set<String> renewed)
        throws UsageException, LogUnavailableException, InterruptedException;
  }

  /// @param loader reads and checks the file
  ConfigFollower(
      Path file,
      Function<Path, Loaded> loader,
      Target gateway,
      ConfigFileState state,
      Clock clock) {
    this.file = file;
    this.loader = loader;
    this.gateway = gateway;
    this.state = state;
    this.clock = clock;
    Optional<GatewayConfig> started = load().flatMap(Loaded::config);
    seen = FilesSeen.of(file, pointedTo);
    seenAtNanos = clock.monotonicNanos();
    inForce = seen;
    // What changed between the start of the gateway and now is a change.
    boolean same = started.filter(now -> isSame(gateway.inForce(), now)).isPresent();
    judged = same ? seen : new FilesSeen(new byte[0], "", Map.of(file, ""));
  }

  private static boolean isSame(GatewayConfig one, GatewayConfig other) {
    return ConfigChange.between(one, other).isEmpty();
  }

  /// Looks at the files and applies what is to be applied.
  ///
  /// @param wanted whether somebody asked for it, as by SIGHUP
  /// @return when to look again
  Duration look(boolean wanted) throws InterruptedException {
    asked |= wanted;
    FilesSeen now = FilesSeen.of(file, pointedTo);
    long nanos = clock.monotonicNanos();
    if (!now.isSameAs(seen)) {
      inPlace = seen.identity().isEmpty() || seen.identity().equals(now.identity());
      seenAtNanos = nanos;
      doubted = false;
    }
    seen = now;
    boolean changed = !now.isSameAs(judged);
    if (!changed && !asked && !(doubted && nanos - doubtedUntilNanos >= 0)) {
      return EVERY;
    }
    Duration stood = Duration.ofNanos(nanos - seenAtNanos);
    if (changed && stood.compareTo(STILL) < 0) {
      return STILL.minus(stood).plusMillis(1);
    }
    judge(now, stood);
    return EVERY;
  }

  private void judge(FilesSeen now, Duration stood) throws InterruptedException {
    Optional<Loaded> loaded = load();
    FilesSeen after = FilesSeen.of(file, pointedTo);
    if (!after.isSameAs(now)) {
      // It changed while it was read: what was read may be of neither.
      return;
    }
    asked = false;
    seen = after;
    judged = after;
    if (loaded.isEmpty() || loaded.get().hasErrors() || loaded.get().config().isEmpty()) {
      refuseErrors(loaded);
      return;
    }
    GatewayConfig next = loaded.get().config().get();
    if (dropsAll(next, loaded.get())) {
      refuse(
          "it has no destination any more, which a file that is half written has not either; write"
              + " \"integrations: {}\" when nothing is to be delivered anywhere");
      return;
    }
    Optional<HalfWritten.Doubt> doubt =
        loaded.get().tree().isEmptyMapping("integrations")
            ? Optional.empty()
            : HalfWritten.about(inForce, after, inPlace, gateway.inForce(), next);
    Duration patience = doubt.map(one -> one.patience(gateway.grace())).orElse(Duration.ZERO);
    doubted = stood.compareTo(patience) < 0;
    if (doubted) {
      doubtedUntilNanos = seenAtNanos + patience.toNanos();
      hold(doubt.orElseThrow().reason(), patience);
      return;
    }
    apply(loaded.get(), next, after);
  }

  private void apply(Loaded loaded, GatewayConfig next, FilesSeen now) throws InterruptedException {
    Set<Path> changed =
        pointedTo.stream()
            .filter(each -> now.differs(each, inForce))
            .collect(Collectors.toCollection(HashSet::new));
    Set<String> renewed =
        next.destinations().stream()
            .filter(one -> filesOf(one).anyMatch(changed::contains))
            .map(DestinationConfig::name)
            .collect(Collectors.toSet());
    loaded.problems().forEach(ConfigFollower::report);
    try {
      gateway.reload(next, renewed);
    } catch (UsageException | LogUnavailableException | RuntimeException e) {
      LOG.error(
          LogLine.of("Configuration could not be applied").with(LogKeys.REASON, e.toString()));
      state.refused(String.valueOf(e.getMessage()));
      // Nothing is wrong with the file when the log is: a later look tries again.
      doubted = e instanceof LogUnavailableException;
      doubtedUntilNanos = clock.monotonicNanos() + AGAIN.toNanos();
      return;
    }
    inForce = now;
    state.applied(changed.size());
    for (Path each : changed) {
      LOG.info(
          LogLine.of("A file the configuration points to was read again").with(LogKeys.FILE, each));
    }
  }

  /// Reads the file, and notes what it points to.
  private Optional<Loaded> load() {
    try {
      Loaded loaded = loader.apply(file);
      Set<Path> all = new HashSet<>(loaded.files());
      Stream.concat(
              gateway.inForce().destinations().stream(),
              loaded.config().stream().flatMap(config -> config.destinations().stream()))
          .flatMap(ConfigFollower::filesOf)
          .forEach(all::add);
      if (loaded.config().isEmpty()) {
        // Nothing new is known: what was followed before is followed on.
        all.addAll(pointedTo);
      }
      pointedTo = all;
      return Optional.of(loaded);
    } catch (RuntimeException | StackOverflowError e) {
      // A bug, or a document of a depth nobody writes: the file is at fault, not the watch.
      LOG.error(LogLine.of("Configuration file cannot be read").with(LogKeys.FILE, file), e);
      return Optional.empty();
    }
  }

  private static Stream<Path> filesOf(DestinationConfig destination) {
    TlsConfig tls = destination.tls();
    return Stream.of(tls.caFile(), tls.certFile(), tls.keyFile()).flatMap(Optional::stream);
  }

  private boolean dropsAll(GatewayConfig next, Loaded loaded) {
    return next.destinations().isEmpty()
        && !gateway.inForce().destinations().isEmpty()
        && !loaded.tree().isEmptyMapping("integrations");
  }

  private void refuseErrors(Optional<Loaded> loaded) {
    List<Problem> problems = loaded.map(Loaded::problems).orElse(List.of());
    problems.forEach(ConfigFollower::report);
    doubted = false;
    LOG.error(
        LogLine.of("Configuration file has errors; the one in force goes on")
            .with(LogKeys.FILE, file));
    state.refused(
        problems.stream()
            .filter(Problem::isError)
            .map(Problem::toString)
            .findFirst()
            .orElse("it cannot be read"));
  }

  private void refuse(String reason) {
    doubted = false;
    LOG.error(
        LogLine.of("Configuration file is not believed; the one in force goes on")
            .with(LogKeys.FILE, file)
            .with(LogKeys.REASON, reason));
    state.refused(reason);
  }

  private void hold(String reason, Duration patience) {
    LOG.warn(
        LogLine.of("Configuration file looks half written; the one in force goes on for now")
            .with(LogKeys.FILE, file)
            .with(LogKeys.REASON, reason)
            .with("applied_after", DurationText.format(patience)));
    state.held(
        reason
            + "; otherwise it is applied once it has stood like this for "
            + DurationText.format(patience));
  }

  /// Logs one problem, with its place in the file.
  static void report(Problem problem) {
    LOG.warn(
        LogLine.of("Problem in the configuration file").with(LogKeys.REASON, problem.toString()));
  }
}
