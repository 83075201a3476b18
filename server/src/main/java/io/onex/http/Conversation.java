package io.onex.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.onex.http.connection.WatchedConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// One request after the other over a connection: its watch is told where each begins and ends, and
/// the connection is closed after an answer that says so.
final class Conversation implements Filter {
  /// What is left of a body up to this size is read, so that the connection can go on.
  private static final long MOST_UNREAD_BYTES = 1 << 20;

  private static final Duration RETRY = Duration.ofSeconds(1);

  private static final HeaderName SEC_FETCH_SITE = HeaderNames.create("Sec-Fetch-Site");
  private static final Header NO_SNIFFING =
      HeaderValues.create(HeaderNames.create("X-Content-Type-Options"), "nosniff");

  private final Set<String> vital;
  private final Map<String, Route.Use> uses;
  private final BrowserRules rules;

  Conversation(List<Route> routes, BrowserRules rules) {
    this.rules = rules;
    vital =
        routes.stream()
            .filter(Route::vital)
            .map(Route::path)
            .collect(Collectors.toUnmodifiableSet());
    uses =
        routes.stream()
            .filter(route -> route.use() != Route.Use.DATA)
            .collect(Collectors.toUnmodifiableMap(Route::path, Route::use));
  }

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    WatchedConnection connection = WatchedConnection.of(request.remotePeer());
    connection.requestBegan();
    if (connection.isKept()) {
      response.header(HeaderValues.CONNECTION_CLOSE);
      if (!vital.contains(request.path().path())) {
        Answers.problem(HeadResponse.of(request, response), full());
        throw new CloseConnectionException("There is no place for it");
      }
    }
    Optional<Problem> refusal = rules.refusal(facts(request));
    if (refusal.isPresent()) {
      closeUnlessBodyIsShort(request, response);
      Answers.problem(HeadResponse.of(request, response), refusal.get());
    } else {
      if (!request.prologue().method().equals(Method.POST)) {
        response.header(NO_SNIFFING);
      }
      chain.proceed();
    }
    if (response.headers().containsToken(HeaderValues.CONNECTION_CLOSE)) {
      throw new CloseConnectionException("The answer says so");
    }
    passRestOfBody(request);
    connection.requestEnded();
  }

  private BrowserRules.Request facts(RoutingRequest request) {
    String path = request.path().path();
    return new BrowserRules.Request(
        request.prologue().method().text(),
        request.prologue().uriPath().rawPath(),
        path,
        request.headers().all(HeaderNames.HOST, List::of),
        request.headers().all(HeaderNames.ORIGIN, List::of),
        request.headers().all(SEC_FETCH_SITE, List::of),
        uses.getOrDefault(path, Route.Use.DATA));
  }

  private static void passRestOfBody(ServerRequest request) {
    if (!request.content().hasEntity() || request.content().consumed()) {
      return;
    }
    try {
      request.content().consume();
    } catch (RuntimeException e) {
      throw new CloseConnectionException("The rest of the body cannot be read", e);
    }
  }

  /// Has the connection closed after this answer when that is less work than reading a body nobody
  /// wants, or when the client waits to be asked for it.
  static void closeUnlessBodyIsShort(ServerRequest request, ServerResponse response) {
    if (!request.content().hasEntity() || request.content().consumed()) {
      return;
    }
    long length = request.headers().contentLength().orElse(Long.MAX_VALUE);
    boolean waits = request.headers().containsToken(HeaderValues.EXPECT_100);
    if (length > MOST_UNREAD_BYTES || waits) {
      response.header(HeaderValues.CONNECTION_CLOSE);
    }
  }

  /// Why the body of a request ends too early.
  static Problem cutOff(ServerRequest request) {
    return WatchedConnection.of(request.remotePeer()).isGivenUp()
        ? Problem.of(
            408,
            "request_timeout",
            "the body came too slowly",
            "send it faster, or in smaller requests; server.body_timeout and server.min_body_rate"
                + " say how fast")
        : Problem.of(
            400,
            "body_cut_off",
            "the body ended before its length was reached",
            "send all that Content-Length or the chunks announce");
  }

  private static Problem full() {
    return Problem.of(
            503,
            "too_many_connections",
            "all places for connections are taken",
            "come back after a pause; server.max_connections is how many there are")
        .after(RETRY);
  }
}
