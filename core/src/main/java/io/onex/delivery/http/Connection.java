package io.onex.delivery.http;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

/// One connection to a system, used for one exchange after the other. One thread at a time, but for
/// [#close].
final class Connection implements AutoCloseable {
  private final Origin origin;
  private final SocketChannel channel;
  private final Socket socket;
  private final AnswerReader answers;
  private boolean reusable = true;
  private @Nullable ScheduledFuture<?> expiry;

  /// @param channel connected
  /// @param socket through which is spoken: that of the channel, or TLS over it
  Connection(Origin origin, SocketChannel channel, Socket socket) throws IOException {
    this.origin = origin;
    this.channel = channel;
    this.socket = socket;
    this.answers = new AnswerReader(socket.getInputStream());
  }

  Origin origin() {
    return origin;
  }

  SocketChannel channel() {
    return channel;
  }

  HttpAnswer exchange(Request request, int maxAnswerBytes) throws IOException {
    reusable = false;
    IOException unsent = null;
    try {
      request.writeTo(socket.getOutputStream());
    } catch (IOException e) {
      // Who refuses a request may answer and close before it is all sent: the answer says more.
      unsent = e;
    }
    try {
      HttpAnswer answer = answers.read(request.method(), maxAnswerBytes);
      reusable = unsent == null && answers.keepsOpen();
      return answer;
    } catch (IOException e) {
      throw unsent == null ? e : unsent;
    }
  }

  /// Whether another exchange may follow, as far as the last one told.
  boolean isReusable() {
    return reusable;
  }

  /// Whether the other side has neither closed an idle connection nor said anything unasked.
  boolean isQuiet() {
    try {
      channel.configureBlocking(false);
      int read = channel.read(ByteBuffer.allocate(1));
      channel.configureBlocking(true);
      return read == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /// What closes the connection when nobody uses it for long.
  void expires(ScheduledFuture<?> byThis) {
    expiry = byThis;
  }

  void stays() {
    if (expiry != null) {
      expiry.cancel(false);
      expiry = null;
    }
  }

  /// Ends the connection at once. Callable from any thread.
  @Override
  public void close() {
    end(channel);
  }

  /// Closes a channel; there is nothing to be done about one that fails to.
  ///
  /// @return whether it closed as it should
  static boolean end(SocketChannel channel) {
    try {
      channel.close();
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
