package io.onex.integration.elk;

import io.onex.bytes.Slice;
import io.onex.event.EventType;
import io.onex.json.JsonFields;
import io.onex.json.JsonKey;
import io.onex.json.JsonKind;
import io.onex.json.JsonWriter;
import io.onex.log.DerivedRecord;
import io.onex.log.LogRecord;
import io.onex.log.Record;
import java.util.Locale;

/// Writes the JSON document of one record after the other.
///
/// The shape is the one the seed sends to Logstash, plus the fields that the seed's pipeline
/// computes there, so that both ways into an index give the same document. Pure; one thread at a
/// time.
final class Document {
  /// Version of the shape of the document.
  static final String VERSION = "1.0.0";

  /// A keyword of more than 32 766 bytes makes Lucene refuse the document. OpenSearch's
  /// `flat_object` has no setting against that, so metadata that could hold such a value goes into
  /// a field that is kept but not indexed. JSON text is never shorter than what it stands for, and
  /// the path of a value stands in it too.
  static final int LARGEST_INDEXED_METADATA_BYTES = 32_000;

  private static final Slice NO_METADATA = Slice.utf8("{}");

  /// Members that are the same in every document.
  private static final Slice ORIGIN =
      Slice.utf8("\"source\":\"onex\",\"version\":\"" + VERSION + "\"");

  private static final JsonKey TIMESTAMP = JsonKey.of("@timestamp");
  private static final JsonKey EVENT_ID = JsonKey.of("event_id");
  private static final JsonKey EVENT_TYPE = JsonKey.of("event_type");
  private static final JsonKey NODE_ID = JsonKey.of("node_id");
  private static final JsonKey CORRELATION_ID = JsonKey.of("correlation_id");
  private static final JsonKey METADATA = JsonKey.of("metadata");
  private static final JsonKey METADATA_UNINDEXED = JsonKey.of("metadata_unindexed");
  private static final JsonKey DURATION_SECONDS = JsonKey.of("duration_seconds");

  private final int largestIndexedBytes;
  private final Findings findings = new Findings();
  private final UtcText utc = new UtcText();

  private Document(int largestIndexedBytes) {
    this.largestIndexedBytes = largestIndexedBytes;
  }

  /// For a pipeline that maps fields itself.
  static Document forLogstash() {
    return new Document(Integer.MAX_VALUE);
  }

  /// For indices with the mapping of [IndexTemplate].
  static Document forIndex() {
    return new Document(LARGEST_INDEXED_METADATA_BYTES);
  }

  /// Whether documents of this record stand in the index of logs, not of events.
  static boolean isLog(Record record) {
    return record instanceof LogRecord || is(record, EventType.STRUCTURED_LOG);
  }

  /// Whether the record is of a well-known type; told by its id, for this is asked often.
  static boolean is(Record record, EventType wellKnown) {
    return record.frame().typeId() == wellKnown.id();
  }

  /// Writes the document, on one line whatever white space the sender used.
  ///
  /// @param enrichment members to add, or empty
  void write(JsonWriter json, Record record, boolean timeOutOfRange, Slice enrichment) {
    Slice said = whatItSays(record);
    boolean object = JsonFields.kind(said) == JsonKind.OBJECT;
    findings.read(record, object ? said : Slice.EMPTY);
    json.beginObject();
    json.key(TIMESTAMP).escapedText(utc.instant(record.eventTimeMicros()));
    json.key(EVENT_ID).text(record.eventId());
    json.key(EVENT_TYPE).text(record.type().name());
    textOrNull(json.key(NODE_ID), record.nodeId());
    textOrNull(json.key(CORRELATION_ID), record.correlationId());
    Slice metadata = object ? OneLine.of(said) : NO_METADATA;
    json.key(metadata.length() > largestIndexedBytes ? METADATA_UNINDEXED : METADATA);
    json.raw(metadata);
    json.raw(ORIGIN);
    computed(json, record, timeOutOfRange);
    if (!object && !said.isEmpty()) {
      json.key("message").text(said);
    }
    if (!enrichment.isEmpty()) {
      // The members as they stand; the writer only has to put the comma before them.
      json.raw(enrichment);
    }
    json.endObject();
  }

  private void computed(JsonWriter json, Record record, boolean timeOutOfRange) {
    double seconds = findings.seconds();
    if (seconds >= 0) {
      json.key(DURATION_SECONDS).number(seconds);
    }
    if (!findings.message().isEmpty()) {
      json.key("message").raw(findings.message());
    }
    String level = level(findings.level());
    if (!level.isEmpty()) {
      json.key("level").text(level);
    }
    if (!findings.service().isEmpty()) {
      json.key("service").raw(findings.service());
    }
    boolean alert = is(record, EventType.NODE_FAILURE);
    boolean error =
        alert
            || is(record, EventType.TELEMETRY_OPERATION_ERROR)
            || findings.outcomeIsError()
            || level.equals("ERROR")
            || level.equals("FATAL");
    if (error) {
      json.key("severity").text("error");
    }
    if (error || timeOutOfRange) {
      tags(json, error, alert, timeOutOfRange);
    }
  }

  private static void tags(JsonWriter json, boolean error, boolean alert, boolean outOfRange) {
    json.key("tags").beginArray();
    if (error) {
      json.text("error");
    }
    if (alert) {
      json.text("alert");
    }
    if (outOfRange) {
      json.text("time_out_of_range");
    }
    json.endArray();
  }

  /// The level in the words of the specification, whatever the sender's logging library calls it.
  private static String level(Slice sent) {
    if (sent.isEmpty()) {
      return "";
    }
    String level = JsonFields.text(sent).toUpperCase(Locale.ROOT);
    return switch (level) {
      case "WARNING" -> "WARN";
      case "CRITICAL" -> "FATAL";
      default -> level;
    };
  }

  private static Slice whatItSays(Record record) {
    boolean plain = record instanceof LogRecord && !is(record, EventType.STRUCTURED_LOG);
    return plain || record instanceof DerivedRecord ? record.body() : record.metadata();
  }

  /// An id as it stands in the body is JSON text already, escaped where it needs to be.
  private static void textOrNull(JsonWriter json, Slice inBody) {
    if (inBody.isEmpty()) {
      json.nullValue();
    } else {
      json.escapedText(inBody);
    }
  }
}
