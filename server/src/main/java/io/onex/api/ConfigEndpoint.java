package io.onex.api;

import io.onex.http.Answers;
import io.onex.http.Route;

/// `GET /onex/v1/config`: the settings in force, secrets as `***`.
public final class ConfigEndpoint {
  private final GatewayView gateway;

  public ConfigEndpoint(GatewayView gateway) {
    this.gateway = gateway;
  }

  public Route route() {
    return Route.get(
        "/onex/v1/config",
        "the settings in force, without secrets",
        (request, response) ->
            Answers.json(
                response,
                200,
                json -> {
                  json.beginObject();
                  gateway.settings().forEach((path, value) -> json.key(path).text(value));
                  json.endObject();
                }));
  }
}
