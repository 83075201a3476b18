package io.onex.integration.jaeger;

import io.onex.bytes.Slice;
import io.onex.delivery.DeliveryResult;
import io.onex.delivery.EncodeContext;
import io.onex.delivery.Encoding;
import io.onex.delivery.HttpClassification;
import io.onex.delivery.Integration;
import io.onex.delivery.Payload;
import io.onex.delivery.http.BaseUrl;
import io.onex.delivery.http.HttpAnswer;
import io.onex.delivery.http.HttpCall;
import io.onex.delivery.http.HttpTransport;
import io.onex.log.Record;
import io.onex.time.Clock;
import io.onex.wire.zipkin.SpanRequests;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Ended operations as spans, to the Zipkin receiver of Jaeger's collector.
///
/// It answers 202 when the spans have entered its pipeline, before they are stored; 400 to what is
/// no list of spans; 500 or 503 when the pipeline does not take them now.
///
/// Sources: Jaeger 2, `all-in-one.yaml` (receiver `zipkin`, port 9411); OpenTelemetry Collector,
/// `zipkinreceiver`.
final class JaegerIntegration implements Integration {
  private static final Slice NO_SPANS = Slice.utf8("[]");

  private final BaseUrl collector;
  private final Duration timeout;
  private final HttpTransport http;
  private final Clock clock;

  /// @param collector its Zipkin receiver
  /// @param timeout of one request
  /// @param http closed with the integration
  JaegerIntegration(BaseUrl collector, Duration timeout, HttpTransport http, Clock clock) {
    this.collector = collector;
    this.timeout = timeout;
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
    return HttpClassification.of(post(payload.parts()), clock);
  }

  /// The receiver has no page to ask; it takes a list without spans as it would take any.
  @Override
  public Probe probe() throws InterruptedException {
    try {
      int status = post(List.of(NO_SPANS)).status();
      return status >= 200 && status < 300
          ? new Probe.Reachable("the Zipkin receiver at " + collector.where() + " takes spans")
          : new Probe.Unreachable(
              collector.where() + " answers HTTP " + status + " to " + SpanRequests.PATH);
    } catch (IOException e) {
      return new Probe.Unreachable(String.valueOf(e.getMessage()));
    }
  }

  private HttpAnswer post(List<Slice> body) throws IOException, InterruptedException {
    return http.exchange(
        new HttpCall(
            "POST",
            collector.at(SpanRequests.PATH),
            Map.of("Content-Type", SpanRequests.CONTENT_TYPE),
            body,
            timeout));
  }

  @Override
  public void close() {
    http.close();
  }
}
