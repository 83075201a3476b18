package io.onex.http;

import io.helidon.common.buffers.DataReader;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnectionSelector;
import io.onex.http.connection.ConnectionWatch;
import io.onex.http.connection.MalformedBodyException;
import io.onex.ingest.ByteBudget;
import io.onex.telemetry.LogKeys;
import io.onex.telemetry.LogLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/// One listening address that answers a table of routes. Every error is answered as JSON.
public final class Listener implements AutoCloseable {
  /// How long requests under way may take when the listener stops.
  private static final Duration GRACE = Duration.ofMillis(1500);

  /// Of requests of our own API that are under way; events have a budget of their own.
  private static final long MOST_OWN_API_BYTES = 8 << 20;

  /// Longer than anything takes: connections have a watch of ours.
  private static final Duration NO_IDLE_WATCH = Duration.ofDays(3650);

  private static final Logger LOG = LogManager.getLogger(Listener.class);

  /// Held so that its level stays: the server's own start and stop lines say nothing we do not.
  private static final java.util.logging.Logger SERVER_LOG =
      java.util.logging.Logger.getLogger("io.helidon");

  private final WebServer server;

  private Listener(WebServer server) {
    this.server = server;
  }

  /// Starts listening.
  ///
  /// @param address port 0 takes any free port
  /// @param watch over its connections
  /// @param ownNames names by which the gateway is known, lower case; may come to be more
  /// @throws UncheckedIOException when the address is in use or not of this machine
  public static Listener start(
      InetSocketAddress address,
      ConnectionWatch watch,
      Supplier<Set<String>> ownNames,
      List<Route> routes) {
    return start(address, watch, ownNames, routes, List.of());
  }

  /// @param further protocols on the same port
  static Listener start(
      InetSocketAddress address,
      ConnectionWatch watch,
      Supplier<Set<String>> ownNames,
      List<Route> routes,
      List<ServerConnectionSelector> further) {
    SERVER_LOG.setLevel(java.util.logging.Level.WARNING);
    requireFree(address);
    WebServerConfig.Builder builder =
        WebServer.builder()
            .host(address.getHostString())
            .port(address.getPort())
            .shutdownHook(false)
            .featuresDiscoverServices(false)
            .contentEncoding(new PackedBodies())
            .backlog(1024)
            .connectionOptions(watch.options())
            .protocolsDiscoverServices(false)
            .addConnectionSelector(
                watch.watching(
                    Http1ConnectionSelector.builder().config(Http1Config.create()).build()))
            .idleConnectionTimeout(NO_IDLE_WATCH)
            .shutdownGracePeriod(GRACE)
            .directHandlers(protocolErrors())
            .routing(routing -> install(routing, routes, new BrowserRules(ownNames)));
    further.forEach(protocol -> builder.addConnectionSelector(watch.watching(protocol)));
    WebServer server = builder.build();
    server.start();
    if (!server.isRunning()) {
      throw new UncheckedIOException(new IOException("the listener did not start"));
    }
    return new Listener(server);
  }

