package io.onex.app;

import io.onex.config.Loaded;
import io.onex.telemetry.LogLine;
import io.onex.thread.OwnedThread;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/// The thread that follows the configuration file of a gateway, and looks at once when somebody
/// asks. Owns one platform thread.
final class ConfigWatch implements AutoCloseable {
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(1);

  private static final Logger LOG = LogManager.getLogger(ConfigWatch.class);

  private final ConfigFollower follower;
  private final Semaphore asked = new Semaphore(0);
  private final OwnedThread thread;

  private ConfigWatch(ConfigFollower follower) {
    this.follower = follower;
    this.thread = OwnedThread.daemon("onex-config-watch", "configuration watch", this::run);
  }

  static ConfigWatch start(Path file, Function<Path, Loaded> loader, Gateway gateway) {
    ConfigWatch watch =
        new ConfigWatch(
            new ConfigFollower(file, loader, gateway, gateway.configFile(), new SystemClock()));
    var _ = watch.thread.start();
    gateway.watch(watch.thread.pulse());
    return watch;
  }

  /// Reloads now, as after SIGHUP.
  void ask() {
    asked.release();
  }

  @Override
  public void close() {
    thread.askToStop();
    asked.release();
    if (!thread.stop(STOP_TIMEOUT)) {
      LOG.warn(LogLine.of("A reload is still under way"));
    }
  }

  private void run(OwnedThread self) throws InterruptedException {
    Duration wait = ConfigFollower.EVERY;
    while (self.goesOn()) {
      self.pulse().rest();
      boolean wanted = asked.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS);
      self.pulse().beat();
      asked.drainPermits();
      if (self.goesOn()) {
        wait = follower.look(wanted);
      }
    }
  }
}
