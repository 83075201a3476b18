package io.onex.api;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.onex.http.Problem;
import io.onex.http.Route;
import io.onex.metric.exposition.Exposition;
import io.onex.metric.exposition.ExpositionFormat;
import io.onex.metric.exposition.ExpositionPart;
import io.onex.metric.model.MetricFamily;
import io.onex.telemetry.Telemetry;
import io.onex.thread.Crew;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// `GET /metrics`: what events say and what the gateway says about itself, for Prometheus.
///
/// Answered 503 until every record that was there at the start is counted again, so that no counter
/// ever falls.
public final class MetricsEndpoint {
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Supplier<Optional<List<MetricFamily>>> events;
  private final Telemetry telemetry;
  private final Crew crew;

  /// @param events metrics about events; empty while not all are counted
  /// @param crew writes the exposition, which may be large
  public MetricsEndpoint(
      Supplier<Optional<List<MetricFamily>>> events, Telemetry telemetry, Crew crew) {
    this.events = events;
    this.telemetry = telemetry;
    this.crew = crew;
  }

  public Route route() {
    return Route.get("/metrics", "metrics in Prometheus text or OpenMetrics", this::handle)
        .asVital();
  }

  private void handle(ServerRequest request, ServerResponse response) throws Exception {
    ExpositionFormat format =
        ExpositionFormat.negotiate(request.headers().first(HeaderNames.ACCEPT).orElse(""));
    List<ExpositionPart> parts = crew.call(() -> ExpositionPart.of(families()));
    response.header(HeaderValues.create(HeaderNames.CONTENT_TYPE, format.contentType()));
    // Part by part: a reader that is slow holds the text of one, and no thread. Not closed when one
    // fails: what was cut off must not look whole.
    OutputStream out = response.outputStream();
    for (ExpositionPart part : parts) {
      out.write(crew.call(() -> Exposition.write(part, format)));
    }
    out.close();
  }

  private List<MetricFamily> families() {
    List<MetricFamily> all =
        new ArrayList<>(
            events
                .get()
                .orElseThrow(() ->
                    Problem.of(
                            503,
                            "catching_up",
                            "not all records are counted yet after the start",
                            "ask again; GET /onex/v1/status says how far the folds are")
                        .after(RETRY)
                        .asException()));
    all.addAll(Exposition.ofTelemetry(telemetry.snapshot()));
    return all;
  }
}
