package io.onex.operation;

import io.onex.bytes.Id128;
import io.onex.bytes.Slice;
import io.onex.routing.SpanTargets;
import org.jspecify.annotations.Nullable;

/// A START that waits for its END, and its place in the chains of [OpenOperations].
final class OpenOperation {
  final OperationFamily family;
  final Symbol node;
  final Symbol operation;
  final Symbol label;
  final boolean labelIsType;
  final Symbol function;
  final Symbol version;
  final @Nullable CorrelationId correlation;
  final @Nullable Id128 trace;

  /// As the sender wrote it; in the TELEMETRY family perhaps in another zone.
  final long startMicros;

  final long ingestMicros;

  /// Log time at which it was taken in: never before that of an older one.
  final long logMicros;

  /// Tracing destinations that rules sent its START to.
  final SpanTargets spansTo;

  final long spanId;
  private final byte[] startEventId;
  private final PairKey key;

  /// Bytes of memory its texts take that no other shares.
  final int ownBytes;

  /// Span of the operation it began in; 0 when none.
  long parentSpanId;

  boolean stuck;

  // By age, among the running or among the stuck ones.
  @Nullable OpenOperation older;
  @Nullable OpenOperation newer;

  // Those with the same key, in the order they are to be paired; the first one knows the last.
  @Nullable OpenOperation sameKeyBefore;
  @Nullable OpenOperation sameKeyAfter;
  @Nullable OpenOperation sameKeyLast;

  // Those with the same correlation id, as they enclose each other.
  @Nullable OpenOperation inner;
  @Nullable OpenOperation outer;

  OpenOperation(OperationEvent start, long logMicros) {
    this(
        start.role().family(),
        start.node(),
        start.operation(),
        start.label(),
        start.labelIsType(),
        start.function(),
        start.version(),
        start.correlation(),
        start.trace(),
        start.eventMicros(),
        start.ingestMicros(),
        logMicros,
        start.eventId().toByteArray(),
        start.spansTo());
  }

  OpenOperation(
      OperationFamily family,
      Symbol node,
      Symbol operation,
      Symbol label,
      boolean labelIsType,
      Symbol function,
      Symbol version,
      @Nullable CorrelationId correlation,
      @Nullable Id128 trace,
      long startMicros,
      long ingestMicros,
      long logMicros,
      byte[] startEventId,
      SpanTargets spansTo) {
    this.family = family;
    this.node = node;
    this.operation = operation;
    this.label = label;
    this.labelIsType = labelIsType;
    this.function = function;
    this.version = version;
    this.correlation = correlation;
    this.trace = trace;
    this.startMicros = startMicros;
    this.ingestMicros = ingestMicros;
    this.logMicros = logMicros;
    this.startEventId = startEventId;
    this.spansTo = spansTo;
    this.key = new PairKey(family, correlation, node, operation);
    this.ownBytes =
        startEventId.length
            + node.ownBytes()
            + operation.ownBytes()
            + (label.equals(operation) ? 0 : label.ownBytes())
            + function.ownBytes()
            + version.ownBytes()
            + (correlation == null ? 0 : correlation.textBytes());
    this.spanId = OperationIds.spanId(Slice.of(startEventId));
  }

  PairKey key() {
    return key;
  }

  Slice startEventId() {
    return Slice.of(startEventId);
  }
}
