package io.onex.source.file;

import io.onex.log.LogUnavailableException;
import io.onex.telemetry.LogKeys;
import io.onex.telemetry.LogLine;
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
  private final Thread thread;
  private Duration backoff = FIRST_BACKOFF;

  private FileTailer(FileSource source) {
    this.source = source;
    thread = Thread.ofPlatform().name("onex-tail-" + source.settings().name()).unstarted(this::run);
  }

  /// Starts to follow the source's files. The source belongs to the tailer from now on.
  public static FileTailer start(FileSource source) {
    FileTailer tailer = new FileTailer(source);
    tailer.thread.start();
    return tailer;
  }

  /// Stops; what was taken in is remembered.
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(STOP_TIMEOUT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Thread.sleep(round());
      }
    } catch (InterruptedException e) {
      // Closed.
      Thread.currentThread().interrupt();
    } finally {
      // The positions are saved by channels, which an interrupted thread may not use.
      boolean interrupted = Thread.interrupted();
      source.close();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
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
      Duration wait = backoff;
      backoff = backoff.multipliedBy(2);
      if (backoff.compareTo(LONGEST_BACKOFF) > 0) {
        backoff = LONGEST_BACKOFF;
      }
      return wait;
    }
  }
}
