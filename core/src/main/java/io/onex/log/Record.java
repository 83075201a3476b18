package io.onex.log;

import io.onex.bytes.Slice;
import io.onex.event.EventType;

/// One entry of the log: everything the gateway is told, concludes or decides is one.
///
/// A record is a view of shared bytes ([RecordFrame]) and costs nothing to pass along.
public sealed interface Record
    permits EventRecord, LogRecord, SpanRecord, MetricsRecord, DerivedRecord, ControlRecord {
  RecordFrame frame();

  /// The record in `frame`, as its kind.
  static Record of(RecordFrame frame) {
    return switch (frame.kind()) {
      case EVENT -> new EventRecord(frame);
      case LOG -> new LogRecord(frame);
      case SPAN -> new SpanRecord(frame);
      case METRICS -> new MetricsRecord(frame);
      case DERIVED -> new DerivedRecord(frame);
      case CONTROL -> new ControlRecord(frame);
    };
  }

  default Position position() {
    return frame().position();
  }

  default RecordKind kind() {
    return frame().kind();
  }

  default EventType type() {
    return frame().type();
  }

  default Slice eventId() {
    return frame().eventId();
  }

  default Slice body() {
    return frame().body();
  }

  default Slice nodeId() {
    return frame().nodeId();
  }

  default Slice correlationId() {
    return frame().correlationId();
  }

  default Slice metadata() {
    return frame().metadata();
  }

  default long eventTimeMicros() {
    return frame().eventTimeMicros();
  }

  default long ingestTimeMicros() {
    return frame().ingestTimeMicros();
  }

  /// Whether a bit of [RecordFlags] is set.
  default boolean has(int flag) {
    return frame().has(flag);
  }
}
