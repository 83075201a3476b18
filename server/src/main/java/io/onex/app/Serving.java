package io.onex.app;

import io.onex.app.demo.DemoFleet;
import io.onex.config.GatewayConfig;
import io.onex.config.IoReason;
import io.onex.config.ListenAddress;
import io.onex.config.Loaded;
import io.onex.config.Problem;
import io.onex.delivery.IntegrationCatalog;
import io.onex.output.Printable;
import io.onex.storage.DirectoryInUseException;
import io.onex.storage.FileStorage;
import io.onex.telemetry.LogKeys;
import io.onex.telemetry.LogLine;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.random.RandomGeneratorFactory;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/// `onex serve`: a gateway on this machine, from the command line to SIGTERM.
final class Serving implements AutoCloseable {
  /// Where the commands look for a gateway unless told otherwise.
  private static final String DEFAULT_ADDRESS = "http://127.0.0.1:8420";

  private static final double DEMO_RUNS_PER_SECOND = 8;

  private static final Logger LOG = LogManager.getLogger(Serving.class);

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final ServeOptions options;
  private final GatewayConfig config;
  private final Path data;
  private final Gateway gateway;
  private final Optional<ConfigWatch> watch;

  /// Starts everything.
  ///
  /// @throws UsageException when what was asked for cannot be had; nothing runs then
  Serving(ServeOptions options) throws UsageException, InterruptedException {
    this.options = options;
    SystemClock clock = new SystemClock();
    IntegrationCatalog catalog = IntegrationCatalog.load();
    Configurations configurations = new Configurations(catalog);
    List<Problem> warnings = new ArrayList<>();
    config = configurations.forServing(options, warnings::add);
    Logging.configure(config.logging());
    warnings.forEach(ConfigFollower::report);
    data = options.data().orElse(config.log().dir()).toAbsolutePath().normalize();
    FileStorage storage = open(data);
    parts.push(storage);
    try {
      gateway =
          Gateway.start(
              new GatewaySetup(
                  config, storage, clock, catalog, random(), hostName(), Version.text()));
    } catch (IOException e) {
      close();
      throw unusable(data, e);
    } catch (UsageException | RuntimeException e) {
      close();
      throw e;
    }
    parts.push(gateway);
    watch =
        options.config().map(file -> ConfigWatch.start(file, reloader(configurations), gateway));
    watch.ifPresent(parts::push);
    if (options.demo()) {
      parts.push(DemoFleet.start(address(), clock, random(), DEMO_RUNS_PER_SECOND));
    }
  }

  private java.util.function.Function<Path, Loaded> reloader(Configurations configurations) {
    return path -> configurations.load(path, false).overridden(this::asStarted);
  }

  /// The command line goes before the file after a reload, too.
  private GatewayConfig asStarted(GatewayConfig read) {
    try {
      return Configurations.overridden(read, options);
    } catch (UsageException e) {
      throw new IllegalStateException("--listen was valid at the start", e);
    }
  }

  Gateway gateway() {
    return gateway;
  }

  /// Reads the configuration file again, as after SIGHUP.
  void reload() {
    watch.ifPresent(ConfigWatch::ask);
  }

  /// Where the first listener answers.
  URI address() {
    ListenAddress listen = config.server().listeners().getFirst();
    return URI.create("http://" + new ListenAddress(listen.host(), gateway.port()));
  }

  /// What is served and where, in one short block.
  void print(PrintStream out) {
    out.println("onex " + Version.text() + " serves " + address());
    out.println("  events    POST " + address() + "/v1/events");
    out.println("  metrics   GET  " + address() + "/metrics");
    out.println("  status    GET  " + address() + "/onex/v1/status   (or: " + command() + ")");
    out.println("  data      " + Printable.text(data.toString()));
    out.println(
        "  to        "
            + (config.destinations().isEmpty()
                ? "/metrics only; integrations are configured with --config FILE"
                : String.join(
                    ", ",
                    config.destinations().stream().map(d -> Printable.text(d.name())).toList())));
    if (options.demo()) {
      out.println("  demo      pretend nodes post events");
    }
    out.flush();
  }

  /// The command that shows how this gateway is doing.
  private String command() {
    return address().equals(URI.create(DEFAULT_ADDRESS))
        ? "onex status"
        : "onex status --gateway " + address();
  }

  @Override
  public void close() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        LOG.error("Not everything could be stopped", e);
      }
    }
  }

  private static FileStorage open(Path data) throws UsageException {
    if (Files.exists(data) && !Files.isDirectory(data)) {
      throw unusable(data, new FileAlreadyExistsException(data.toString()));
    }
    try {
      FileStorage files = FileStorage.open(data, Serving::reportSetAside);
      files
          .openToOthers()
          .ifPresent(file ->
              LOG.warn(
                  LogLine.of(
                          "Others than its owner can read the data folder; take their rights away"
                              + " with chmod -R go= on it")
                      .with(LogKeys.FILE, file.toString())));
      return files;
    } catch (DirectoryInUseException e) {
      throw new UsageException(
          "the data folder "
              + data
              + " is in use by another onex; stop that one, or use --data with another folder");
    } catch (IOException e) {
      throw unusable(data, e);
    }
  }

  private static void reportSetAside(Path now, String what) {
    LOG.warn(
        LogLine.of(
                "What stood in the place of a file of the data folder is no file and was set aside;"
                    + " remove it")
            .with(LogKeys.FILE, now.toString())
            .with(LogKeys.REASON, "it is " + what));
  }

  private static UsageException unusable(Path data, IOException cause) {
    return new UsageException(
        "the data folder "
            + data
            + " cannot be used: "
            + IoReason.of(cause)
            + "; use --data with a folder that can be written");
  }

  private static SplittableGenerator random() {
    return (SplittableGenerator)
        RandomGeneratorFactory.of("L64X128MixRandom").create(new SecureRandom().generateSeed(16));
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
