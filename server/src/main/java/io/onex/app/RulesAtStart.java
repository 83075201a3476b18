package io.onex.app;

import io.onex.log.LogUnavailableException;
import io.onex.telemetry.LogKeys;
import io.onex.telemetry.LogLine;
import io.onex.thread.OwnedThread;
import io.onex.thread.Pulse;
import java.time.Duration;
import java.util.Optional;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/// Brings the rules of the configuration into the log at the start: at once, or, on a disk without
/// room, as soon as there is some.
///
/// Until then nothing is taken in, as no record may stand before the rules it is judged by; what
/// stands in the log already is delivered by the rules that stand there. Any thread.
final class RulesAtStart implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(1);

  private static final Logger LOG = LogManager.getLogger(RulesAtStart.class);

  private volatile String reason = "the gateway is starting";
  private volatile Optional<OwnedThread> thread = Optional.empty();

  /// Appends what the log does not have yet.
  interface Announcing {
    void announce() throws LogUnavailableException, InterruptedException;
  }

  /// Tries once, and goes on on a thread of its own when the log cannot append.
  void begin(Announcing rules) throws InterruptedException {
    if (announced(rules)) {
      return;
    }
    LOG.warn(
        LogLine.of(
                "The rules of the configuration come into force once the log can be written; until"
                    + " then nothing is taken in, and the rules before go on")
            .with(LogKeys.REASON, reason));
    thread =
        Optional.of(
            OwnedThread.daemon("onex-rules", "rules at the start", self -> goOn(self, rules))
                .start());
  }

  private void goOn(OwnedThread self, Announcing rules) throws InterruptedException {
    while (self.pause(PAUSE)) {
      if (announced(rules)) {
        LOG.info(LogLine.of("The rules of the configuration are in force"));
        self.askToStop();
      }
    }
  }

  /// One at a time, and not while a reload changes what is announced.
  private synchronized boolean announced(Announcing rules) throws InterruptedException {
    try {
      rules.announce();
      reason = "";
      return true;
    } catch (LogUnavailableException e) {
      reason = String.valueOf(e.getMessage());
      return false;
    }
  }

  /// Why the rules do not stand in the log yet; empty once they do.
  String reason() {
    return reason;
  }

  /// @throws LogUnavailableException while the rules do not stand in the log
  void check() throws LogUnavailableException {
    String why = reason;
    if (!why.isEmpty()) {
      throw new LogUnavailableException(why, null);
    }
  }

  Optional<Pulse> pulse() {
    return thread.map(OwnedThread::pulse);
  }

  @Override
  public void close() {
    thread.ifPresent(one -> one.stop(STOP_TIMEOUT));
  }
}
