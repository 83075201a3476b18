package io.onex.integration.prometheus;

import io.onex.delivery.DeliveryResult;
import io.onex.delivery.EncodeContext;
import io.onex.delivery.Encoding;
import io.onex.delivery.Integration;
import io.onex.delivery.Payload;
import io.onex.delivery.http.BaseUrl;
import io.onex.delivery.http.HttpAnswer;
import io.onex.delivery.http.HttpCall;
import io.onex.delivery.http.HttpTransport;
import io.onex.event.EventType;
import io.onex.log.ControlRecord;
import io.onex.log.DerivedRecord;
import io.onex.log.EventRecord;
import io.onex.log.LogRecord;
import io.onex.log.MetricsRecord;
import io.onex.log.Position;
import io.onex.log.Record;
import io.onex.log.SpanRecord;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Pushes the metrics about events to a Pushgateway when records that rules send here have changed
/// them.
///
/// A push is a digest: it carries every record counted so far, so a record is delivered when an
/// exposition that counts it has been pushed, whichever batch caused that push. `encode` only notes
/// the position of the newest record; `send` takes the snapshot. After an outage one push therefore
/// delivers the whole backlog, batch after batch, without another request.
///
/// At most one push is made per interval. An attempt that comes too early waits, on its own thread,
/// instead of answering "try again", which would count as a failure of the Pushgateway.
///
/// Without a Pushgateway it takes no record: being scraped needs no delivery.
final class PrometheusIntegration implements Integration {
  private final PrometheusSettings settings;
  private final HttpTransport http;
  private final Optional<PushedGroup> group;

  /// @param http closed with the integration
  /// @param group where to push, if anywhere
  PrometheusIntegration(
      PrometheusSettings settings, HttpTransport http, Optional<PushedGroup> group) {
    this.settings = settings;
    this.http = http;
    this.group = group;
  }

  /// What changes the metrics: events, what is audited, and how operations ended.
  @Override
  public boolean takes(Record record) {
    if (group.isEmpty()) {
      return false;
    }
    EventType type = record.type();
    return switch (record) {
      case EventRecord event -> true;
      case LogRecord line -> type.equals(EventType.STRUCTURED_LOG) || type.equals(EventType.AUDIT);
      case DerivedRecord conclusion ->
          type.equals(EventType.OPERATION_ENDED) || type.equals(EventType.OPERATION_STUCK);
      case SpanRecord span -> false;
      case MetricsRecord metrics -> false;
      case ControlRecord decision -> false;
    };
  }

  @Override
  public Encoding encode(List<Record> records, EncodeContext context) {
    Position newest = records.getFirst().position();
    for (Record record : records) {
      newest = record.position().compareTo(newest) > 0 ? record.position() : newest;
    }
    return Encoding.of(new Payload(List.of(), newest.toString(), records.size()));
  }

  @Override
  public DeliveryResult send(Payload payload) throws IOException, InterruptedException {
    return group
        .orElseThrow(() -> new IllegalStateException("nothing is taken without a push_gateway"))
        .deliver(position(payload.target()));
  }

  @Override
  public Probe probe() throws InterruptedException {
    try {
      return ask();
    } catch (IOException e) {
      return new Probe.Unreachable(String.valueOf(e.getMessage()));
    }
  }

  private Probe ask() throws IOException, InterruptedException {
    Optional<BaseUrl> pushGateway = settings.pushGateway();
    Optional<BaseUrl> endpoint = settings.endpoint();
    if (pushGateway.isEmpty() && endpoint.isEmpty()) {
      return new Probe.Unknown("this destination is scraped; it has no address to ask");
    }
    StringBuilder detail = new StringBuilder();
    if (pushGateway.isPresent()) {
      HttpAnswer answer = ready(pushGateway.get());
      if (answer.status() != 200) {
        return unreachable("push_gateway", pushGateway.get(), answer);
      }
      detail.append("Pushgateway at ").append(pushGateway.get().where()).append(" is ready");
    }
    if (endpoint.isPresent()) {
      HttpAnswer answer = ready(endpoint.get());
      if (answer.status() != 200) {
        return unreachable("endpoint", endpoint.get(), answer);
      }
      detail.append(detail.isEmpty() ? "" : ", ");
      detail.append("Prometheus at ").append(endpoint.get().where()).append(" is ready");
    }
    return new Probe.Reachable(detail.toString());
  }

  @Override
  public void close() {
    http.close();
  }

  /// Both programs answer 200 here once they serve.
  private HttpAnswer ready(BaseUrl url) throws IOException, InterruptedException {
    return http.exchange(
        new HttpCall("GET", url.at("/-/ready"), Map.of(), List.of(), settings.timeout()));
  }

  private static Probe unreachable(String setting, BaseUrl url, HttpAnswer answer) {
    return new Probe.Unreachable(
        setting + " " + url.where() + " answers HTTP " + answer.status() + " to /-/ready");
  }

  /// Reads what [Position#toString] wrote.
  private static Position position(String text) {
    int slash = text.indexOf('/');
    return new Position(
        Integer.parseInt(text.substring(0, slash)), Long.parseLong(text.substring(slash + 1)));
  }
}
