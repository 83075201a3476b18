package io.onex.app;

import io.onex.telemetry.LogLine;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/// Does something once a second on a platform thread of its own, until closed. A beat that fails is
/// logged and does not stop the next.
final class Pulse implements AutoCloseable {
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(1);

  private static final Logger LOG = LogManager.getLogger(Pulse.class);

  private final Runnable beat;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread;

  private Pulse(Runnable beat) {
    this.beat = beat;
    this.thread = Thread.ofPlatform().daemon().name("onex-pulse").unstarted(this::run);
  }

  static Pulse start(Runnable beat) {
    Pulse pulse = new Pulse(beat);
    pulse.thread.start();
    return pulse;
  }

  @Override
  public void close() {
    stop.countDown();
    try {
      if (!thread.join(STOP_TIMEOUT)) {
        LOG.warn(LogLine.of("The pulse did not end in time"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      do {
        try {
          beat.run();
        } catch (RuntimeException e) {
          LOG.error(LogLine.of("A look at the gateway's parts failed"), e);
        }
      } while (!stop.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
