package io.onex.operation;

/// An END that came before its START, or whose START never comes.
final class HeldEnd {
  final OperationEvent end;

  /// Log time at which it was taken in.
  final long logMicros;

  /// Span of the operation it would be nested in; 0 when none.
  final long parentSpanId;

  /// Bytes of memory its texts take that no other shares.
  final int ownBytes;

  /// Its START came, or it was concluded alone.
  boolean done;

  HeldEnd(OperationEvent end, long logMicros, long parentSpanId) {
    this.end = end;
    this.logMicros = logMicros;
    this.parentSpanId = parentSpanId;
    this.ownBytes =
        end.eventId().length()
            + end.node().ownBytes()
            + end.operation().ownBytes()
            + (end.label().equals(end.operation()) ? 0 : end.label().ownBytes())
            + end.function().ownBytes()
            + end.version().ownBytes()
            + (end.correlation() == null ? 0 : end.correlation().textBytes())
            + (end.error() == null ? 0 : end.error().textBytes());
  }
}
