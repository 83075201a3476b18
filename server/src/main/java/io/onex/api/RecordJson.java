package io.onex.api;

import io.onex.http.UtcTime;
import io.onex.json.JsonText;
import io.onex.json.JsonWriter;
import io.onex.log.Record;
import io.onex.log.RecordFlags;
import io.onex.log.SourceKind;
import java.util.Locale;

/// One record as JSON for people: its header spelled out and its body as it was stored.
final class RecordJson {
  private RecordJson() {}

  /// The members of the record, without the braces around them.
  static void members(JsonWriter json, Record record) {
    json.key("position").number(record.position().offset());
    json.key("kind").text(lower(record.kind()));
    json.key("type").text(record.type().name());
    json.key("event_id").text(record.eventId());
    if (!record.nodeId().isEmpty()) {
      json.key("node_id").text(JsonText.unescape(record.nodeId()));
    }
    if (!record.correlationId().isEmpty()) {
      json.key("correlation_id").text(JsonText.unescape(record.correlationId()));
    }
    json.key("event_time").text(UtcTime.text(record.eventTimeMicros()));
    json.key("ingest_time").text(UtcTime.text(record.ingestTimeMicros()));
    json.key("source").text(lower(SourceKind.ofCode(record.frame().sourceId())));
    json.key("flags").beginArray();
    flag(json, record, RecordFlags.REDACTED, "redacted");
    flag(json, record, RecordFlags.REPAIRED, "repaired");
    flag(json, record, RecordFlags.MINTED_ID, "minted_id");
    flag(json, record, RecordFlags.ORIGIN_GATEWAY, "origin_gateway");
    flag(json, record, RecordFlags.TIME_ASSUMED, "time_assumed");
    flag(json, record, RecordFlags.WARNED, "warned");
    flag(json, record, RecordFlags.CONFLICTING, "conflicting");
    json.endArray();
    json.key("body").raw(record.body());
  }

  private static void flag(JsonWriter json, Record record, int flag, String name) {
    if (record.has(flag)) {
      json.text(name);
    }
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
