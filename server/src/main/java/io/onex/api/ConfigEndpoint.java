package io.onex.api;

import io.onex.http.Answers;
import io.onex.http.Route;
import io.onex.json.JsonWriter;
import java.util.Optional;

/// `GET /onex/v1/config`: the settings in force, and under `pending_restart` those that will be
/// after the next start. Secrets are `***`.
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
                  json.key("pending_restart").beginObject();
                  gateway.pendingSettings().forEach((path, value) -> pending(json, path, value));
                  json.endObject().endObject();
                }));
  }

  private static void pending(JsonWriter json, String path, Optional<String> value) {
    json.key(path);
    if (value.isPresent()) {
      json.text(value.get());
    } else {
      json.nullValue();
    }
  }
}
