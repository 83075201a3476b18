package io.onex.enrichment;

import io.onex.bytes.Slice;
import io.onex.event.EventType;
import io.onex.json.JsonFields;
import io.onex.json.JsonWriter;
import io.onex.log.Record;
import io.onex.log.RecordFlags;
import io.onex.log.RecordKind;
import io.onex.log.RecordWriter;
import io.onex.log.SourceKind;
import java.util.Optional;

/// The control record that says: from here on, this is added to records.
///
/// Its body is `{"event_id":…,"event_type":"ENRICHMENT_CHANGED","epoch":…,"enrichment":{…}}`, the
/// enrichment in its canonical form.
public final class EnrichmentChange {
  private EnrichmentChange() {}

  /// Adds the record to `writer`. The time is part of its id, since an enrichment may come back.
  ///
  /// @param ingestTimeMicros now, in microseconds since the epoch
  public static void write(RecordWriter writer, EnrichmentRules rules, long ingestTimeMicros) {
    String epoch = rules.epoch();
    String id = "enrichment-" + epoch + "-" + ingestTimeMicros;
    JsonWriter json = new JsonWriter(512);
    json.beginObject().key("event_id").text(id);
    json.key("event_type").text(EventType.ENRICHMENT_CHANGED.name());
    json.key("epoch").text(epoch);
    json.key("enrichment").raw(rules.json()).endObject();
    Slice body = json.written();
    writer
        .begin(
            RecordKind.CONTROL,
            EventType.ENRICHMENT_CHANGED,
            Slice.utf8(id),
            ingestTimeMicros,
            ingestTimeMicros)
        .flags(RecordFlags.ORIGIN_GATEWAY)
        .source(SourceKind.GATEWAY)
        .body(body.array(), body.offset(), body.length())
        .end();
  }

  /// The canonical text of the enrichment that `record` brings, when it is such a record.
  static Optional<Slice> read(Record record) {
    boolean change =
        record.kind() == RecordKind.CONTROL
            && record.frame().typeId() == EventType.ENRICHMENT_CHANGED.id();
    return change ? Optional.of(JsonFields.find(record.body(), "enrichment")) : Optional.empty();
  }
}
