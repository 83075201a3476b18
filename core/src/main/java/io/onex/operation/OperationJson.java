package io.onex.operation;

import io.onex.bytes.Id128;
import io.onex.bytes.Slice;
import io.onex.json.JsonCursor;
import io.onex.json.JsonFields;
import io.onex.json.JsonKind;
import io.onex.json.JsonText;
import io.onex.json.JsonWriter;
import io.onex.log.RecordFlags;
import io.onex.log.RecordKind;
import io.onex.log.RecordWriter;
import io.onex.log.SourceKind;
import io.onex.log.fold.Fold;
import io.onex.routing.SpanTargets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Operations as JSON bodies of derived records, written and read (format:
/// `docs/reference/format/operation.md`).
///
/// Reused for every conclusion; one thread at a time.
final class OperationJson {
  private static final Slice FAMILY = Slice.utf8("{\"family\":\"");
  private static final Slice SPANS_TO = Slice.utf8(",\"spans_to\":");
  private static final Slice NODE_ID = Slice.utf8(",\"node_id\":");
  private static final Slice NODE_NAME = Slice.utf8(",\"node_name\":");
  private static final Slice VERSION = Slice.utf8(",\"version\":");
  private static final Slice OPERATION = Slice.utf8(",\"operation\":");
  private static final Slice FUNCTION = Slice.utf8(",\"function\":");
  private static final Slice CORRELATION_ID = Slice.utf8(",\"correlation_id\":");
  private static final Slice TRACE_ID = Slice.utf8(",\"trace_id\":");
  private static final Slice SPAN_ID = Slice.utf8(",\"span_id\":");
  private static final Slice PARENT_SPAN_ID = Slice.utf8(",\"parent_span_id\":");
  private static final Slice START_US = Slice.utf8(",\"start_us\":");
  private static final Slice END_US = Slice.utf8(",\"end_us\":");
  private static final Slice DURATION_US = Slice.utf8(",\"duration_us\":");
  private static final Slice DURATION_SOURCE = Slice.utf8(",\"duration_source\":\"");
  private static final Slice OUTCOME = Slice.utf8("\",\"outcome\":\"");
  private static final Slice QUOTE = Slice.utf8("\"");
  private static final Slice ERROR = Slice.utf8(",\"error\":{");
  private static final Slice START_EVENT_ID = Slice.utf8(",\"start_event_id\":");
  private static final Slice END_EVENT_ID = Slice.utf8(",\"end_event_id\":");
  private static final Slice CLOCK_CORRECTED = Slice.utf8(",\"clock_corrected\":true");
  private static final Slice WAS_STUCK = Slice.utf8(",\"was_stuck\":true");

  private final JsonWriter json = new JsonWriter(1024);

  /// Concludes `operation` as one derived record taken in at `logMicros`.
  void conclude(Operation operation, long logMicros, Fold.Conclusions conclusions) {
    json.clear();
    json.literal(FAMILY).literal(operation.family().text()).literal(QUOTE);
    if (!operation.spansTo().isEmpty()) {
      json.literal(SPANS_TO).literal(operation.spansTo().json());
    }
    json.literal(NODE_ID);
    int nodeAt = json.size() + 1;
    json.text(operation.node().utf8());
    int nodeLength = json.size() - nodeAt - 1;
    json.literal(NODE_NAME).text(operation.nodeName().utf8());
    unlessEmpty(VERSION, operation.version().utf8());
    unlessEmpty(OPERATION, operation.operation().utf8());
    unlessEmpty(FUNCTION, operation.function().utf8());
    CorrelationId correlation = operation.correlation();
    boolean correlationEscaped = false;
    int correlationAt = 0;
    int correlationLength = 0;
    if (correlation != null) {
      json.literal(CORRELATION_ID);
      correlationAt = json.size() + 1;
      correlationEscaped = correlation.write(json);
      correlationLength = json.size() - correlationAt - 1;
    }
    spanFields(operation);
    errorFields(operation.error());
    unlessEmpty(START_EVENT_ID, operation.startEventId());
    int causeAt = json.size() + END_EVENT_ID.length() + 1;
    unlessEmpty(END_EVENT_ID, operation.endEventId());
    int causeLength = json.size() - causeAt - 1;
    if (operation.clockCorrected()) {
      json.literal(CLOCK_CORRECTED);
    }
    if (operation.wasStuck()) {
      json.literal(WAS_STUCK);
    }
    json.endObject();

    RecordWriter writer = conclusions.writer();
    long eventMicros =
        operation.outcome() == Outcome.STUCK ? operation.startMicros() : operation.endMicros();
    writer.begin(
        RecordKind.DERIVED,
        operation.type(),
        operation.eventIdBits().uuidUtf8(),
        logMicros,
        eventMicros);
    int flags = RecordFlags.ORIGIN_GATEWAY;
    writer.nodeId(nodeAt, nodeLength);
    flags |= nodeLength == operation.node().length() ? 0 : RecordFlags.NODE_ID_ESCAPED;
    if (correlation != null) {
      writer.correlationId(correlationAt, correlationLength);
      flags |= correlationEscaped ? RecordFlags.CORRELATION_ID_ESCAPED : 0;
    }
    if (!operation.endEventId().isEmpty()) {
      writer.cause(json.size() - causeAt, causeLength);
    }
    Slice body = json.written();
    writer
        .flags(flags)
        .source(SourceKind.GATEWAY)
        .body(body.array(), body.offset(), body.length())
        .end();
  }

  private void spanFields(Operation operation) {
    json.literal(TRACE_ID).hex(operation.trace());
    json.literal(SPAN_ID).hex(operation.spanId());
    if (operation.parentSpanId() != 0) {
      json.literal(PARENT_SPAN_ID).hex(operation.parentSpanId());
    }
    json.literal(START_US).number(operation.startMicros());
    if (operation.outcome() != Outcome.STUCK) {
      json.literal(END_US).number(operation.endMicros());
    }
    if (operation.hasDuration()) {
      json.literal(DURATION_US).number(operation.durationMicros());
    }
    json.literal(DURATION_SOURCE).literal(operation.durationSource().text());
    json.literal(OUTCOME).literal(operation.outcome().text()).literal(QUOTE);
  }

  /// Only what is known: an error about which nothing is leaves no trace but the outcome.
  private void errorFields(@Nullable OperationError error) {
    if (error == null || error.equals(OperationError.UNKNOWN)) {
      return;
    }
    json.literal(ERROR);
    errorField("message", error.message());
    errorField("type", error.type());
    errorField("code", error.code());
    json.endObject();
  }

  private void errorField(String key, String text) {
    if (!text.isEmpty()) {
      json.key(key).text(text);
    }
  }

  /// Writes `before`, a comma and a key, as it is: keys are constant and need no escaping.
  private void unlessEmpty(Slice before, Slice text) {
    if (!text.isEmpty()) {
      json.literal(before).text(text);
    }
  }

  static Operation read(Slice body) {
    Outcome outcome = Outcome.ofText(text(body, "outcome"));
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
        outcome,
        outcome == Outcome.ERROR ? error(JsonFields.find(body, "error")) : null,
        utf8(body, "start_event_id"),
        utf8(body, "end_event_id"),
        JsonFields.kind(JsonFields.find(body, "clock_corrected")) == JsonKind.TRUE,
        JsonFields.kind(JsonFields.find(body, "was_stuck")) == JsonKind.TRUE,
        targets(JsonFields.find(body, "spans_to")));
  }

  private static SpanTargets targets(Slice array) {
    List<String> names = new ArrayList<>();
    JsonCursor at = new JsonCursor();
    for (at.enter(array); at.next(); ) {
      names.add(at.text());
    }
    return SpanTargets.of(names);
  }

  /// What is not there is not known.
  private static OperationError error(Slice error) {
    return JsonFields.kind(error) == JsonKind.OBJECT
        ? new OperationError(text(error, "message"), text(error, "type"), text(error, "code"))
        : OperationError.UNKNOWN;
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
