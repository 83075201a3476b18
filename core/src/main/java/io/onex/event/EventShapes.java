package io.onex.event;

import static io.onex.event.Slots.INNER;
import static io.onex.event.Slots.INNER_META;
import static io.onex.event.Slots.META;
import static io.onex.event.Slots.TOP;

import io.onex.bytes.Slice;
import io.onex.event.TypeName.Spelling;
import io.onex.json.JsonCursor;
import io.onex.json.JsonKind;
import io.onex.json.JsonText;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tells which shape an object has — flat event, envelope, CloudEvent, bare payload, log line — and
/// fills the event from it (onex-facts a1, b1 to b6).
///
/// One thread.
final class EventShapes {
  /// The types up to this one are those of the event protocol; later ones have no contract.
  private static final int LAST_PROTOCOL_TYPE = EventType.of("SCENARIO_SUMMARY").id();

  private static final EventType UNTYPED = EventType.of("UNTYPED");
  private static final EventType DLQ_MESSAGE = EventType.of("DLQ_MESSAGE");
  private static final EventType NODE_HEARTBEAT = EventType.of("NODE_HEARTBEAT");
  private static final EventType NODE_SHUTDOWN = EventType.of("NODE_SHUTDOWN");
  private static final EventType STATE_CHANGED = EventType.of("CIRCUIT_BREAKER_STATE_CHANGED");
  private static final EventType REGISTRATION_FAILED = EventType.of("NODE_REGISTRATION_FAILED");
  private static final EventType NODE_REGISTER = EventType.of("NODE_REGISTER");
  private static final EventType NODE_DEREGISTERED = EventType.of("NODE_DEREGISTERED");
  private static final EventType NODE_INTROSPECTION = EventType.of("NODE_INTROSPECTION");
  private static final EventType INTROSPECTION_REQUEST = EventType.of("INTROSPECTION_REQUEST");
  private static final EventType RUNTIME_ERROR = EventType.of("RUNTIME_ERROR");

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

  private static final String CLOUD_EVENT_SOURCE = "onex/";

  private final EventScan scan;
  private final Slots slots;
  private final DecodedEvent event;
  private final EventReading reading;
  private final FieldMasks masks;
  private Carrier carrier = Carrier.NONE;
  private long receivedMicros;
  private int start;
  private int end;

  EventShapes(EventScan scan, DecodedEvent event, TypeCache types, FieldMasks masks) {
    this.scan = scan;
    this.slots = scan.slots;
    this.event = event;
    this.reading = new EventReading(scan, event, types, masks);
    this.masks = masks;
  }

