package io.onex.log;

import io.onex.thread.OwnedThread;
import io.onex.thread.Pulse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The thread that does what no appender should wait for: index files and retention, and looking
/// whether there is room, which is told also while nobody appends.
final class LogMaintenance implements AutoCloseable {
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  /// While there is no room: nothing is appended that would notice.
  private static final Duration INTERVAL_WITHOUT_ROOM = Duration.ofSeconds(1);

  private final EventIdIndex ids;
  private final Retention retention;
  private final FreeSpace space;
  private final OwnedThread thread =
      OwnedThread.platform("onex-log-maintenance", "log maintenance", this::run);
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean wanted;
  private boolean closed;
  private volatile String failure = "";

  LogMaintenance(EventIdIndex ids, Retention retention, FreeSpace space) {
    this.ids = ids;
    this.retention = retention;
    this.space = space;
  }

  void start() {
    var _ = thread.start();
  }

  Pulse pulse() {
    return thread.pulse();
  }

  /// There is something to do.
  void wake() {
    lock.lock();
    try {
      wanted = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /// Why the last round failed; empty when it did not.
  String failure() {
    return failure;
  }

  private void run(OwnedThread self) throws InterruptedException {
    while (waited(self.pulse())) {
      failure = round();
    }
  }

  /// @return why it failed; empty when it did not
  private String round() {
    try {
      try {
        // First, because it makes room.
        retention.enforce();
        ids.write();
        retention.writeAges();
      } finally {
        space.look();
      }
      return "";
      // Whatever the guard does wrong, the next round may succeed; the state shows it.
    } catch (IOException | RuntimeException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /// @return false when the log is closing
  private boolean waited(Pulse pulse) throws InterruptedException {
    pulse.rest();
    lock.lock();
    try {
      long nanos = (space.shortage().isEmpty() ? INTERVAL : INTERVAL_WITHOUT_ROOM).toNanos();
      while (!wanted && !closed && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
      wanted = false;
      return !closed;
    } finally {
      lock.unlock();
      pulse.beat();
    }
  }

  @Override
  public void close() {
    thread.askToStop();
    lock.lock();
    try {
      closed = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
    thread.awaitEnd();
  }
}
