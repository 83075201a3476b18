package io.onex.http;

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
/// @param vital whether it is answered even when all places for connections are taken
/// @param handler blocking, runs on a virtual thread
public record Route(
    Method method,
    String path,
    String purpose,
    Set<String> parameters,
    boolean vital,
    Handler handler) {
  /// Below it everything is ours. What others define may be asked with parameters of theirs.
  private static final String OWN_API = "/onex/v1/";

  public Route {
    parameters = Set.copyOf(parameters);
  }

  public static Route get(String path, String purpose, Handler handler) {
    return new Route(Method.GET, path, purpose, Set.of(), false, handler);
  }

  public static Route post(String path, String purpose, Handler handler) {
    return new Route(Method.POST, path, purpose, Set.of(), false, handler);
  }

  public static Route delete(String path, String purpose, Handler handler) {
    return new Route(Method.DELETE, path, purpose, Set.of(), false, handler);
  }

  /// The same with query parameters.
  public Route taking(String... names) {
    return new Route(method, path, purpose, Set.of(names), vital, handler);
  }

  /// The same, answered even when all places for connections are taken.
  public Route asVital() {
    return new Route(method, path, purpose, parameters, true, handler);
  }

  boolean isOwnApi() {
    return path.startsWith(OWN_API);
  }

  /// Refuses what is asked of our own API in words it does not know, which would be answered as if
  /// it had not been said.
  ///
  /// @throws ProblemException when there is a query parameter that means nothing here
  void check(ServerRequest request) {
    if (!isOwnApi()) {
      return;
    }
    for (String name : request.query().names()) {
      if (!parameters.contains(name)) {
        throw Problem.of(400, "unknown_parameter", "there is no parameter " + name, hint(name))
            .asException();
      }
    }
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
