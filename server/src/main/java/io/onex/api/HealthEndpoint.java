package io.onex.api;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.onex.http.Answers;
import io.onex.http.Route;
import io.onex.json.JsonWriter;
import java.util.List;
import java.util.function.Supplier;

/// `GET /health` says whether everything that has work gets on with it, `GET /ready` whether the
/// gateway takes events in and delivers them. Both speak of the gateway process alone: a
/// destination that is down is no reason to restart it.
public final class HealthEndpoint {
  private final ProgressWatch progress;
  private final Supplier<Readiness> readiness;
  private final Supplier<String> unavailable;

  /// @param unavailable why the log cannot append; empty when it can
  public HealthEndpoint(
      ProgressWatch progress, Supplier<Readiness> readiness, Supplier<String> unavailable) {
    this.progress = progress;
    this.readiness = readiness;
    this.unavailable = unavailable;
  }

  public List<Route> routes() {
    return List.of(
        Route.get("/health", "is every part of the gateway getting on", this::health).asProbe(),
        Route.get("/ready", "are events taken in and delivered", this::ready).asProbe());
  }

  private void health(ServerRequest request, ServerResponse response) {
    List<ProgressWatch.Stuck> stuck = progress.stuck();
    Answers.json(
        response,
        stuck.isEmpty() ? 200 : 503,
        json -> {
          json.beginObject().key("status").text(stuck.isEmpty() ? "healthy" : "unhealthy");
          json.key("watched").beginArray();
          progress.names().forEach(json::text);
          json.endArray();
          json.key("stuck").beginArray();
          stuck.forEach(one -> write(json, one));
          json.endArray().endObject();
        });
  }

  /// One that is stuck, in the answer here and in that of the status.
  static void write(JsonWriter json, ProgressWatch.Stuck one) {
    json.beginObject().key("name").text(one.name());
    json.key("for_seconds").number(one.since().toSeconds());
    json.key("reason").text(one.reason()).endObject();
  }

  private void ready(ServerRequest request, ServerResponse response) {
    Readiness now = readiness.get();
    Answers.json(
        response,
        now == Readiness.READY ? 200 : 503,
        json -> {
          json.beginObject().key("status").text(now.text());
          if (now == Readiness.LOG_UNAVAILABLE) {
            json.key("reason").text(unavailable.get());
          }
          json.endObject();
        });
  }
}
