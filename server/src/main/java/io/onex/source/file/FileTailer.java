package io.onex.source.file;

import io.onex.log.LogUnavailableException;
import io.onex.telemetry.LogKeys;
import io.onex.telemetry.LogLine;
import io.onex.thread.OwnedThread;
import io.onex.thread.Pulse;
import java.time.Duration;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/// Runs one [FileSource] on a platform thread of its own until closed.
public final class FileTailer implements AutoCloseable {
  private static final Duration FIRST_BACKOFF = Duration.ofMillis(200);
  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(5);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(2);

  private static final Logger LOG = LogManager.getLogger(FileTailer.class);

  private final FileSource source;
  private final OwnedThread thread;
  private Duration backoff = FIRST_BACKOFF;

  private FileTailer(FileSource source) {
    this.source = source;
    String name = source.settings().name();
    thread = OwnedThread.daemon("onex-tail-" + name, "tailing " + name, this::run);
  }

  /// Starts to follow the source's files. The source belongs to the tailer from now on.
  public static FileTailer start(FileSource source) {
    FileTailer tailer = new FileTailer(source);
    var _ = tailer.thread.start();
    return tailer;
  }

  /// The sign of life of its thread.
  public Pulse pulse() {
    return thread.pulse();
  }

  /// Stops; what was taken in is remembered. The thread is asked, never interrupted: an interrupt
  /// would close the channels it reads from.
  @Override
  public void close() {
    if (!thread.stop(STOP_TIMEOUT)) {
      LOG.warn(
          LogLine.of("Tailing goes on in the background, the disk does not answer")
              .with(LogKeys.SOURCE, source.settings().name()));
    }
  }

  private void run(OwnedThread self) throws InterruptedException {
    try {
      while (self.pause(round())) {
        // The round was in the condition.
      }
    } finally {
      source.close();
    }
  }

  /// One round; returns how long to wait before the next.
  private Duration round() throws InterruptedException {
    try {
      boolean more = source.round();
      backoff = FIRST_BACKOFF;
      return more ? Duration.ZERO : source.settings().pollInterval();
    } catch (LogUnavailableException e) {
      LOG.warn(
          LogLine.of("Tailed lines wait because the log cannot append")
              .with(LogKeys.SOURCE, source.settings().name())
              .with(LogKeys.REASON, String.valueOf(e.getMessage())));
      return longer();
    } catch (RuntimeException e) {
      // A file nobody thought of must not end the following of all others.
      LOG.error(
          LogLine.of("Looking at the tailed files failed, it is tried again")
              .with(LogKeys.SOURCE, source.settings().name()),
          e);
      return longer();
    }
  }

  private Duration longer() {
    Duration wait = backoff;
    backoff = backoff.multipliedBy(2);
    if (backoff.compareTo(LONGEST_BACKOFF) > 0) {
      backoff = LONGEST_BACKOFF;
    }
    return wait;
  }
}
