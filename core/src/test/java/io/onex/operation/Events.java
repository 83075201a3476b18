package io.onex.operation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.onex.bytes.Slice;
import io.onex.event.EventType;
import io.onex.log.Position;
import io.onex.log.Record;
import io.onex.log.RecordFlags;
import io.onex.log.RecordFrame;
import io.onex.log.RecordKind;
import io.onex.log.RecordWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/// Makes records of event JSON with Jackson's offsets, so that the tests share no parser with what
/// they test. Times without zone are UTC.
final class Events {
  private static final JsonFactory JSON = new JsonFactory();

  private Events() {}

  static long micros(String time) {
    Instant instant =
        time.endsWith("Z")
            ? Instant.parse(time)
            : LocalDateTime.parse(time).toInstant(ZoneOffset.UTC);
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  /// The record of `json`, taken in when its timestamp says.
  static Record record(String json) {
    return record(json, Long.MIN_VALUE);
  }

  static Record record(String json, long ingestMicros) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    RecordWriter writer = new RecordWriter(body.length + 256);
    try (JsonParser parser = JSON.createParser(body)) {
      Fields fields = new Fields();
      fields.read(parser, body);
      long event = micros(fields.timestamp);
      writer
          .begin(
              RecordKind.EVENT,
              EventType.of(fields.eventType),
              Slice.utf8(fields.eventId),
              ingestMicros == Long.MIN_VALUE ? event : ingestMicros,
              event)
          .body(body, 0, body.length);
      fields.place(writer);
      writer.end();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Record.of(new RecordFrame(writer.encoded().toByteArray(), 0, Position.START));
  }

  private static final class Fields {
    private String eventId = "";
    private String eventType = "";
    private String timestamp = "";
    private int nodeAt = -1;
    private int nodeLength;
    private int correlationAt = -1;
    private int correlationLength;
    private int metadataAt = -1;
    private int metadataLength;
    private int flags;

    void read(JsonParser parser, byte[] body) throws IOException {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String key = parser.currentName();
        JsonToken value = parser.nextToken();
        int at = (int) parser.currentTokenLocation().getByteOffset();
        if (value == JsonToken.START_OBJECT) {
          parser.skipChildren();
          if (key.equals("metadata")) {
            metadataAt = at;
            metadataLength = (int) parser.currentLocation().getByteOffset() - at;
          }
        } else if (value == JsonToken.VALUE_STRING) {
          text(key, parser.getText(), at, body);
        }
      }
    }

    private void text(String key, String text, int at, byte[] body) {
      int end = at + 1;
      while (body[end] != '"') {
        end += body[end] == '\\' ? 2 : 1;
      }
      int length = end - at - 1;
      boolean escaped = length != text.getBytes(StandardCharsets.UTF_8).length;
      switch (key) {
        case "event_id" -> eventId = text;
        case "event_type" -> eventType = text;
        case "timestamp" -> timestamp = text;
        case "node_id" -> {
          nodeAt = at + 1;
          nodeLength = length;
          flags |= escaped ? RecordFlags.NODE_ID_ESCAPED : 0;
        }
        case "correlation_id" -> {
          correlationAt = at + 1;
          correlationLength = length;
          flags |= escaped ? RecordFlags.CORRELATION_ID_ESCAPED : 0;
        }
        default -> {}
      }
    }

    void place(RecordWriter writer) {
      writer.flags(flags);
      if (nodeAt >= 0) {
        writer.nodeId(nodeAt, nodeLength);
      }
      if (correlationAt >= 0) {
        writer.correlationId(correlationAt, correlationLength);
      }
      if (metadataAt >= 0) {
        writer.metadata(metadataAt, metadataLength);
      }
    }
  }
}
