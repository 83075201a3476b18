package io.onex.api;

import io.onex.http.Answers;
import io.onex.http.PageHeaders;
import io.onex.http.Route;
import java.util.List;

/// `GET /`: one plain page that lists what is served here.
public final class FrontPage {
  private FrontPage() {}

  /// The route of a page that lists `routes`.
  public static Route route(String version, List<Route> routes) {
    StringBuilder page = new StringBuilder();
    page.append("onex ").append(version).append("\n\n");
    for (Route route : routes) {
      page.append(
          String.format(
              "%-6s %-32s %s%n",
              route.method().text(), route.path().replace("{+", "{"), route.purpose()));
    }
    String text = page.toString();
    return Route.get(
            "/",
            "this page",
            (request, response) -> {
              PageHeaders.addTo(response);
              Answers.text(response, "text/plain; charset=utf-8", text);
            })
        .asPage();
  }
}
