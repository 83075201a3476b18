package io.onex.integration.zipkin;

import io.onex.event.JsonCursor;
import io.onex.event.JsonFields;
import io.onex.event.JsonKind;
import io.onex.event.Slice;
import java.util.Locale;
import java.util.Optional;

/// What a span needs of the body of an `OPERATION_ENDED` record, whose fields are defined in
/// `docs/reference/format/operation.md`.
///
/// Reused from record to record; one thread at a time. Text is JSON text: the bytes between the
/// quotes, escapes left in; empty when absent or null.
final class EndedOperation {
  private static final int TRACE_ID_DIGITS = 32;
  private static final int SPAN_ID_DIGITS = 16;

  private final JsonCursor cursor = new JsonCursor();

  Slice traceId = Slice.EMPTY;
  Slice spanId = Slice.EMPTY;
  Slice parentSpanId = Slice.EMPTY;
  Slice family = Slice.EMPTY;
  Slice nodeId = Slice.EMPTY;
  Slice nodeName = Slice.EMPTY;
  Slice version = Slice.EMPTY;
  Slice operation = Slice.EMPTY;
  Slice function = Slice.EMPTY;
  Slice correlationId = Slice.EMPTY;
  Slice outcome = Slice.EMPTY;
  Slice durationSource = Slice.EMPTY;
  Slice errorMessage = Slice.EMPTY;
  Slice errorType = Slice.EMPTY;
  Slice errorCode = Slice.EMPTY;
  Slice startEventId = Slice.EMPTY;
  Slice endEventId = Slice.EMPTY;
  long startMicros;
  long durationMicros;
  boolean clockCorrected;

  /// Reads the body; empty when a span can be made of it, else why not.
  Optional<String> read(Slice body) {
    clear();
    cursor.enter(body);
    while (cursor.next()) {
      member();
    }
    if (!isHex(traceId, TRACE_ID_DIGITS)) {
      return Optional.of("the operation has no trace_id of 32 hex digits");
    }
    if (!isHex(spanId, SPAN_ID_DIGITS)) {
      return Optional.of("the operation has no span_id of 16 hex digits");
    }
    if (!parentSpanId.isEmpty() && !isHex(parentSpanId, SPAN_ID_DIGITS)) {
      return Optional.of("the operation's parent_span_id is not 16 hex digits");
    }
    return startMicros > 0
        ? Optional.empty()
        : Optional.of("the operation has no start_us after 1970");
  }

  boolean isError() {
    return is(outcome, "error");
  }

  boolean isNode() {
    return is(family, "node");
  }

  private void member() {
    switch (cursor.key()) {
      case "trace_id" -> traceId = inner();
      case "span_id" -> spanId = inner();
      case "parent_span_id" -> parentSpanId = inner();
      case "family" -> family = inner();
      case "node_id" -> nodeId = inner();
      case "node_name" -> nodeName = inner();
      case "version" -> version = inner();
      case "operation" -> operation = inner();
      case "function" -> function = inner();
      case "correlation_id" -> correlationId = inner();
      case "outcome" -> outcome = inner();
      case "duration_source" -> durationSource = inner();
      case "start_event_id" -> startEventId = inner();
      case "end_event_id" -> endEventId = inner();
      case "start_us" -> startMicros = cursor.integer(0);
      case "duration_us" -> durationMicros = cursor.integer(0);
      case "clock_corrected" -> clockCorrected = cursor.kind() == JsonKind.TRUE;
      case "error" -> error(cursor.value());
      default -> {
        // A newer gateway may say more.
      }
    }
  }

  private void error(Slice error) {
    errorMessage = JsonFields.inner(JsonFields.find(error, "message"));
    errorType = JsonFields.inner(JsonFields.find(error, "type"));
    errorCode = JsonFields.inner(JsonFields.find(error, "code"));
  }

  private Slice inner() {
    return JsonFields.inner(cursor.value());
  }

  private void clear() {
    traceId = spanId = parentSpanId = family = nodeId = nodeName = version = Slice.EMPTY;
    operation = function = correlationId = outcome = durationSource = Slice.EMPTY;
    errorMessage = errorType = errorCode = startEventId = endEventId = Slice.EMPTY;
    startMicros = durationMicros = 0;
    clockCorrected = false;
  }

  private static boolean is(Slice text, String lowerCase) {
    return text.utf8().toLowerCase(Locale.ROOT).equals(lowerCase);
  }

  private static boolean isHex(Slice text, int digits) {
    if (text.length() != digits) {
      return false;
    }
    boolean allZero = true;
    for (int p = text.offset(); p < text.end(); p++) {
      byte c = text.array()[p];
      if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
        return false;
      }
      allZero &= c == '0';
    }
    return !allZero;
  }
}
