package io.onex.integration.zipkin;

import io.onex.delivery.DeliveryResult;
import io.onex.delivery.EncodeContext;
import io.onex.delivery.Encoding;
import io.onex.delivery.HttpClassification;
import io.onex.delivery.Integration;
import io.onex.delivery.Payload;
import io.onex.delivery.http.HttpCall;
import io.onex.delivery.http.HttpTransport;
import io.onex.event.EventType;
import io.onex.event.JsonWriter;
import io.onex.log.DerivedRecord;
import io.onex.log.Record;
import io.onex.time.Clock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Ended operations as spans, to `POST /api/v2/spans`.
///
/// Zipkin answers 202 when it has taken the spans, before they are stored, and merges spans of the
/// same id, so a repeated attempt changes nothing.
final class ZipkinIntegration implements Integration {
  static final String PATH = "/api/v2/spans";

  private static final int SPAN_BYTES = 640;

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
    return record instanceof DerivedRecord && record.type().equals(EventType.OPERATION_ENDED);
  }

  @Override
  public Encoding encode(List<Record> records, EncodeContext context) {
    JsonWriter json = new JsonWriter(SPAN_BYTES * records.size() + 2).beginArray();
    EndedOperation operation = new EndedOperation();
    List<Encoding.Refusal> refused = new ArrayList<>();
    for (int i = 0; i < records.size(); i++) {
      operation.read(records.get(i).body());
      Optional<String> flaw = operation.flaw();
      if (flaw.isPresent()) {
        refused.add(new Encoding.Refusal(i, flaw.get()));
      } else {
        SpanJson.write(json, operation);
      }
    }
    json.endArray();
    Payload payload = new Payload(List.of(json.written()), PATH, records.size() - refused.size());
    return new Encoding(payload, refused);
  }

  @Override
  public DeliveryResult send(Payload payload) throws IOException, InterruptedException {
    return HttpClassification.of(
        http.exchange(
            new HttpCall(
                "POST",
                settings.url().at(PATH),
                Map.of("Content-Type", "application/json"),
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
