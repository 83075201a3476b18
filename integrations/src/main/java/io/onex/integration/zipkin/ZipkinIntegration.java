package io.onex.integration.zipkin;

import io.onex.delivery.DeliveryResult;
import io.onex.delivery.EncodeContext;
import io.onex.delivery.Encoding;
import io.onex.delivery.HttpClassification;
import io.onex.delivery.Integration;
import io.onex.delivery.Payload;
import io.onex.delivery.http.HttpCall;
import io.onex.delivery.http.HttpTransport;
import io.onex.log.Record;
import io.onex.time.Clock;
import io.onex.wire.zipkin.SpanRequests;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// Ended operations as spans, to `POST /api/v2/spans`.
///
/// Zipkin answers 202 when it has taken the spans, before they are stored, and merges spans of the
/// same id, so a repeated attempt changes nothing.
final class ZipkinIntegration implements Integration {
  private final ZipkinSettings settings;
  private final HttpTransport http;
  private final Clock clock;

  /// @param http closed with the integration
  ZipkinIntegration(ZipkinSettings settings, HttpTransport http, Clock clock) {
    this.settings = settings;
    this.http = http;
    this.clock = clock;
  }

  @Override
  public boolean takes(Record record) {
    return SpanRequests.takes(record);
  }

  @Override
  public Encoding encode(List<Record> records, EncodeContext context) {
    return SpanRequests.encode(records);
  }

  @Override
  public DeliveryResult send(Payload payload) throws IOException, InterruptedException {
    return HttpClassification.of(
        http.exchange(
            new HttpCall(
                "POST",
                settings.url().at(SpanRequests.PATH),
                Map.of("Content-Type", SpanRequests.CONTENT_TYPE),
                payload.parts(),
                settings.timeout())),
        clock);
  }

  @Override
  public Probe probe() throws InterruptedException {
    HttpCall call =
        new HttpCall(
            "GET",
            settings.url().at("/health"),
            Map.of("Accept", "application/json"),
            List.of(),
            settings.timeout());
    String where = settings.url().where();
    try {
      int status = http.exchange(call).status();
      return status == 200
          ? new Probe.Reachable("Zipkin at " + where + " is up")
          : new Probe.Unreachable(where + " answers HTTP " + status + " to /health");
    } catch (IOException e) {
      return new Probe.Unreachable(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
