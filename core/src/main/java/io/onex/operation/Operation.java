package io.onex.operation;

import io.onex.bytes.Id128;
import io.onex.bytes.Slice;
import io.onex.event.EventType;
import io.onex.routing.SpanTargets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// A START and its END as one thing: what a derived record OPERATION_ENDED or OPERATION_STUCK says.
///
/// The JSON body is described in `docs/reference/format/operation.md`; [#read] reads it.
///
/// @param node the node id as sent
/// @param nodeName the node id without version and instance
/// @param version of the node; empty when unknown
/// @param operation what was called; empty when unknown
/// @param function the decorated function, TELEMETRY only; empty when unknown
/// @param spanId identifies the operation, also while it is stuck; never 0
/// @param parentSpanId of the operation it is nested in; 0 when none is known
/// @param startMicros microseconds since the epoch, UTC, corrected; the end when nothing tells
/// @param endMicros microseconds since the epoch, UTC; 0 when stuck
/// @param durationMicros at least 0, or -1 when nothing tells
/// @param error why it failed; null unless the outcome is ERROR
/// @param startEventId empty when only the END was seen
/// @param endEventId empty when stuck
/// @param clockCorrected START's own time cannot be right and was not used
/// @param wasStuck an OPERATION_STUCK about it went before; true for that record, too
/// @param spansTo tracing destinations that get its span because rules sent its START or its END
///   there; none when each of them gets it anyway
public record Operation(
    OperationFamily family,
    Symbol node,
    Symbol nodeName,
    Symbol version,
    Symbol operation,
    Symbol function,
    @Nullable CorrelationId correlation,
    Id128 trace,
    long spanId,
    long parentSpanId,
    long startMicros,
    long endMicros,
    long durationMicros,
    DurationSource durationSource,
    Outcome outcome,
    @Nullable OperationError error,
    Slice startEventId,
    Slice endEventId,
    boolean clockCorrected,
    boolean wasStuck,
    SpanTargets spansTo) {

  public Operation {
    if (startEventId.isEmpty() && endEventId.isEmpty()) {
      throw new IllegalArgumentException("an operation has a START or an END");
    }
    if ((error != null) != (outcome == Outcome.ERROR)) {
      throw new IllegalArgumentException("an error says why, and nothing else does: " + outcome);
    }
    if ((outcome == Outcome.STUCK) != endEventId.isEmpty()) {
      throw new IllegalArgumentException("what is stuck has no END, and all else has: " + outcome);
    }
    if (spanId == 0) {
      throw new IllegalArgumentException("0 is no span id");
    }
  }

  /// Reads the body of a derived record back.
  ///
  /// @throws IllegalArgumentException when it is not the body of an operation
  public static Operation read(Slice body) {
    return OperationJson.read(body);
  }

  /// Event id of the record that concludes an operation, ended.
  ///
  /// @param causeEventId of its START; of its END when no START was seen
  public static Slice endedEventId(Slice causeEventId) {
    return OperationIds.conclusion(EventType.OPERATION_ENDED, causeEventId).uuidUtf8();
  }

  /// The type of the derived record.
  public EventType type() {
    return outcome == Outcome.STUCK ? EventType.OPERATION_STUCK : EventType.OPERATION_ENDED;
  }

  /// Event id of the derived record.
  public String eventId() {
    return eventIdBits().uuidText();
  }

  /// 16 lower-case hex digits.
  public String spanIdHex() {
    return HexFormat.of().toHexDigits(spanId);
  }

  Id128 eventIdBits() {
    return OperationIds.conclusion(type(), isPaired() ? startEventId : endEventId);
  }

  public boolean hasDuration() {
    return durationMicros >= 0;
  }

  /// Whether its START was seen.
  public boolean isPaired() {
    return !startEventId.isEmpty();
  }
}
