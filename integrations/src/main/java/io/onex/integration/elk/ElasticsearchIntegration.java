package io.onex.integration.elk;

import io.onex.bytes.Slice;
import io.onex.delivery.DeliveryResult;
import io.onex.delivery.EncodeContext;
import io.onex.delivery.Encoding;
import io.onex.delivery.HttpClassification;
import io.onex.delivery.Integration;
import io.onex.delivery.Payload;
import io.onex.delivery.http.HttpAnswer;
import io.onex.delivery.http.HttpTransport;
import io.onex.json.JsonWriter;
import io.onex.log.Record;
import io.onex.time.Clock;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Documents into the daily indices of Elasticsearch or OpenSearch, by `_bulk`.
///
/// Each document has the record's event id as `_id` and is sent with `create`, so an attempt that
/// is repeated changes nothing: a document that is already there is a conflict, which counts as
/// taken.
final class ElasticsearchIntegration implements Integration {
  /// Only what [BulkAnswer] reads; the rest would be several times the size.
  static final String BULK =
      "/_bulk?filter_path=errors,items.*.status,items.*.error.type,items.*.error.reason";

  /// What an item has beyond the body of its record: the action, computed fields, other spellings.
  private static final int OVERHEAD_BYTES = 256;

  private final SearchEngine engine;
  private final ElkSettings settings;
  private final HttpTransport http;
  private final Clock clock;
  private final Optional<TemplateInstaller> template;

  /// @param http closed with the integration
  ElasticsearchIntegration(
      SearchEngine engine,
      ElkSettings settings,
      HttpTransport http,
      Clock clock,
      Optional<TemplateInstaller> template) {
    this.engine = engine;
    this.settings = settings;
    this.http = http;
    this.clock = clock;
    this.template = template;
  }

  @Override
  public boolean takes(Record record) {
    return ElkRecords.take(record);
  }

  @Override
  public Encoding encode(List<Record> records, EncodeContext context) {
    Document document = Document.forIndex();
    BulkAction action = new BulkAction(settings.indexPrefix());
    BodyParts body = new BodyParts(records, OVERHEAD_BYTES);
    for (Record record : records) {
      JsonWriter json = body.writerFor(record);
      IndexDay day = IndexDay.of(record);
      action.write(json, Document.isLog(record), day.epochDay(), record.eventId());
      document.write(json, record, day.outOfRange(), context.enrichment(record));
      json.newLine();
    }
    List<Slice> parts = settings.gzip() ? List.of(Gzip.of(body.parts())) : body.parts();
    return Encoding.of(new Payload(parts, "_bulk", records.size()));
  }

  @Override
  public DeliveryResult send(Payload payload) throws IOException, InterruptedException {
    if (template.isPresent()) {
      Optional<DeliveryResult> obstacle = template.get().ensure();
      if (obstacle.isPresent()) {
        return obstacle.get();
      }
    }
    HttpAnswer answer = engine.post(BULK, payload.parts(), settings.gzip());
    return answer.status() == 200
        ? BulkAnswer.read(answer.body(), payload.items())
        : HttpClassification.of(answer, clock);
  }

  @Override
  public Probe probe() throws InterruptedException {
    return EngineProbe.of(engine);
  }

  @Override
  public void close() {
    http.close();
  }
}
