package io.onex.delivery.http;

import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

/// Closes the connection of an exchange that takes too long: whatever the exchange is waiting for,
/// to connect, to write or to read, then fails.
///
/// Begun and ended by the exchange's thread, run out by another.
final class TimeLimit implements AutoCloseable {
  private @Nullable SocketChannel guarded;
  private @Nullable ScheduledFuture<?> alarm;
  private boolean over;
  private boolean ended;

  /// From now on this is what closes when the time is over.
  ///
  /// @throws SocketTimeoutException when it is over already
  synchronized void guard(SocketChannel channel) throws SocketTimeoutException {
    if (over) {
      throw new SocketTimeoutException("the time is over");
    }
    guarded = channel;
  }

  /// What calls [#runOut] in time.
  synchronized void rely(ScheduledFuture<?> onThis) {
    alarm = onThis;
  }

  synchronized void runOut() {
    if (ended) {
      return;
    }
    over = true;
    if (guarded != null) {
      Connection.end(guarded);
    }
  }

  synchronized boolean isOver() {
    return over;
  }

  /// Ends the watch: what was guarded stays open.
  ///
  /// @return false when the time was over before
  synchronized boolean end() {
    ended = true;
    if (alarm != null) {
      alarm.cancel(false);
      alarm = null;
    }
    return !over;
  }

  @Override
  public void close() {
    end();
  }
}
