package io.onex.operation;

import io.onex.bytes.Id128;
import io.onex.bytes.Slice;
import io.onex.event.NoId;
import io.onex.json.JsonCursor;
import io.onex.json.JsonFields;
import io.onex.json.JsonKind;
import io.onex.json.JsonText;
import io.onex.log.Record;
import io.onex.log.RecordFlags;
import io.onex.routing.TracingRules;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the few fields that pairing needs out of the bytes of an event, in one walk over its
/// metadata (keys: onex-facts a3, a4, e2, j2).
///
/// Reused for every record; one thread at a time.
final class OperationEventReader {
  private static final double MICROS_PER_MILLI = 1e3;
  private static final double MICROS_PER_SECOND = 1e6;

  /// A year: what claims to have taken longer is a broken number.
  private static final double MAX_MICROS = 366 * 24 * 3600 * MICROS_PER_SECOND;

  private static final Set<String> FAILED = Set.of("error", "failure", "failed");
  private static final Set<String> TIMED_OUT = Set.of("timeout", "timed_out");

  private final Symbols symbols;
  private final TracingRules rules;
  private final JsonCursor at = new JsonCursor();

  private Slice executionTimeMs = Slice.EMPTY;
  private Slice durationMs = Slice.EMPTY;
  private Slice duration = Slice.EMPTY;
  private Slice operation = Slice.EMPTY;
  private Slice operationType = Slice.EMPTY;
  private Slice function = Slice.EMPTY;
  private Slice version = Slice.EMPTY;
  private Slice status = Slice.EMPTY;
  private Slice success = Slice.EMPTY;
  private Slice outputState = Slice.EMPTY;
  private Slice error = Slice.EMPTY;
  private Slice errorMessage = Slice.EMPTY;
  private Slice errorType = Slice.EMPTY;
  private Slice errorCode = Slice.EMPTY;
  private Slice traceId = Slice.EMPTY;

  private boolean badDuration;
  private DurationSource durationSource = DurationSource.NONE;

  /// @param rules tell where an event is sent that has a part in a span
  OperationEventReader(Symbols symbols, TracingRules rules) {
    this.symbols = symbols;
    this.rules = rules;
  }

  OperationEvent read(Record record, Role role) {
    forget();
    // What wins comes last.
    if (record.has(RecordFlags.SAYS_MORE_BESIDE)) {
      collect(record.body());
    }
    if (record.has(RecordFlags.SAYS_MORE_IN_PAYLOAD)) {
      Slice payload = JsonFields.find(record.body(), "payload");
      prefer(payload.isEmpty() ? JsonFields.find(record.body(), "data") : payload);
    }
    prefer(record.metadata());
    long micros = role.start() ? -1 : durationMicros();
    Symbol named = key(plainText(operation));
    boolean telemetry = role.family() == OperationFamily.TELEMETRY;
    return new OperationEvent(
        role,
        key(plain(record.nodeId(), record.has(RecordFlags.NODE_ID_ESCAPED))),
        telemetry ? named : Symbol.EMPTY,
        telemetry || !named.isEmpty() ? named : symbol(operationType),
        !telemetry && named.isEmpty(),
        symbol(function),
        version(),
        CorrelationId.of(
            plain(record.correlationId(), record.has(RecordFlags.CORRELATION_ID_ESCAPED))),
        trace(record),
        record.eventTimeMicros(),
        record.ingestTimeMicros(),
        micros,
        durationSource,
        badDuration,
        role.start() ? null : error(role),
        record.eventId(),
        rules.of(record));
  }

  private void forget() {
    executionTimeMs = durationMs = duration = Slice.EMPTY;
    operation = operationType = function = version = Slice.EMPTY;
    status = success = outputState = traceId = Slice.EMPTY;
    error = errorMessage = errorType = errorCode = Slice.EMPTY;
    badDuration = false;
    durationSource = DurationSource.NONE;
  }

  /// Collects what goes before all that was collected: where it says a duration or an error, under
  /// whichever key, no other one counts.
  private void prefer(Slice metadata) {
    Slice lesserExecutionTimeMs = executionTimeMs;
    Slice lesserDurationMs = durationMs;
    Slice lesserDuration = duration;
    Slice lesserError = error;
    Slice lesserErrorMessage = errorMessage;
    executionTimeMs = durationMs = duration = error = errorMessage = Slice.EMPTY;
    collect(metadata);
    if (executionTimeMs.isEmpty() && durationMs.isEmpty() && duration.isEmpty()) {
      executionTimeMs = lesserExecutionTimeMs;
      durationMs = lesserDurationMs;
      duration = lesserDuration;
    }
    if (error.isEmpty() && errorMessage.isEmpty()) {
      error = lesserError;
      errorMessage = lesserErrorMessage;
    }
  }

