package io.onex.delivery.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;

/// The one HTTP client of a destination: HTTP/1.1, connections kept and reused, no redirects, no
/// hidden retry after a request was sent.
///
/// Safe for use by many threads; each blocks for its own exchange and is meant to be virtual.
/// Errors name the host and port, never the path or query of an address, because tokens hide there.
public final class BlockingHttpTransport implements HttpTransport {
  private final HttpSettings settings;
  private final Connections connections;

  /// @throws IOException when a file that the TLS settings name cannot be used
  public BlockingHttpTransport(HttpSettings settings) throws IOException {
    this.settings = settings;
    this.connections = new Connections(settings);
  }

  @Override
  public HttpAnswer exchange(HttpCall call) throws IOException, InterruptedException {
    Request request = Request.of(call, settings.userAgent());
    try (TimeLimit limit = connections.limit(call.timeout())) {
      try {
        return exchange(call, request, limit);
      } catch (IOException e) {
        // An interrupt closes the connection that is waited for; so does the end of the time.
        if (Thread.interrupted()) {
          InterruptedException interrupt =
              new InterruptedException("the exchange with " + where(call.uri()) + " was ended");
          interrupt.initCause(e);
          throw interrupt;
        }
        throw limit.isOver() ? late(call) : failure(call.uri(), e);
      }
    }
  }

  private HttpAnswer exchange(HttpCall call, Request request, TimeLimit limit) throws IOException {
    Optional<Connection> kept = connections.take(Origin.of(call.uri()), limit);
    Connection connection =
        kept.isPresent() ? kept.get() : connections.open(Origin.of(call.uri()), limit);
    boolean reusable = false;
    try {
      HttpAnswer answer = connection.exchange(request, settings.maxAnswerBytes());
      // A limit that ends just now closes the connection, so it is of no use to the next.
      reusable = limit.end() && connection.isReusable();
      return answer;
    } finally {
      connections.giveBack(connection, reusable);
    }
  }

  /// Aborts exchanges under way and closes all connections.
  @Override
  public void close() {
    connections.close();
  }

  private static IOException late(HttpCall call) {
    return new SocketTimeoutException(
        "no complete answer from " + where(call.uri()) + " within " + call.timeout());
  }

  private static IOException failure(URI uri, IOException cause) {
    String said = cause.getMessage() == null ? "" : cause.getMessage();
    String why =
        switch (cause) {
          case UnknownHostException unknown -> "the host has no address";
          case ConnectException refused when said.contains("refused") ->
              "nothing accepts connections there";
          default -> said.isEmpty() ? cause.getClass().getSimpleName() : said;
        };
    return new IOException("exchange with " + where(uri) + " failed: " + why, cause);
  }

  private static String where(URI uri) {
    return uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
  }
}
