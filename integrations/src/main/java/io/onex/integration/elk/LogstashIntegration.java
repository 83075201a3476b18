package io.onex.integration.elk;

import io.onex.bytes.Slice;
import io.onex.delivery.DeliveryResult;
import io.onex.delivery.EncodeContext;
import io.onex.delivery.Encoding;
import io.onex.delivery.HttpClassification;
import io.onex.delivery.Integration;
import io.onex.delivery.Payload;
import io.onex.delivery.http.BaseUrl;
import io.onex.delivery.http.HttpCall;
import io.onex.delivery.http.HttpTransport;
import io.onex.json.JsonWriter;
import io.onex.log.Record;
import io.onex.time.Clock;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Documents to the HTTP input of Logstash, as one JSON array per request.
///
/// The `json` codec makes one event of each element of an array. NDJSON would need the `json_lines`
/// codec, which the seed's pipeline does not have. Logstash answers for the request as a whole,
/// once its queue has the events.
///
/// Sources: Logstash reference, "Http input plugin" (blocking behaviour, `additional_codecs`) and
/// "Json codec plugin".
final class LogstashIntegration implements Integration {
  private static final int OVERHEAD_BYTES = 160;

  private final BaseUrl url;
  private final ElkSettings settings;
  private final Duration timeout;
  private final HttpTransport http;
  private final Clock clock;
  private final Optional<TemplateInstaller> template;
  private final Optional<SearchEngine> engine;

  /// @param http closed with the integration
  /// @param template of the indices that the pipeline writes to, when their address is known
  /// @param engine that the pipeline writes to, when its address is known
  LogstashIntegration(
      BaseUrl url,
      ElkSettings settings,
      Duration timeout,
      HttpTransport http,
      Clock clock,
      Optional<TemplateInstaller> template,
      Optional<SearchEngine> engine) {
    this.url = url;
    this.settings = settings;
    this.timeout = timeout;
    this.http = http;
    this.clock = clock;
    this.template = template;
    this.engine = engine;
  }

  @Override
  public boolean takes(Record record) {
    return ElkRecords.take(record);
  }

  @Override
  public Encoding encode(List<Record> records, EncodeContext context) {
    Document document = Document.forLogstash();
    BodyParts body = new BodyParts(records, OVERHEAD_BYTES);
    body.current().literal("[");
    String before = "";
    for (Record record : records) {
      JsonWriter json = body.writerFor(record).literal(before);
      document.write(json, record, IndexDay.of(record).outOfRange(), context.enrichment(record));
      before = ",";
    }
    body.current().literal("]");
    List<Slice> parts = settings.gzip() ? List.of(Gzip.of(body.parts())) : body.parts();
    return Encoding.of(new Payload(parts, "", records.size()));
  }

  @Override
  public DeliveryResult send(Payload payload) throws IOException, InterruptedException {
    if (template.isPresent()) {
      Optional<DeliveryResult> obstacle = template.get().ensure();
      if (obstacle.isPresent()) {
        return obstacle.get();
      }
    }
    Map<String, String> headers = new HashMap<>();
    headers.put("Content-Type", "application/json");
    settings.logstashAuthorization().ifPresent(value -> value.addTo(headers));
    if (settings.gzip()) {
      headers.put("Content-Encoding", "gzip");
    }
    return HttpClassification.of(
        http.exchange(new HttpCall("POST", url.at(""), headers, payload.parts(), timeout)), clock);
  }

  /// Logstash makes an event of every request, whatever its method, so only the search engine
  /// behind it can be asked.
  @Override
  public Probe probe() throws InterruptedException {
    return engine.isPresent()
        ? EngineProbe.of(engine.get())
        : new Probe.Unknown("the HTTP input of Logstash makes an event of every request");
  }

  @Override
  public void close() {
    http.close();
  }
}
