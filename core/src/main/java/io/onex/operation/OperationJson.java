package io.onex.operation;

import io.onex.event.Id128;
import io.onex.event.JsonFields;
import io.onex.event.JsonKind;
import io.onex.event.JsonText;
import io.onex.event.JsonWriter;
import io.onex.event.Slice;
import io.onex.log.RecordFlags;
import io.onex.log.RecordKind;
import io.onex.log.RecordWriter;
import io.onex.log.SourceKind;
import io.onex.log.fold.Fold;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Operations as JSON bodies of derived records, written and read (format:
/// `docs/reference/format/operation.md`).
///
/// Reused for every conclusion; one thread at a time.
final class OperationJson {
  private final JsonWriter json = new JsonWriter(1024);

  /// Concludes `operation` as one derived record taken in at `logMicros`.
  void conclude(Operation operation, long logMicros, Fold.Conclusions conclusions) {
    json.clear();
    Slice eventId = operation.eventIdBits().uuidUtf8();
    json.literal("{\"event_id\":").escapedText(eventId);
    json.literal(",\"event_type\":\"").literal(operation.type().name());
    json.literal("\",\"operation_id\":").escapedText(operation.operationIdBits().uuidUtf8());
    json.literal(",\"family\":\"").literal(operation.family().text());
    json.literal("\",\"node_id\":");
    int nodeAt = json.size() + 1;
    json.text(operation.node().utf8());
    int nodeLength = json.size() - nodeAt - 1;
    json.literal(",\"node_name\":").text(operation.nodeName().utf8());
    orNull(",\"version\":", operation.version().utf8());
    orNull(",\"operation\":", operation.operation().utf8());
    orNull(",\"function\":", operation.function().utf8());
    CorrelationId correlation = operation.correlation();
    boolean correlationEscaped = false;
    json.literal(",\"correlation_id\":");
    int correlationAt = json.size() + 1;
    if (correlation == null) {
      json.nullValue();
    } else {
      correlationEscaped = correlation.write(json);
    }
    int correlationLength = json.size() - correlationAt - 1;
    spanFields(operation);
    errorFields(operation.error());
    orNull(",\"start_event_id\":", operation.startEventId());
    orNull(",\"end_event_id\":", operation.endEventId());
    json.literal(",\"clock_corrected\":").bool(operation.clockCorrected());
    json.literal(",\"was_stuck\":").bool(operation.wasStuck()).endObject();

    RecordWriter writer = conclusions.writer();
    long eventMicros =
        operation.outcome() == Outcome.STUCK ? operation.startMicros() : operation.endMicros();
    writer.begin(RecordKind.DERIVED, operation.type(), eventId, logMicros, eventMicros);
    int flags = RecordFlags.ORIGIN_GATEWAY;
    writer.nodeId(nodeAt, nodeLength);
    flags |= nodeLength == operation.node().length() ? 0 : RecordFlags.NODE_ID_ESCAPED;
    if (correlation != null) {
      writer.correlationId(correlationAt, correlationLength);
      flags |= correlationEscaped ? RecordFlags.CORRELATION_ID_ESCAPED : 0;
    }
    Slice body = json.written();
    writer
        .flags(flags)
        .source(SourceKind.GATEWAY)
        .body(body.array(), body.offset(), body.length())
        .end();
  }

  private void spanFields(Operation operation) {
    json.literal(",\"trace_id\":").hex(operation.trace());
    json.literal(",\"span_id\":").hex(operation.spanId()).literal(",\"parent_span_id\":");
    if (operation.parentSpanId() == 0) {
      json.nullValue();
    } else {
      json.hex(operation.parentSpanId());
    }
    json.literal(",\"start_us\":").number(operation.startMicros()).literal(",\"end_us\":");
    if (operation.outcome() == Outcome.STUCK) {
      json.nullValue();
    } else {
      json.number(operation.endMicros());
    }
    json.literal(",\"duration_us\":");
    if (operation.hasDuration()) {
      json.number(operation.durationMicros());
    } else {
      json.nullValue();
    }
    json.literal(",\"duration_source\":\"").literal(operation.durationSource().text());
    json.literal("\",\"outcome\":\"").literal(operation.outcome().text());
  }

  private void errorFields(@Nullable OperationError error) {
    json.literal("\",\"error\":");
    if (error == null) {
      json.nullValue();
      return;
    }
    orNull("{\"message\":", Slice.utf8(error.message()));
    orNull(",\"type\":", Slice.utf8(error.type()));
    orNull(",\"code\":", Slice.utf8(error.code()));
    json.endObject();
  }

  /// Writes `before`, a comma and a key, as it is: keys are constant and need no escaping.
  private void orNull(String before, Slice text) {
    json.literal(before);
    if (text.isEmpty()) {
      json.nullValue();
    } else {
      json.text(text);
    }
  }

  static Operation read(Slice body) {
    Slice error = JsonFields.find(body, "error");
    return new Operation(
        OperationFamily.ofText(text(body, "family")),
        symbol(body, "node_id"),
        symbol(body, "node_name"),
        symbol(body, "version"),
        symbol(body, "operation"),
        symbol(body, "function"),
        CorrelationId.of(utf8(body, "correlation_id")),
        Id128.of(utf8(body, "trace_id")),
        span(body, "span_id"),
        span(body, "parent_span_id"),
        micros(body, "start_us", 0),
        micros(body, "end_us", 0),
        micros(body, "duration_us", -1),
        DurationSource.ofText(text(body, "duration_source")),
        Outcome.ofText(text(body, "outcome")),
        JsonFields.kind(error) == JsonKind.OBJECT
            ? new OperationError(text(error, "message"), text(error, "type"), text(error, "code"))
            : null,
        utf8(body, "start_event_id"),
        utf8(body, "end_event_id"),
        JsonFields.kind(JsonFields.find(body, "clock_corrected")) == JsonKind.TRUE,
        JsonFields.kind(JsonFields.find(body, "was_stuck")) == JsonKind.TRUE);
  }

  private static Slice utf8(Slice object, String key) {
    return JsonText.utf8(JsonFields.inner(JsonFields.find(object, key)));
  }

  private static String text(Slice object, String key) {
    return utf8(object, key).utf8();
  }

  private static Symbol symbol(Slice object, String key) {
    return Symbol.of(utf8(object, key));
  }

  private static long micros(Slice object, String key, long otherwise) {
    return JsonFields.integer(JsonFields.find(object, key), otherwise);
  }

  private static long span(Slice object, String key) {
    String hex = text(object, key);
    return hex.isEmpty() ? 0 : HexFormat.fromHexDigitsToLong(hex);
  }
}
