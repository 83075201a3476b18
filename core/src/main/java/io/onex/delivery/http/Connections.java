package io.onex.delivery.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/// The connections of one transport: those in use and those kept for the next exchange.
///
/// Safe for use by many threads.
final class Connections implements AutoCloseable {
  /// How long an unused connection is kept; what stands between closes them silently after longer.
  private static final Duration IDLE = Duration.ofSeconds(30);

  /// IPv4 in digits, or IPv6: these have no name to ask for.
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|.*:.*");

  private final HttpSettings settings;
  private final SSLContext tls;
  private final ScheduledThreadPoolExecutor alarms =
      new ScheduledThreadPoolExecutor(1, Thread.ofVirtual().name("http-alarms").factory());

  /// Guards what follows.
  private final Object lock = new Object();

  private final Map<Origin, Deque<Connection>> idle = new HashMap<>();
  private final Set<SocketChannel> open = new HashSet<>();
  private boolean closed;

  /// @throws IOException when a file that the TLS settings name cannot be used
  Connections(HttpSettings settings) throws IOException {
    this.settings = settings;
    this.tls = TlsContext.of(settings.tls());
    alarms.setRemoveOnCancelPolicy(true);
  }

  /// Begins to watch over an exchange.
  TimeLimit limit(Duration duration) throws IOException {
    TimeLimit limit = new TimeLimit();
    try {
      limit.rely(alarms.schedule(limit::runOut, duration.toNanos(), TimeUnit.NANOSECONDS));
    } catch (RejectedExecutionException e) {
      throw new IOException("the destination is closed", e);
    }
    return limit;
  }

  /// A connection that was kept and is still good; the limit watches over it.
  Optional<Connection> take(Origin origin, TimeLimit limit) throws IOException {
    while (true) {
      Connection connection;
      synchronized (lock) {
        Deque<Connection> kept = idle.get(origin);
        if (kept == null || kept.isEmpty()) {
          return Optional.empty();
        }
        // The one used last is the least likely to have been closed.
        connection = kept.removeLast();
        connection.stays();
      }
      if (connection.isQuiet()) {
        limit.guard(connection.channel());
        return Optional.of(connection);
      }
      discard(connection);
    }
  }

  /// A new connection; the limit watches over it.
  Connection open(Origin origin, TimeLimit limit) throws IOException {
    try (TimeLimit connecting = limit(settings.connectTimeout())) {
      IOException failure = new IOException("the host has no address");
      for (InetAddress address : InetAddress.getAllByName(origin.host())) {
        SocketChannel channel = channel();
        try {
          connecting.guard(channel);
          limit.guard(channel);
          channel.connect(new InetSocketAddress(address, origin.port()));
          return new Connection(origin, channel, socket(origin, channel));
        } catch (IOException e) {
          forget(channel);
          failure = e;
        } catch (RuntimeException e) {
          forget(channel);
          throw e;
        }
        if (connecting.isOver()) {
          throw new SocketTimeoutException("no connection within " + settings.connectTimeout());
        }
        if (limit.isOver() || Thread.currentThread().isInterrupted()) {
          break;
        }
      }
      throw failure;
    }
  }

  private SocketChannel channel() throws IOException {
    SocketChannel channel = SocketChannel.open();
    synchronized (lock) {
      if (!closed) {
        open.add(channel);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        return channel;
      }
    }
    channel.close();
    throw new IOException("the destination is closed");
  }

  private Socket socket(Origin origin, SocketChannel channel) throws IOException {
    if (!origin.tls()) {
      return channel.socket();
    }
    String name = settings.tls().serverName().orElse(origin.host());
    SSLSocket socket =
        (SSLSocket)
            tls.getSocketFactory().createSocket(channel.socket(), name, origin.port(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    if (!ADDRESS.matcher(name).matches()) {
      parameters.setServerNames(List.of(new SNIHostName(name)));
    }
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  /// Ends the use of a connection.
  ///
  /// @param reusable whether the next exchange may have it
  void giveBack(Connection connection, boolean reusable) {
    synchronized (lock) {
      if (reusable && !closed) {
        idle.computeIfAbsent(connection.origin(), any -> new ArrayDeque<>()).addLast(connection);
        connection.expires(
            alarms.schedule(() -> expire(connection), IDLE.toNanos(), TimeUnit.NANOSECONDS));
        return;
      }
    }
    discard(connection);
  }

  private void expire(Connection connection) {
    boolean unused;
    synchronized (lock) {
      Deque<Connection> kept = idle.get(connection.origin());
      unused = kept != null && kept.remove(connection);
    }
    if (unused) {
      discard(connection);
    }
  }

  private void discard(Connection connection) {
    connection.close();
    synchronized (lock) {
      open.remove(connection.channel());
    }
  }

  private void forget(SocketChannel channel) {
    synchronized (lock) {
      open.remove(channel);
    }
    Connection.end(channel);
  }

  /// Ends all connections at once, those in use as well.
  @Override
  public void close() {
    Set<SocketChannel> all;
    synchronized (lock) {
      closed = true;
      all = new HashSet<>(open);
      open.clear();
      idle.clear();
    }
    alarms.shutdownNow();
    all.forEach(Connection::end);
  }
}
