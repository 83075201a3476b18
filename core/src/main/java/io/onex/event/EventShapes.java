package io.onex.event;

import static io.onex.event.Slots.TOP;

import org.jspecify.annotations.Nullable;

/// Tells which shape an object has — flat event, envelope, CloudEvent, bare payload, log line — and
/// has the event filled from it (onex-facts a1, b1 to b6).
///
/// One thread.
final class EventShapes {
  private final Slots slots;
  private final ScannedObject object;
  private final FlatShape flat;
  private final EnvelopeShape envelope;
  private final CloudEventShape cloudEvent;
  private final BareShape bare;

  EventShapes(EventScan scan, DecodedEvent event, TypeCache types, FieldMasks masks) {
    this.slots = scan.slots;
    this.object = new ScannedObject(scan, event, types, masks);
    PayloadMetadata payload = new PayloadMetadata(object);
    DerivedType derived = new DerivedType(object);
    this.flat = new FlatShape(object, payload);
    this.envelope = new EnvelopeShape(object, payload, derived);
    this.cloudEvent = new CloudEventShape(object, payload);
    this.bare = new BareShape(object, derived);
  }

  /// Fills the event from the object that was scanned, from `from` up to `to`. Answers why it is no
  /// event, null when it is one.
  ///
  /// @throws JsonRefused when it is broken
  @Nullable IgnoreReason read(int from, int to, Carrier context, long received) {
    object.begin(from, to, context, received);
    EventReading reading = object.reading;
    IgnoreReason ignored = ignored();
    if (ignored != null) {
      return ignored;
    }
    if (slots.isText(TOP, Field.SPECVERSION)) {
      cloudEvent.read();
    } else if (slots.isText(TOP, Field.EVENT_CATEGORY)) {
      bare.logLine(EventType.AUDIT);
    } else if (isEnvelope()) {
      envelope.read();
    } else {
      TypeName type = reading.type(TOP, Field.EVENT_TYPE);
      if (type != null) {
        flat.read(type);
      } else if (slots.isText(TOP, Field.LEVEL) && saysSomething()) {
        bare.logLine(EventType.LOG_LINE);
      } else {
        bare.read();
      }
    }
    reading.checkTime(received);
    reading.checkNones();
    return null;
  }

  private boolean isEnvelope() {
    return slots.has(TOP, Field.ENVELOPE_ID)
        || (slots.has(TOP, Field.PAYLOAD)
            && !(slots.has(TOP, Field.NODE_ID) && slots.has(TOP, Field.EVENT_TYPE)));
  }

  private @Nullable IgnoreReason ignored() {
    if (slots.holds(TOP, Field.EVENT_TYPE)) {
      return null;
    }
    return slots.holds(TOP, Field.COMMAND_TYPE)
        ? IgnoreReason.COMMAND
        : slots.holds(TOP, Field.SNAPSHOT_TYPE)
            ? IgnoreReason.SNAPSHOT
            : slots.holds(TOP, Field.INTENT_TYPE) ? IgnoreReason.INTENT : null;
  }

  private boolean saysSomething() {
    return slots.has(TOP, Field.MESSAGE)
        || slots.has(TOP, Field.MSG)
        || slots.has(TOP, Field.ERROR_MESSAGE)
        || slots.has(TOP, Field.ERROR_CODE)
        || slots.has(TOP, Field.SERVICE)
        || slots.has(TOP, Field.COMPONENT);
  }
}
