package io.onex.routing;

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

/// The control record that says: from here on, these rules.
///
/// Its body is `{"event_id":…,"event_type":"RULES_CHANGED","epoch":…,"rules":{…}}`, the rules in
/// their canonical form.
public final class RulesChange {
  private RulesChange() {}

  /// Adds the record to `writer`. The time is part of its id, since rules may come back.
  ///
  /// @param ingestTimeMicros now, in microseconds since the epoch
  public static void write(RecordWriter writer, Rules rules, long ingestTimeMicros) {
    String id = "rules-" + rules.epoch() + "-" + ingestTimeMicros;
    JsonWriter json = new JsonWriter(512);
    json.beginObject().key("event_id").text(id);
    json.key("event_type").text(EventType.RULES_CHANGED.name());
    json.key("epoch").text(rules.epoch());
    json.key("rules").raw(rules.json()).endObject();
    Slice body = json.written();
    writer
        .begin(
            RecordKind.CONTROL,
            EventType.RULES_CHANGED,
            Slice.utf8(id),
            ingestTimeMicros,
            ingestTimeMicros)
        .flags(RecordFlags.ORIGIN_GATEWAY)
        .source(SourceKind.GATEWAY)
        .body(body.array(), body.offset(), body.length())
        .end();
  }

  /// The rules that `record` brings, when it is such a record.
  ///
  /// @throws IllegalArgumentException when it is one that this version cannot read
  public static Optional<Rules> read(Record record) {
    boolean change =
        record.kind() == RecordKind.CONTROL
            && record.frame().typeId() == EventType.RULES_CHANGED.id();
    return change
        ? Optional.of(Rules.parse(JsonFields.find(record.body(), "rules")))
        : Optional.empty();
  }
}
