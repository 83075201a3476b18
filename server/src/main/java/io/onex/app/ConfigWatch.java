package io.onex.app;

import io.onex.config.GatewayConfig;
import io.onex.config.Loaded;
import io.onex.config.Problem;
import io.onex.telemetry.LogKeys;
import io.onex.telemetry.LogLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/// Reloads a gateway when its configuration file changes or somebody asks. A file with errors
/// leaves what is in force running; the log names each error. Owns one platform thread.
final class ConfigWatch implements AutoCloseable {
  private static final Duration EVERY = Duration.ofSeconds(2);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(1);

  private static final Logger LOG = LogManager.getLogger(ConfigWatch.class);

  private final Path file;
  private final Function<Path, Loaded> loader;
  private final Gateway gateway;
  private final Semaphore asked = new Semaphore(0);
  private final Thread thread;
  private volatile boolean closed;
  private Stamp seen;

  private record Stamp(FileTime changed, long bytes) {
    static Stamp of(Path file) {
      try {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new Stamp(attributes.lastModifiedTime(), attributes.size());
      } catch (IOException e) {
        // Being replaced, or gone: as long as it is so, it is as good as unchanged.
        return new Stamp(FileTime.fromMillis(0), -1);
      }
    }
  }

  private ConfigWatch(Path file, Function<Path, Loaded> loader, Gateway gateway) {
    this.file = file;
    this.loader = loader;
    this.gateway = gateway;
    this.seen = Stamp.of(file);
    this.thread = Thread.ofPlatform().daemon().name("onex-config-watch").unstarted(this::run);
  }

  static ConfigWatch start(Path file, Function<Path, Loaded> loader, Gateway gateway) {
    ConfigWatch watch = new ConfigWatch(file, loader, gateway);
    watch.thread.start();
    return watch;
  }

  /// Reloads now, as after SIGHUP.
  void ask() {
    asked.release();
  }

  @Override
  public void close() {
    closed = true;
    asked.release();
    try {
      if (!thread.join(STOP_TIMEOUT)) {
        LOG.warn(LogLine.of("A reload is still under way"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!closed) {
        boolean wanted = asked.tryAcquire(EVERY.toMillis(), TimeUnit.MILLISECONDS);
        Stamp now = Stamp.of(file);
        boolean changed = now.bytes() >= 0 && !now.equals(seen);
        if (!closed && (wanted || changed)) {
          seen = now;
          reload();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Logs one problem, with its place in the file.
  static void report(Problem problem) {
    LOG.warn(
        LogLine.of("Problem in the configuration file").with(LogKeys.REASON, problem.toString()));
  }

  private void reload() throws InterruptedException {
    Loaded loaded = loader.apply(file);
    loaded.problems().forEach(ConfigWatch::report);
    if (loaded.hasErrors() || loaded.config().isEmpty()) {
      LOG.error(
          LogLine.of("Configuration file has errors; the one in force goes on")
              .with(LogKeys.FILE, file));
      return;
    }
    GatewayConfig next = loaded.config().get();
    try {
      gateway.reload(next);
    } catch (UsageException | IOException | RuntimeException e) {
      LOG.error(
          LogLine.of("Configuration could not be applied").with(LogKeys.REASON, e.toString()));
    }
  }
}