  /// Told apart by their first byte, so that a key costs few comparisons.
  private void collect(Slice metadata) {
    at.enter(metadata);
    while (at.next()) {
      Slice key = at.rawKey();
      if (key.isEmpty() || at.kind() == JsonKind.NULL) {
        continue;
      }
      switch (key.array()[key.offset()]) {
        case 'd' -> {
          durationMs = pick("duration_ms", durationMs);
          duration = pick("duration", duration);
        }
        case 'e' -> {
          executionTimeMs = pick("execution_time_ms", executionTimeMs);
          error = pick("error", error);
          errorMessage = pick("error_message", errorMessage);
          errorType = pick("error_type", errorType);
          errorCode = pick("error_code", errorCode);
        }
        case 'f' -> function = pick("function", function);
        case 'n' -> version = pick("node_version", version);
        case 'o' -> {
          operation = pick("operation", operation);
          operationType = pick("operation_type", operationType);
          outputState = pick("output_state", outputState);
        }
        case 's' -> {
          status = pick("status", status);
          success = pick("success", success);
        }
        case 't' -> traceId = pick("trace_id", traceId);
        default -> {}
      }
    }
  }

  private Slice pick(String key, Slice otherwise) {
    return at.keyIs(key) ? at.value() : otherwise;
  }

  private long durationMicros() {
    long micros = micros(executionTimeMs, MICROS_PER_MILLI, DurationSource.EXECUTION_TIME_MS, -1);
    micros = micros(durationMs, MICROS_PER_MILLI, DurationSource.DURATION_MS, micros);
    return micros(duration, MICROS_PER_SECOND, DurationSource.DURATION, micros);
  }

  private long micros(Slice value, double unit, DurationSource source, long known) {
    if (known >= 0 || value.isEmpty()) {
      return known;
    }
    double micros = JsonFields.number(value) * unit;
    if (!(micros >= 0 && micros <= MAX_MICROS)) {
      badDuration = true;
      return known;
    }
    durationSource = source;
    return Math.round(micros);
  }

  /// A text that is only shown.
  private Symbol symbol(Slice value) {
    return symbols.of(KeptText.shown(plainText(value)));
  }

  /// A text by which START and END are paired.
  private Symbol key(Slice utf8) {
    return symbols.of(KeptText.key(utf8));
  }

  private static Slice plainText(Slice value) {
    return JsonText.utf8(JsonFields.inner(value));
  }

  private static Slice plain(Slice inner, boolean escaped) {
    return escaped ? JsonText.utf8(inner) : inner;
  }

  /// A text, or an object of major, minor and patch (onex-facts a9).
  private Symbol version() {
    if (JsonFields.kind(version) != JsonKind.OBJECT) {
      return symbol(version);
    }
    return symbols.of(
        Slice.utf8(
            JsonFields.integer(JsonFields.find(version, "major"), 0)
                + "."
                + JsonFields.integer(JsonFields.find(version, "minor"), 0)
                + "."
                + JsonFields.integer(JsonFields.find(version, "patch"), 0)));
  }

  private @Nullable OperationError error(Role role) {
    String state = JsonFields.text(JsonFields.find(outputState, "status"));
    String reported = JsonFields.text(status);
    boolean timedOut = TIMED_OUT.contains(state) || TIMED_OUT.contains(reported);
    if (!role.failed()
        && !timedOut
        && JsonFields.kind(success) != JsonKind.FALSE
        && !FAILED.contains(state)
        && !FAILED.contains(reported)) {
      return null;
    }
    String type = JsonFields.text(errorType);
    return new OperationError(
        message(), type.isEmpty() && timedOut ? "timeout" : type, JsonFields.text(errorCode));
  }

  private String message() {
    // An error given as an object has its message inside.
    Slice told =
        JsonFields.kind(error) == JsonKind.OBJECT ? JsonFields.find(error, "message") : error;
    String message = JsonFields.text(told);
    if (message.isEmpty()) {
      message = JsonFields.text(errorMessage);
    }
    return message.isEmpty() ? JsonFields.text(JsonFields.find(outputState, "message")) : message;
  }

  /// The trace id of the metadata, of the body, or of the payload of an envelope, in this order;
  /// one that means none is passed over.
  private @Nullable Id128 trace(Record record) {
    Id128 trace = told(traceId);
    if (trace == null && !record.has(RecordFlags.NO_TRACE_ID)) {
      trace = told(JsonFields.find(record.body(), "trace_id"));
      if (trace == null) {
        trace = told(JsonFields.find(record.body(), "payload", "trace_id"));
      }
    }
    return trace;
  }

  private static @Nullable Id128 told(Slice value) {
    Slice text = plainText(value);
    if (NoId.means(text)) {
      return null;
    }
    Id128 trace = Id128.ofTrace(text);
    return trace.isZero() ? null : trace;
  }
}