  /// The server itself logs why it cannot listen, throws nothing and looks started.
  private static void requireFree(InetSocketAddress address) {
    try (ServerSocket trial = new ServerSocket()) {
      trial.setReuseAddress(true);
      trial.bind(address);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The port that is listened on.
  public int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.stop();
  }

  private static void install(HttpRouting.Builder routing, List<Route> routes, BrowserRules rules) {
    routing.addFilter(new Conversation(routes, rules));
    routing.error(ProblemException.class, (req, res, e) -> refuse(req, res, e.problem()));
    routing.error(
        DataReader.InsufficientDataAvailableException.class,
        (req, res, e) -> refuse(req, res, Conversation.cutOff(req)));
    routing.error(
        MalformedBodyException.class,
        (req, res, e) -> refuse(req, res, malformed(String.valueOf(e.getMessage()))));
    routing.error(Throwable.class, Listener::unexpected);
    ByteBudget budget = new ByteBudget(MOST_OWN_API_BYTES);
    Map<String, List<Route>> byPath =
        routes.stream()
            .collect(Collectors.groupingBy(Route::path, LinkedHashMap::new, Collectors.toList()));
    byPath.forEach((path, atPath) -> {
      atPath.forEach(route -> install(routing, route, budget));
      String allowed =
          atPath.stream()
              .flatMap(route -> methods(route).stream())
              .map(Method::text)
              .collect(Collectors.joining(", "));
      routing.any(path, (req, res) -> methodNotAllowed(req, res, allowed));
    });
    routing.any((req, res) -> {
      throw Problem.notFound(
              "nothing is served at " + req.path().path(), "GET / lists what is served")
          .asException();
    });
  }

  private static void refuse(ServerRequest req, ServerResponse res, Problem problem) {
    Conversation.closeUnlessBodyIsShort(req, res);
    Answers.problem(HeadResponse.of(req, res), problem);
  }

  private static Problem malformed(String message) {
    return Problem.of(
        400, "bad_http_request", message, "check how the body is framed (RFC 9112, section 7.1)");
  }

  private static void install(HttpRouting.Builder routing, Route route, ByteBudget budget) {
    for (Method method : methods(route)) {
      routing.route(
          method,
          route.path(),
          (request, response) -> {
            route.check(request);
            try (ByteBudget.Lease lease = budget.lease()) {
              if (route.isOwnApi()) {
                request.streamFilter(body -> new LeasedBody(body, lease));
              }
              route.handler().handle(request, HeadResponse.of(request, response));
            }
          });
    }
  }

  /// Whatever answers GET answers HEAD.
  private static List<Method> methods(Route route) {
    return route.method().equals(Method.GET)
        ? List.of(Method.GET, Method.HEAD)
        : List.of(route.method());
  }

  private static void methodNotAllowed(ServerRequest req, ServerResponse res, String allowed) {
    res.header(HeaderValues.create(HeaderNames.ALLOW, allowed));
    Answers.problem(
        HeadResponse.of(req, res),
        Problem.of(
            405,
            "method_not_allowed",
            req.prologue().method().text() + " is not possible here",
            "use " + allowed));
  }

  private static void unexpected(ServerRequest req, ServerResponse res, Throwable e) {
    if (e instanceof CancellationException || e instanceof UncheckedIOException) {
      // The client went away while it was being answered.
      LOG.debug(LogLine.of("Request was cut off").with(LogKeys.PATH, req.path().path()), e);
      return;
    }
    LOG.error(LogLine.of("Request failed").with(LogKeys.PATH, req.path().path()), e);
    refuse(
        req,
        res,
        Problem.of(
            500,
            "internal",
            "the gateway could not handle the request",
            "its log names the cause; the request may be sent again"));
  }

  private static DirectHandlers protocolErrors() {
    DirectHandlers.Builder handlers = DirectHandlers.builder();
    for (DirectHandler.EventType event : DirectHandler.EventType.values()) {
      handlers.addHandler(event, Listener::protocolError);
    }
    return handlers.build();
  }

  private static DirectHandler.TransportResponse protocolError(
      DirectHandler.TransportRequest request,
      DirectHandler.EventType event,
      Status status,
      ServerResponseHeaders headers,
      String message) {
    Problem problem =
        Problem.of(
            Math.max(400, status.code()),
            event == DirectHandler.EventType.PAYLOAD_TOO_LARGE
                ? "body_too_large"
                : "bad_http_request",
            "the request is not valid HTTP/1.1: " + status.reasonPhrase(),
            "check the request line, the headers and the length of the body");
    return DirectHandler.TransportResponse.builder()
        .status(status)
        .headers(headers)
        .header(Answers.JSON)
        .entity(Answers.bytes(problem))
        .build();
  }
}
