package io.onex.event;

import static io.onex.event.Slots.INNER;
import static io.onex.event.Slots.TOP;

import io.onex.json.JsonKind;
import io.onex.json.JsonText;

/// A CloudEvent in structured form (CloudEvents 1.0, JSON event format).
///
/// One thread.
final class CloudEventShape {
  private static final String CLOUD_EVENT_SOURCE = "onex/";

  private final ScannedObject object;
  private final Slots slots;
  private final DecodedEvent event;
  private final EventReading reading;
  private final PayloadMetadata payload;

  CloudEventShape(ScannedObject object, PayloadMetadata payload) {
    this.object = object;
    this.slots = object.slots;
    this.event = object.event;
    this.reading = object.reading;
    this.payload = payload;
  }

  void read() {
    TypeName type = reading.type(TOP, Field.TYPE);
    if (type == null) {
      throw reading.missing(TOP, object.start, Field.TYPE, "a CloudEvent has a type");
    }
    event.type = type.type();
    if (!type.type().isKnown()) {
      event.warn(EventWarning.UNKNOWN_TYPE);
    }
    if (!reading.nodeIdFrom(slots.value(INNER, Field.NODE_ID))) {
      nodeOfSource();
    }
    if (!reading.tryCorrelationId(TOP, Field.CORRELATIONID)
        && !reading.tryCorrelationId(INNER, Field.CORRELATION_ID)) {
      reading.tryCorrelationId(TOP, Field.CORRELATION_ID);
    }
    if (slots.holds(INNER, Field.METADATA)) {
      // Refused here when it is none.
      reading.metadata(INNER);
    }
    if (slots.kind(TOP, Field.DATA) == JsonKind.OBJECT) {
      payload.take(Field.DATA);
    }
    cloudEventId();
    if (slots.holds(TOP, Field.TIME)) {
      reading.readTime(TOP, Field.TIME);
    } else if (!reading.tryTime(INNER, Field.TIMESTAMP)) {
      object.noTime();
    }
  }

  private void nodeOfSource() {
    if (reading.nodeIdFrom(slots.value(TOP, Field.SOURCE))) {
      int from = event.nodeId.start;
      int to = from + event.nodeId.length;
      int prefix = CLOUD_EVENT_SOURCE.length();
      if (event.nodeId.length > prefix
          && JsonText.equals(slots.array, from, from + prefix, CLOUD_EVENT_SOURCE)) {
        event.nodeId.set(from + prefix, to, event.nodeId.escaped);
      }
    }
  }

  /// The id of a CloudEvent is unique within its source only (CloudEvents 1.0, id), so one that is
  /// no UUID is put behind its source.
  private void cloudEventId() {
    if (!reading.eventId(TOP, Field.ID)) {
      event.warn(EventWarning.NO_EVENT_ID);
      return;
    }
    if (!reading.hasUuid()) {
      event.madeEventId =
          object.masks.idOfSource(slots.value(TOP, Field.SOURCE), slots.value(TOP, Field.ID));
      if (event.madeEventId.length() > EventReading.LONGEST_EVENT_ID) {
        event.warn(EventWarning.LONG_EVENT_ID);
      }
    }
  }
}
