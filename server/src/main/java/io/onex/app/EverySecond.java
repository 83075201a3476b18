package io.onex.app;

import io.onex.telemetry.LogKeys;
import io.onex.telemetry.LogLine;
import io.onex.thread.OwnedThread;
import io.onex.thread.Pulse;
import java.time.Duration;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/// Does something once a second on a platform thread of its own, until closed. A time that fails is
/// logged and does not stop the next.
final class EverySecond implements AutoCloseable {
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(1);

  private static final Logger LOG = LogManager.getLogger(EverySecond.class);

  private final Runnable what;
  private final OwnedThread thread;

  private EverySecond(String part, Runnable what) {
    this.what = what;
    this.thread = OwnedThread.daemon("onex-" + part, part, this::run);
  }

  /// @param part of the gateway that is done so, as people know it
  static EverySecond start(String part, Runnable what) {
    EverySecond started = new EverySecond(part, what);
    var _ = started.thread.start();
    return started;
  }

  Pulse pulse() {
    return thread.pulse();
  }

  @Override
  public void close() {
    if (!thread.stop(STOP_TIMEOUT)) {
      LOG.warn(
          LogLine.of("A part of the gateway did not end in time")
              .with(LogKeys.PART, thread.pulse().name()));
    }
  }

  private void run(OwnedThread self) throws InterruptedException {
    do {
      try {
        what.run();
      } catch (RuntimeException | StackOverflowError e) {
        LOG.error(
            LogLine.of("What is done each second failed").with(LogKeys.PART, self.pulse().name()),
            e);
      }
    } while (self.pause(EVERY));
  }
}
