package io.onex.event;

import static io.onex.event.Slots.INNER;
import static io.onex.event.Slots.TOP;

import io.onex.bytes.Slice;
import io.onex.json.JsonKind;
import org.jspecify.annotations.Nullable;

/// An envelope: an event, or what is to become one, in the payload of another object (onex-facts
/// b1, b2).
///
/// One thread.
final class EnvelopeShape {
  private static final EventType UNTYPED = EventType.of("UNTYPED");

  private final ScannedObject object;
  private final Slots slots;
  private final DecodedEvent event;
  private final EventReading reading;
  private final PayloadMetadata payload;
  private final DerivedType types;

  EnvelopeShape(ScannedObject object, PayloadMetadata payload, DerivedType types) {
    this.object = object;
    this.slots = object.slots;
    this.event = object.event;
    this.reading = object.reading;
    this.payload = payload;
    this.types = types;
  }

  void read() {
    if (!slots.holds(TOP, Field.PAYLOAD)) {
      throw reading.missing(
          TOP, object.start, Field.PAYLOAD, "an envelope holds an event in its payload");
    }
    boolean isObject = slots.kind(TOP, Field.PAYLOAD) == JsonKind.OBJECT;
    TypeName inner = isObject ? reading.type(INNER, Field.EVENT_TYPE) : null;
    boolean whole = false;
    if (inner != null && (inner.type().isKnown() || slots.has(INNER, Field.METADATA))) {
      whole = true;
      event.type = inner.type();
    } else {
      event.type = type(inner);
    }
    Slice inside = isObject ? slots.value(TOP, Field.PAYLOAD) : Slice.EMPTY;
    node(inside, whole);
    metadata(whole);
    if (!reading.tryCorrelationId(INNER, Field.CORRELATION_ID)) {
      reading.tryCorrelationId(TOP, Field.CORRELATION_ID);
    }
    if (!reading.eventId(INNER, Field.EVENT_ID)
        && !reading.eventId(TOP, Field.EVENT_ID)
        && !reading.eventId(TOP, Field.ENVELOPE_ID)) {
      event.warn(EventWarning.NO_EVENT_ID);
      object.eventIdOfCarrier();
    }
    time(inside, whole);
    reading.schemaVersion(whole ? INNER : TOP);
  }

  /// The envelope's own type is believed before an unknown one inside, which is a sub-type.
  private EventType type(@Nullable TypeName inner) {
    TypeName outer = reading.type(TOP, Field.EVENT_TYPE);
    if (outer != null) {
      return outer.type();
    }
    EventType type = inner != null ? inner.type() : types.of(INNER);
    if (type.equals(UNTYPED)) {
      reading.requireObject(TOP, Field.PAYLOAD, "the payload of an envelope without a type");
      event.warn(EventWarning.UNTYPED);
    }
    return type;
  }

  private void node(Slice inside, boolean whole) {
    boolean found =
        whole ? reading.nodeId(INNER) : reading.nodeIdFrom(slots.value(INNER, Field.NODE_ID));
    if (!found
        && !reading.otherNodeId(inside)
        && !reading.nodeIdFrom(slots.value(TOP, Field.NODE_ID))
        && !reading.otherNodeId(object.body())
        && whole) {
      throw reading.missing(
          INNER,
          slots.start(TOP, Field.PAYLOAD),
          Field.NODE_ID,
          "the event in the payload names its node in node_id");
    }
  }

  private void metadata(boolean whole) {
    if (whole) {
      // Refused here when it is none.
      reading.metadata(INNER);
      if (event.metadata.isPresent() || payload.saysSomething(INNER)) {
        payload.take(Field.PAYLOAD);
      }
    } else if (slots.kind(TOP, Field.PAYLOAD) == JsonKind.OBJECT) {
      payload.take(Field.PAYLOAD);
    }
  }

  /// The event's own time, unless it names no zone while the envelope does: then its clock may be a
  /// local one (onex-facts a6).
  private void time(Slice inside, boolean whole) {
    if (whole && slots.holds(INNER, Field.TIMESTAMP)) {
      reading.readTime(INNER, Field.TIMESTAMP);
      if (!reading.timeHasZone()) {
        event.timeOfEnvelope = reading.tryTime(TOP, Field.ENVELOPE_TIMESTAMP);
      }
    } else if (reading.tryTime(INNER, Field.TIMESTAMP)) {
      if (!reading.timeHasZone()) {
        event.timeOfEnvelope = reading.tryTime(TOP, Field.ENVELOPE_TIMESTAMP);
      }
    } else {
      event.timeOfEnvelope =
          reading.tryTime(TOP, Field.ENVELOPE_TIMESTAMP)
              || reading.tryTime(TOP, Field.TIMESTAMP)
              || reading.otherTime(object.body());
      if (!event.timeOfEnvelope && !reading.otherTime(inside)) {
        object.noTime();
      }
    }
  }
}
