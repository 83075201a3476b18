package io.onex.operation;

import io.onex.bytes.Id128;
import io.onex.bytes.Slice;
import io.onex.routing.SpanTargets;
import org.jspecify.annotations.Nullable;

/// What pairing needs to know of one START or END.
///
/// @param operation the name of the called function's operation; empty in the NODE family, where
///   only some STARTs carry one
/// @param label what the operation is called, which in the NODE family is not part of its identity
/// @param labelIsType whether that is only the type of the operation, as no name was sent
/// @param trace trace id the event itself carries
/// @param eventMicros microseconds since the epoch as its sender wrote them
/// @param durationMicros what an END says it took, at least 0; negative when it says nothing
/// @param badDuration whether it names a duration that cannot be: negative, over a year, no number
/// @param error why it failed; null when it did not, or when it is a START
/// @param eventId shares the array of the record until [#copy]
/// @param spansTo tracing destinations that rules send it to
record OperationEvent(
    Role role,
    Symbol node,
    Symbol operation,
    Symbol label,
    boolean labelIsType,
    Symbol function,
    Symbol version,
    @Nullable CorrelationId correlation,
    @Nullable Id128 trace,
    long eventMicros,
    long ingestMicros,
    long durationMicros,
    DurationSource durationSource,
    boolean badDuration,
    @Nullable OperationError error,
    Slice eventId,
    SpanTargets spansTo) {

  PairKey key() {
    return new PairKey(role.family(), correlation, node, operation);
  }

  /// The same, sharing no array with the record it was read from.
  OperationEvent copy() {
    return new OperationEvent(
        role,
        node,
        operation,
        label,
        labelIsType,
        function,
        version,
        correlation,
        trace,
        eventMicros,
        ingestMicros,
        durationMicros,
        durationSource,
        badDuration,
        error,
        Slice.of(eventId.toByteArray()),
        spansTo);
  }
}
