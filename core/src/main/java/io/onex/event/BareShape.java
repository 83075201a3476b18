package io.onex.event;

import static io.onex.event.Slots.TOP;

/// What has no type of its own: payloads as topics carry them, whose type follows from header,
/// topic or fields, and log lines (onex-facts b3 to b6).
///
/// One thread.
final class BareShape {
  private static final EventType UNTYPED = EventType.of("UNTYPED");

  private static final EventType DLQ_MESSAGE = EventType.of("DLQ_MESSAGE");

  private final ScannedObject object;
  private final Slots slots;
  private final DecodedEvent event;
  private final EventReading reading;
  private final DerivedType types;

  BareShape(ScannedObject object, DerivedType types) {
    this.object = object;
    this.slots = object.slots;
    this.event = object.event;
    this.reading = object.reading;
    this.types = types;
  }

  void read() {
    event.type = types.of(TOP);
    boolean identified =
        reading.nodeIdFrom(slots.value(TOP, Field.NODE_ID)) || reading.otherNodeId(object.body());
    boolean typed = !event.type.equals(UNTYPED);
    boolean looksFlat = !identified || types.hasNodeAndMetadata(TOP);
    if (!typed && looksFlat) {
      throw reading.missing(
          TOP, object.start, Field.EVENT_TYPE, "an event says what happened in event_type");
    }
    if (!typed) {
      event.warn(EventWarning.UNTYPED);
    }
    reading.tryCorrelationId(TOP, Field.CORRELATION_ID);
    object.isMetadata();
    boolean deadLetter = event.type.equals(DLQ_MESSAGE);
    if (!reading.eventId(TOP, Field.EVENT_ID)) {
      object.eventIdOfCarrier();
      if (!deadLetter) {
        event.warn(EventWarning.NO_EVENT_ID);
      }
    }
    if (!reading.tryTime(TOP, Field.TIMESTAMP) && !reading.otherTime(object.body())) {
      object.noTime();
    }
    reading.schemaVersion(TOP);
  }

  void logLine(EventType type) {
    event.kind = EventKind.LOG;
    event.type = type;
    if (!reading.nodeIdFrom(slots.value(TOP, Field.NODE_ID))) {
      reading.otherNodeId(object.body());
    }
    reading.tryCorrelationId(TOP, Field.CORRELATION_ID);
    if (!reading.eventId(TOP, Field.EVENT_ID)) {
      if (slots.holds(TOP, Field.EVENT_ID)) {
        event.warn(EventWarning.NO_EVENT_ID);
      }
      object.eventIdOfCarrier();
    }
    object.isMetadata();
    if (!reading.tryTime(TOP, Field.TIMESTAMP) && !reading.otherTime(object.body())) {
      object.noTime();
    }
  }
}
