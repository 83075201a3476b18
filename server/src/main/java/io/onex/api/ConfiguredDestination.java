package io.onex.api;

import io.onex.config.Suggestion;
import io.onex.http.Problem;
import java.util.List;

/// Tells a destination about which there is nothing from one that does not exist.
final class ConfiguredDestination {
  private ConfiguredDestination() {}

  /// @throws io.onex.http.ProblemException when no destination is called `name`
  static void require(String name, GatewayView gateway) {
    List<String> names = gateway.destinations().stream().map(DestinationView::name).toList();
    if (!names.contains(name)) {
      throw Problem.notFound(
              "there is no destination " + name,
              Suggestion.nearest(name, names)
                  .map(meant -> "did you mean " + meant + "?")
                  .orElse("GET /onex/v1/status lists the destinations"))
          .asException();
    }
  }
}
