package io.onex.integration;

import io.onex.bytes.Slice;
import io.onex.event.EventType;
import io.onex.log.Position;
import io.onex.log.Record;
import io.onex.log.RecordFrame;
import io.onex.log.RecordKind;
import io.onex.log.RecordWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Makes records as the log holds them, with offsets into the body.
public final class TestRecords {
  /// Ingest time of every record unless said otherwise.
  public static final long INGEST = micros("2026-11-22T09:45:00Z");

  private TestRecords() {}

  public static long micros(String instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(instant));
  }

  /// An event; `nodeId`, `correlationId` are JSON text without quotes, `metadata` is JSON; empty
  /// for none.
  public static Record event(
      String type, String id, String nodeId, String correlationId, String metadata, String at) {
    return event(type, id, nodeId, correlationId, metadata, micros(at), INGEST, 0);
  }

  public static Record event(
      String type,
      String id,
      String nodeId,
      String correlationId,
      String metadata,
      long eventMicros,
      long ingestMicros,
      long offset) {
    StringBuilder body = new StringBuilder("{\"event_type\":\"" + type + "\"");
    int node = add(body, ",\"node_id\":\"", nodeId, "\"");
    int correlation = add(body, ",\"correlation_id\":\"", correlationId, "\"");
    int meta = add(body, ",\"metadata\":", metadata, "");
    body.append('}');
    RecordWriter writer = new RecordWriter(256);
    writer.begin(RecordKind.EVENT, EventType.of(type), Slice.utf8(id), ingestMicros, eventMicros);
    if (!nodeId.isEmpty()) {
      writer.nodeId(node, bytes(nodeId).length);
    }
    if (!correlationId.isEmpty()) {
      writer.correlationId(correlation, bytes(correlationId).length);
    }
    if (!metadata.isEmpty()) {
      writer.metadata(meta, bytes(metadata).length);
    }
    return end(writer, body.toString(), offset);
  }

  /// A record of another kind, whose body says everything.
  public static Record of(RecordKind kind, String type, String id, String body, String at) {
    RecordWriter writer = new RecordWriter(256);
    writer.begin(kind, EventType.of(type), Slice.utf8(id), INGEST, micros(at));
    return end(writer, body, 0);
  }

  private static Record end(RecordWriter writer, String body, long offset) {
    byte[] bytes = bytes(body);
    writer.body(bytes, 0, bytes.length);
    writer.end();
    return Record.of(new RecordFrame(writer.encoded().toByteArray(), 0, new Position(0, offset)));
  }

  private static int add(StringBuilder body, String before, String value, String after) {
    if (value.isEmpty()) {
      return 0;
    }
    body.append(before);
    int at = bytes(body.toString()).length;
    body.append(value).append(after);
    return at;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
