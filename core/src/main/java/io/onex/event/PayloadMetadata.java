package io.onex.event;

import static io.onex.event.Slots.INNER;
import static io.onex.event.Slots.INNER_META;
import static io.onex.event.Slots.TOP;

import io.onex.json.JsonCursor;
import io.onex.json.JsonKind;
import java.util.Set;

/// Finds the metadata of an event that stands inside another object, in its `payload` or `data`.
///
/// One thread.
final class PayloadMetadata {
  /// Keys of an event as such; with these alone a payload is an event but for its type.
  private static final Set<String> EVENT_KEYS =
      Set.of(
          "event_id",
          "event_type",
          "timestamp",
          "node_id",
          "correlation_id",
          "metadata",
          "schema_version");

  /// What metadata says of how something went, wherever it stands.
  private static final Field[] SAID = {
    Field.INPUT_STATE,
    Field.OUTPUT_STATE,
    Field.ERROR,
    Field.ERROR_TYPE,
    Field.ERROR_CODE,
    Field.ERROR_MESSAGE,
    Field.OPERATION,
    Field.FUNCTION,
    Field.EXECUTION_TIME_MS,
    Field.DURATION_MS,
    Field.DURATION,
    Field.STATUS,
    Field.SUCCESS,
    Field.NODE_VERSION,
    Field.OPERATION_TYPE,
    Field.TRACE_ID,
    Field.TEST_COVERAGE_PERCENT
  };

  /// The same of a flat event beside its metadata, as bits. A trace id there is found without.
  private static final long SAID_BESIDE = bits(SAID) & ~Field.TRACE_ID.bit();

  private final EventScan scan;
  private final Slots slots;
  private final DecodedEvent event;
  private final EventReading reading;

  PayloadMetadata(ScannedObject object) {
    this.scan = object.scan;
    this.slots = object.slots;
    this.event = object.event;
    this.reading = object.reading;
  }

  /// The metadata of an event inside another object: that object's own, or all of it when it has
  /// none. What stands beside its own is noted.
  ///
  /// @param holder the field of the object, `payload` or `data`
  void take(Field holder) {
    if (isOwn(holder)) {
      reading.metadata(INNER);
      event.saysMoreInPayload = saysSomething(INNER);
      if (!scan.isMetadataDecoded(INNER) && !MetadataRules.isSound(slots, INNER_META)) {
        event.warn(EventWarning.METADATA_ODD);
      }
    } else {
      event.metadata.set(slots.start(TOP, holder), slots.end(TOP, holder), false);
    }
  }

  /// Whether the metadata in the object under `holder` is that of the event. In the payload of a
  /// type of its own it may be any part of it, unless all the rest is that of an event.
  boolean isOwn(Field holder) {
    if (slots.kind(INNER, Field.METADATA) != JsonKind.OBJECT && !scan.isMetadataDecoded(INNER)) {
      return false;
    }
    if (holder == Field.DATA || slots.holds(INNER, Field.EVENT_TYPE) || event.type.isOfProtocol()) {
      return true;
    }
    JsonCursor members = new JsonCursor();
    members.enter(slots.value(TOP, holder));
    while (members.next()) {
      if (!EVENT_KEYS.contains(members.key())) {
        return false;
      }
    }
    return true;
  }

  /// Whether a flat event says something beside its metadata; mostly one look at bits.
  boolean saysSomethingBeside() {
    if (!slots.hasAny(TOP, SAID_BESIDE)) {
      return false;
    }
    for (Field field : SAID) {
      if (field != Field.TRACE_ID && slots.holds(TOP, field)) {
        return true;
      }
    }
    return false;
  }

  private static long bits(Field[] fields) {
    long bits = 0;
    for (Field field : fields) {
      bits |= field.bit();
    }
    return bits;
  }

  boolean saysSomething(int scope) {
    for (Field field : SAID) {
      if (slots.holds(scope, field)) {
        return true;
      }
    }
    return false;
  }
}
