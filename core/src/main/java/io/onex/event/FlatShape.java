package io.onex.event;

import static io.onex.event.Slots.INNER;
import static io.onex.event.Slots.INNER_META;
import static io.onex.event.Slots.META;
import static io.onex.event.Slots.TOP;

import io.onex.event.TypeName.Spelling;
import io.onex.json.JsonKind;

/// An event whose fields stand side by side, as the event protocol has it (onex-facts a1).
///
/// One thread.
final class FlatShape {
  private final ScannedObject object;
  private final Slots slots;
  private final DecodedEvent event;
  private final EventReading reading;
  private final PayloadMetadata payload;

  FlatShape(ScannedObject object, PayloadMetadata payload) {
    this.object = object;
    this.slots = object.slots;
    this.event = object.event;
    this.reading = object.reading;
    this.payload = payload;
  }

  void read(TypeName name) {
    event.type = name.type();
    boolean bare = !name.type().isKnown() && !slots.has(TOP, Field.METADATA);
    if (!reading.nodeId(TOP)
        && !reading.otherNodeId(object.body())
        && !(bare && object.carrier.topic() != null)) {
      throw reading.missing(TOP, object.start, Field.NODE_ID, "an event names its node in node_id");
    }
    boolean inPayload =
        !bare
            && !slots.holds(TOP, Field.METADATA)
            && slots.kind(TOP, Field.PAYLOAD) == JsonKind.OBJECT;
    if (!reading.correlationId(TOP, Field.CORRELATION_ID) && inPayload) {
      reading.tryCorrelationId(INNER, Field.CORRELATION_ID);
    }
    if (bare) {
      object.isMetadata();
    } else if (inPayload) {
      payload.take(Field.PAYLOAD);
      warnings(name, payload.isOwn(Field.PAYLOAD) ? INNER_META : INNER);
    } else {
      reading.metadata(TOP);
      warnings(name, META);
    }
    event.saysMoreBeside = !bare && payload.saysSomethingBeside();
    eventId(inPayload);
    if (slots.holds(TOP, Field.TIMESTAMP)) {
      reading.readTime(TOP, Field.TIMESTAMP);
    } else if (!(inPayload && reading.tryTime(INNER, Field.TIMESTAMP))
        && !reading.otherTime(object.body())) {
      object.noTime();
    }
    reading.schemaVersion(TOP);
  }

  /// @param metadata scope of what the event says
  private void warnings(TypeName name, int metadata) {
    if (name.spelling() == Spelling.FOREIGN) {
      event.warn(EventWarning.TYPE_SPELLING);
    } else if (name.spelling() == Spelling.PLAIN) {
      if (!name.type().isOfProtocol()) {
        event.warn(EventWarning.UNKNOWN_TYPE);
      } else if (!object.scan.isAnyMetadataDecoded()
          && !MetadataRules.isComplete(name.type(), slots, metadata)) {
        event.warn(EventWarning.METADATA_INCOMPLETE);
      }
    }
    if (!MetadataRules.isSound(slots, metadata)) {
      event.warn(EventWarning.METADATA_ODD);
    }
  }

  private void eventId(boolean inPayload) {
    if (!reading.eventId(TOP, Field.EVENT_ID)
        && !(inPayload && reading.eventId(INNER, Field.EVENT_ID))) {
      event.warn(EventWarning.NO_EVENT_ID);
      object.eventIdOfCarrier();
    } else if (!reading.hasUuid()) {
      event.warn(EventWarning.ODD_EVENT_ID);
    }
  }
}
