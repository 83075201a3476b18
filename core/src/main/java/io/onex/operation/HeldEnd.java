package io.onex.operation;

/// An END that came before its START, or whose START never comes.
final class HeldEnd {
  final OperationEvent end;

  /// Log time at which it was taken in.
  final long logMicros;

  /// Span of the operation it would be nested in; 0 when none.
  final long parentSpanId;

  /// Its START came, or it was concluded alone.
  boolean done;

  HeldEnd(OperationEvent end, long logMicros, long parentSpanId) {
    this.end = end;
    this.logMicros = logMicros;
    this.parentSpanId = parentSpanId;
  }
}
