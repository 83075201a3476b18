package io.onex.http;

import io.helidon.http.Method;
import io.helidon.webserver.http.Handler;

/// One endpoint.
///
/// @param method the one method it answers
/// @param path Helidon path pattern, such as `/onex/v1/why/{event_id}`
/// @param purpose one line for the page at `/`
/// @param handler blocking, runs on a virtual thread
public record Route(Method method, String path, String purpose, Handler handler) {
  public static Route get(String path, String purpose, Handler handler) {
    return new Route(Method.GET, path, purpose, handler);
  }

  public static Route post(String path, String purpose, Handler handler) {
    return new Route(Method.POST, path, purpose, handler);
  }

  public static Route delete(String path, String purpose, Handler handler) {
    return new Route(Method.DELETE, path, purpose, handler);
  }
}
