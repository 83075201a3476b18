package io.onex.http.connection;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.spi.ServerConnection;
import java.time.Duration;

/// The conversation over a watched connection, from its protocol's start to its end.
final class WatchedServerConnection implements ServerConnection, InterruptableTask<Void> {
  /// What a client may send on while it is given time to read its last answer.
  private static final long MOST_LINGERING_BYTES = 4 << 20;

  private final ServerConnection conversation;
  private final ConnectionContext context;
  private final WatchedConnection connection;
  private final WatchedReader reader;
  private final ConnectionWatch watch;
  private volatile boolean stopping;

  WatchedServerConnection(
      ServerConnection conversation,
      ConnectionContext context,
      WatchedConnection connection,
      WatchedReader reader,
      ConnectionWatch watch) {
    this.conversation = conversation;
    this.context = context;
    this.connection = connection;
    this.reader = reader;
    this.watch = watch;
  }

  @Override
  public void handle(Limit limit) throws InterruptedException {
    try {
      conversation.handle(limit);
      linger();
    } catch (ServerConnectionException e) {
      throw e;
    } catch (CloseConnectionException e) {
      linger();
      throw e;
    } finally {
      watch.left(context, connection);
    }
  }

  /// A connection that is closed while bytes are still coming is reset, and the client may lose the
  /// answer it was about to read (RFC 9112, section 9.6). So it is listened to for a moment.
  private void linger() {
    if (stopping || connection.isGivenUp() || context.isSecure() || !connection.isOpen()) {
      return;
    }
    connection.lingers();
    context.dataWriter().flush();
    connection.endOfAnswers();
    try {
      for (long bytes = 0; bytes < MOST_LINGERING_BYTES; ) {
        bytes += reader.readBuffer().available();
      }
    } catch (DataReader.InsufficientDataAvailableException | CloseConnectionException e) {
      // The client has closed its side, or was given up.
    }
  }

  @Override
  public Duration idleTime() {
    // Ours is the one watch.
    return Duration.ZERO;
  }

  @Override
  public void close(boolean interrupt) {
    stopping = true;
    conversation.close(interrupt);
  }

  @Override
  public boolean canInterrupt() {
    return conversation instanceof InterruptableTask<?> task && task.canInterrupt();
  }
}
