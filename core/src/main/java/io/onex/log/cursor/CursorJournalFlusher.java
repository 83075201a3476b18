package io.onex.log.cursor;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The thread that forces a cursor journal to disk, at most once per interval.
///
/// A platform thread, because an fsync blocks; [#close] stops it after a last flush.
public final class CursorJournalFlusher implements AutoCloseable {
  /// What a power cut may take of the cursors.
  public static final Duration INTERVAL = Duration.ofMillis(200);

  private final CursorJournal journal;
  private final Duration interval;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread;

  private CursorJournalFlusher(CursorJournal journal, Duration interval) {
    this.journal = journal;
    this.interval = interval;
    this.thread = Thread.ofPlatform().name("onex-cursor-journal").unstarted(this::run);
  }

  /// Starts flushing `journal`, which stays the caller's to close, after this.
  public static CursorJournalFlusher start(CursorJournal journal, Duration interval) {
    CursorJournalFlusher flusher = new CursorJournalFlusher(journal, interval);
    flusher.thread.start();
    return flusher;
  }

  private void run() {
    try {
      while (!stopping.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
        // A failure stands in the journal's status, and the next round tries again.
        boolean _ = journal.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    boolean _ = journal.flush();
  }

  /// Stops the thread and waits for its last flush.
  @Override
  public void close() {
    stopping.countDown();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
