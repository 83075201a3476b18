package io.onex.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.onex.config.Suggestion;
import java.util.Set;
import java.util.TreeSet;

/// One endpoint.
///
/// @param method the one method it answers; what answers GET answers HEAD
/// @param path Helidon path pattern, such as `/onex/v1/why/{event_id}`
/// @param purpose one line for the page at `/`
/// @param parameters names of the query parameters it knows
/// @param use what it is asked for
/// @param vital whether it is answered even when all places for connections are taken
/// @param handler blocking, runs on a virtual thread
public record Route(
    Method method,
    String path,
    String purpose,
    Set<String> parameters,
    Use use,
    boolean vital,
    Handler handler) {
  /// Below it everything is ours. What others define may be asked with parameters of theirs.
  private static final String OWN_API = "/onex/v1/";

  /// What a route is asked for, by which browsers are treated.
  public enum Use {
    /// What pages of strangers must not get at.
    DATA,
    /// A page, which other pages may link to.
    PAGE,
    /// Whether the gateway is well, which balancers ask under names of theirs.
    PROBE
  }

  public Route {
    parameters = Set.copyOf(parameters);
  }

  public static Route get(String path, String purpose, Handler handler) {
    return new Route(Method.GET, path, purpose, Set.of(), Use.DATA, false, handler);
  }

  public static Route post(String path, String purpose, Handler handler) {
    return new Route(Method.POST, path, purpose, Set.of(), Use.DATA, false, handler);
  }

  public static Route delete(String path, String purpose, Handler handler) {
    return new Route(Method.DELETE, path, purpose, Set.of(), Use.DATA, false, handler);
  }

  /// The same with query parameters.
  public Route taking(String... names) {
    return new Route(method, path, purpose, Set.of(names), use, vital, handler);
  }

  /// The same, answered even when all places for connections are taken.
  public Route asVital() {
    return new Route(method, path, purpose, parameters, use, true, handler);
  }

  /// The same, for balancers: answered under any name, and even when all places are taken.
  public Route asProbe() {
    return new Route(method, path, purpose, parameters, Use.PROBE, true, handler);
  }

  /// The same, as a page that other pages may link to.
  public Route asPage() {
    return new Route(method, path, purpose, parameters, Use.PAGE, vital, handler);
  }

  boolean isOwnApi() {
    return path.startsWith(OWN_API);
  }

  /// Refuses what is asked of our own API in words it does not know, which would be answered as if
  /// it had not been said, or in a body that is not called JSON: a browser sends other types for
  /// any page without asking first.
  ///
  /// @throws ProblemException when there is a query parameter that means nothing here, or a body of
  ///   another type
  void check(ServerRequest request) {
    if (!isOwnApi()) {
      return;
    }
    if (request.content().hasEntity() && !isJson(request)) {
      throw Problem.of(
              415,
              "unsupported_media_type",
              "the body is not called JSON",
              "send it with Content-Type: application/json")
          .asException();
    }
    for (String name : request.query().names()) {
      if (!parameters.contains(name)) {
        throw Problem.of(400, "unknown_parameter", "there is no parameter " + name, hint(name))
            .asException();
      }
    }
  }

  private static boolean isJson(ServerRequest request) {
    String type = request.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
    int end = type.indexOf(';');
    return (end < 0 ? type : type.substring(0, end)).strip().equalsIgnoreCase("application/json");
  }

  private String hint(String name) {
    String known =
        parameters.isEmpty()
            ? "leave it out"
            : "use " + String.join(", ", new TreeSet<>(parameters));
    return Suggestion.nearest(name, parameters)
        .map(meant -> "did you mean " + meant + "?")
        .orElse(known);
  }
}
