package io.onex.log.cursor;

import io.onex.thread.OwnedThread;
import io.onex.thread.Pulse;
import java.time.Duration;

/// The thread that forces a cursor journal to disk, at most once per interval.
///
/// A platform thread, because an fsync blocks; [#close] stops it after a last flush.
public final class CursorJournalFlusher implements AutoCloseable {
  /// What a power cut may take of the cursors.
  public static final Duration INTERVAL = Duration.ofMillis(200);

  private final CursorJournal journal;
  private final Duration interval;
  private final OwnedThread thread;

  private CursorJournalFlusher(CursorJournal journal, Duration interval) {
    this.journal = journal;
    this.interval = interval;
    this.thread = OwnedThread.platform("onex-cursor-journal", "cursors", this::run);
  }

  /// Starts flushing `journal`, which stays the caller's to close, after this.
  public static CursorJournalFlusher start(CursorJournal journal, Duration interval) {
    CursorJournalFlusher flusher = new CursorJournalFlusher(journal, interval);
    var _ = flusher.thread.start();
    return flusher;
  }

  public Pulse pulse() {
    return thread.pulse();
  }

  private void run(OwnedThread self) throws InterruptedException {
    while (self.pause(interval)) {
      // A failure stands in the journal's status, and the next round tries again.
      boolean _ = journal.flush();
    }
    boolean _ = journal.flush();
  }

  /// Stops the thread and waits for its last flush.
  @Override
  public void close() {
    thread.askToStop();
    thread.awaitEnd();
  }
}