  /// Fills the event from the object that was scanned, from `from` up to `to`. Answers why it is no
  /// event, null when it is one.
  ///
  /// @throws JsonRefused when it is broken
  @Nullable IgnoreReason read(int from, int to, Carrier context, long received) {
    carrier = context;
    receivedMicros = received;
    start = from;
    end = to;
    IgnoreReason ignored = ignored();
    if (ignored != null) {
      return ignored;
    }
    if (slots.isText(TOP, Field.SPECVERSION)) {
      cloudEvent();
    } else if (slots.isText(TOP, Field.EVENT_CATEGORY)) {
      logLine(EventType.AUDIT);
    } else if (isEnvelope()) {
      envelope();
    } else {
      TypeName type = reading.type(TOP, Field.EVENT_TYPE);
      if (type != null) {
        flat(type);
      } else if (slots.isText(TOP, Field.LEVEL) && saysSomething()) {
        logLine(EventType.LOG_LINE);
      } else {
        bare();
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

  private Slice body() {
    return new Slice(slots.array, start, end - start);
  }

  // ---- Flat

  private void flat(TypeName name) {
    event.type = name.type();
    boolean bare = !name.type().isKnown() && !slots.has(TOP, Field.METADATA);
    if (!reading.nodeId(TOP)
        && !reading.otherNodeId(body())
        && !(bare && carrier.topic() != null)) {
      throw reading.missing(TOP, start, Field.NODE_ID, "an event names its node in node_id");
    }
    boolean inPayload =
        !bare
            && !slots.holds(TOP, Field.METADATA)
            && slots.kind(TOP, Field.PAYLOAD) == JsonKind.OBJECT;
    if (!reading.correlationId(TOP, Field.CORRELATION_ID) && inPayload) {
      reading.tryCorrelationId(INNER, Field.CORRELATION_ID);
    }
    if (bare) {
      event.metadata.set(start, end, false);
    } else if (inPayload) {
      payloadMetadata(Field.PAYLOAD);
      flatWarnings(name, hasOwnMetadata(Field.PAYLOAD) ? INNER_META : INNER);
    } else {
      reading.metadata(TOP);
      flatWarnings(name, META);
    }
    flatEventId(inPayload);
    if (slots.holds(TOP, Field.TIMESTAMP)) {
      reading.readTime(TOP, Field.TIMESTAMP);
    } else if (!(inPayload && reading.tryTime(INNER, Field.TIMESTAMP))
        && !reading.otherTime(body())) {
      noTime();
    }
    reading.schemaVersion(TOP);
  }

  /// @param metadata scope of what the event says
  private void flatWarnings(TypeName name, int metadata) {
    if (name.spelling() == Spelling.FOREIGN) {
      event.warn(EventWarning.TYPE_SPELLING);
    } else if (name.spelling() == Spelling.PLAIN) {
      if (!name.type().isKnown() || name.type().id() > LAST_PROTOCOL_TYPE) {
        event.warn(EventWarning.UNKNOWN_TYPE);
      } else if (!scan.isAnyMetadataDecoded()
          && !MetadataRules.isComplete(name.type(), slots, metadata)) {
        event.warn(EventWarning.METADATA_INCOMPLETE);
      }
    }
    if (!MetadataRules.isSound(slots, metadata)) {
      event.warn(EventWarning.METADATA_ODD);
    }
  }

  private void flatEventId(boolean inPayload) {
    if (!reading.eventId(TOP, Field.EVENT_ID)
        && !(inPayload && reading.eventId(INNER, Field.EVENT_ID))) {
      event.warn(EventWarning.NO_EVENT_ID);
      eventIdOfCarrier();
    } else if (!reading.hasUuid()) {
      event.warn(EventWarning.ODD_EVENT_ID);
    }
  }

  private void eventIdOfCarrier() {
    Slice id = Slice.utf8(carrier.headers().getOrDefault("message_id", ""));
    if (!NoId.means(id)) {
      event.madeEventId = masks.id(id);
    }
  }

  private void noTime() {
    reading.assumeTime(carrier, receivedMicros);
    event.warn(EventWarning.NO_TIME);
  }

  // ---- Envelope

  private void envelope() {
    if (!slots.holds(TOP, Field.PAYLOAD)) {
      throw reading.missing(TOP, start, Field.PAYLOAD, "an envelope holds an event in its payload");
    }
    boolean object = slots.kind(TOP, Field.PAYLOAD) == JsonKind.OBJECT;
    TypeName inner = object ? reading.type(INNER, Field.EVENT_TYPE) : null;
    boolean whole = false;
    if (inner != null && (inner.type().isKnown() || slots.has(INNER, Field.METADATA))) {
      whole = true;
      event.type = inner.type();
    } else {
      event.type = envelopeType(inner);
    }
    Slice payload = object ? slots.value(TOP, Field.PAYLOAD) : Slice.EMPTY;
    envelopeNode(payload, whole);
    envelopeMetadata(whole);
    if (!reading.tryCorrelationId(INNER, Field.CORRELATION_ID)) {
      reading.tryCorrelationId(TOP, Field.CORRELATION_ID);
    }
    if (!reading.eventId(INNER, Field.EVENT_ID)
        && !reading.eventId(TOP, Field.EVENT_ID)
        && !reading.eventId(TOP, Field.ENVELOPE_ID)) {
      event.warn(EventWarning.NO_EVENT_ID);
      eventIdOfCarrier();
    }
    envelopeTime(payload, whole);
    reading.schemaVersion(whole ? INNER : TOP);
  }

  /// The envelope's own type is believed before an unknown one inside, which is a sub-type.
  private EventType envelopeType(@Nullable TypeName inner) {
    TypeName outer = reading.type(TOP, Field.EVENT_TYPE);
    if (outer != null) {
      return outer.type();
    }
    EventType type = inner != null ? inner.type() : derivedType(INNER);
    if (type.equals(UNTYPED)) {
      reading.requireObject(TOP, Field.PAYLOAD, "the payload of an envelope without a type");
      event.warn(EventWarning.UNTYPED);
    }
    return type;
  }

  private void envelopeNode(Slice payload, boolean whole) {
    boolean found =
        whole ? reading.nodeId(INNER) : reading.nodeIdFrom(slots.value(INNER, Field.NODE_ID));
    if (!found
        && !reading.otherNodeId(payload)
        && !reading.nodeIdFrom(slots.value(TOP, Field.NODE_ID))
        && !reading.otherNodeId(body())
        && whole) {
      throw reading.missing(
          INNER,
          slots.start(TOP, Field.PAYLOAD),
          Field.NODE_ID,
          "the event in the payload names its node in node_id");
    }
  }

  private void envelopeMetadata(boolean whole) {
    if (whole) {
      // Refused here when it is none.
      reading.metadata(INNER);
      if (event.metadata.isPresent() || saysSomething(INNER)) {
        payloadMetadata(Field.PAYLOAD);
      }
    } else if (slots.kind(TOP, Field.PAYLOAD) == JsonKind.OBJECT) {
      payloadMetadata(Field.PAYLOAD);
    }
  }

  /// The metadata of an event inside another object: that object's own, or all of it when it has
  /// none. What stands beside its own is noted.
  ///
  /// @param holder the field of the object, `payload` or `data`
  private void payloadMetadata(Field holder) {
    if (hasOwnMetadata(holder)) {
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
  private boolean hasOwnMetadata(Field holder) {
    if (slots.kind(INNER, Field.METADATA) != JsonKind.OBJECT && !scan.isMetadataDecoded(INNER)) {
      return false;
    }
    if (holder == Field.DATA
        || slots.holds(INNER, Field.EVENT_TYPE)
        || (event.type.isKnown() && event.type.id() <= LAST_PROTOCOL_TYPE)) {
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

  private boolean saysSomething(int scope) {
    for (Field field : SAID) {
      if (slots.holds(scope, field)) {
        return true;
      }
    }
    return false;
  }

  /// The event's own time, unless it names no zone while the envelope does: then its clock may be a
  /// local one (onex-facts a6).
  private void envelopeTime(Slice payload, boolean whole) {
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
              || reading.otherTime(body());
      if (!event.timeOfEnvelope && !reading.otherTime(payload)) {
        noTime();
      }
    }
  }

  // ---- CloudEvents

  private void cloudEvent() {
    TypeName type = reading.type(TOP, Field.TYPE);
    if (type == null) {
      throw reading.missing(TOP, start, Field.TYPE, "a CloudEvent has a type");
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
      payloadMetadata(Field.DATA);
    }
    cloudEventId();
    if (slots.holds(TOP, Field.TIME)) {
      reading.readTime(TOP, Field.TIME);
    } else if (!reading.tryTime(INNER, Field.TIMESTAMP)) {
      noTime();
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
          masks.idOfSource(slots.value(TOP, Field.SOURCE), slots.value(TOP, Field.ID));
      if (event.madeEventId.length() > EventReading.LONGEST_EVENT_ID) {
        event.warn(EventWarning.LONG_EVENT_ID);
      }
    }
  }

  // ---- What has no type of its own

  private void bare() {
    event.type = derivedType(TOP);
    boolean identified =
        reading.nodeIdFrom(slots.value(TOP, Field.NODE_ID)) || reading.otherNodeId(body());
    boolean typed = !event.type.equals(UNTYPED);
    boolean looksFlat = !identified || hasNodeAndMetadata(TOP);
    if (!typed && looksFlat) {
      throw reading.missing(
          TOP, start, Field.EVENT_TYPE, "an event says what happened in event_type");
    }
    if (!typed) {
      event.warn(EventWarning.UNTYPED);
    }
    reading.tryCorrelationId(TOP, Field.CORRELATION_ID);
    event.metadata.set(start, end, false);
    boolean deadLetter = event.type.equals(DLQ_MESSAGE);
    if (!reading.eventId(TOP, Field.EVENT_ID)) {
      eventIdOfCarrier();
      if (!deadLetter) {
        event.warn(EventWarning.NO_EVENT_ID);
      }
    }
    if (!reading.tryTime(TOP, Field.TIMESTAMP) && !reading.otherTime(body())) {
      noTime();
    }
    reading.schemaVersion(TOP);
  }

  /// The type by header, topic or, last, by the fields that only one kind of payload has.
  private EventType derivedType(int scope) {
    if (slots.holds(scope, Field.ORIGINAL_TOPIC)) {
      return DLQ_MESSAGE;
    }
    EventType byHeader =
        masks.type(TypeNames.read(carrier.headers().getOrDefault("event_type", "")));
    if (byHeader != null) {
      return byHeader;
    }
    Topic topic = carrier.topic();
    EventType byTopic = topic == null ? null : masks.type(topic.type());
    return byTopic != null ? byTopic : typeByFields(scope);
  }

  private EventType typeByFields(int scope) {
    if (slots.holds(scope, Field.LOGGER_FAMILY)) {
      return RUNTIME_ERROR;
    }
    if (slots.has(scope, Field.TARGET_NODE_IDS)) {
      return INTROSPECTION_REQUEST;
    }
    boolean node = slots.holds(scope, Field.NODE_ID);
    if (node && slots.holds(scope, Field.ENDPOINTS)) {
      return NODE_INTROSPECTION;
    }
    if (hasNodeAndMetadata(scope)) {
      return UNTYPED;
    }
    if (slots.holds(scope, Field.UPTIME_SECONDS)) {
      return NODE_HEARTBEAT;
    }
    if (slots.holds(scope, Field.PREVIOUS_STATE) && slots.holds(scope, Field.NEW_STATE)) {
      return STATE_CHANGED;
    }
    if (node && slots.holds(scope, Field.REGISTERED_AT)) {
      return NODE_REGISTER;
    }
    if (node && slots.holds(scope, Field.DEREGISTERED_AT)) {
      return NODE_DEREGISTERED;
    }
    if (node && slots.holds(scope, Field.REASON)) {
      return NODE_SHUTDOWN;
    }
    if (slots.holds(scope, Field.ERROR_CODE) && slots.has(scope, Field.RETRY_ELIGIBLE)) {
      return REGISTRATION_FAILED;
    }
    return UNTYPED;
  }

  /// Whether it looks like a flat event that lost its type.
  private boolean hasNodeAndMetadata(int scope) {
    return slots.has(scope, Field.NODE_ID) && slots.has(scope, Field.METADATA);
  }

  private void logLine(EventType type) {
    event.kind = EventKind.LOG;
    event.type = type;
    if (!reading.nodeIdFrom(slots.value(TOP, Field.NODE_ID))) {
      reading.otherNodeId(body());
    }
    reading.tryCorrelationId(TOP, Field.CORRELATION_ID);
    if (!reading.eventId(TOP, Field.EVENT_ID)) {
      if (slots.holds(TOP, Field.EVENT_ID)) {
        event.warn(EventWarning.NO_EVENT_ID);
      }
      eventIdOfCarrier();
    }
    event.metadata.set(start, end, false);
    if (!reading.tryTime(TOP, Field.TIMESTAMP) && !reading.otherTime(body())) {
      noTime();
    }
  }
}
