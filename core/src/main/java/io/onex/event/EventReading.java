package io.onex.event;

import static io.onex.event.RefusalCode.BAD_TIMESTAMP;
import static io.onex.event.RefusalCode.BAD_VALUE;
import static io.onex.event.RefusalCode.MISSING_FIELD;
import static io.onex.event.RefusalCode.WRONG_TYPE;

import io.onex.bytes.Id128;
import io.onex.bytes.Slice;
import io.onex.bytes.UuidSpelling;
import io.onex.event.DecodedEvent.Span;
import io.onex.event.TypeName.Spelling;
import io.onex.json.JsonFields;
import io.onex.json.JsonKind;
import io.onex.json.JsonNumber;
import io.onex.json.JsonText;
import org.jspecify.annotations.Nullable;

/// Reads the single fields of an event out of its slots, by the rules that all shapes share.
///
/// One thread.
final class EventReading {
  /// 2020-01-01T00:00:00Z: no ONEX node ran before.
  private static final long OLDEST_MICROS = 1_577_836_800_000_000L;

  private static final long DAY_MICROS = 86_400_000_000L;
  static final int LONGEST_EVENT_ID = 256;
  private static final int LONG_CORRELATION_ID = 256;

  /// What the header of a record can say about the length of a node or correlation id.
  private static final int LONGEST_ID = 0xffff;

  private static final String[] OTHER_NODE_KEYS = {
    "node_name",
    "entity_id",
    "service_name",
    "source_node_id",
    "source_tool",
    "source",
    "service",
    "component",
    "consumer_identity",
    "service_label",
    "source_service",
    "hostname"
  };

  private static final String[] OTHER_TIME_KEYS = {
    "emitted_at",
    "occurred_at",
    "observed_at",
    "failure_timestamp",
    "registered_at",
    "deregistered_at",
    "detected_at",
    "captured_at",
    "decided_at",
    "envelope_timestamp",
    "event_timestamp",
    "shutdown_initiated_at",
    "last_heartbeat_at",
    "started_at"
  };

  private final EventScan scan;
  private final Slots slots;
  private final DecodedEvent event;
  private final TypeCache types;
  private final FieldMasks masks;
  private final long[] halves = new long[2];
  private final TimestampReader time = new TimestampReader();

  EventReading(EventScan scan, DecodedEvent event, TypeCache types, FieldMasks masks) {
    this.scan = scan;
    this.slots = scan.slots;
    this.event = event;
    this.types = types;
    this.masks = masks;
  }

  // ---- Types

  /// The type that the field names; null when the field is absent or null. An object names it by
  /// `event_name`, `event_type` or `value` (ModelEventType of omnibase_core).
  @Nullable TypeName type(int scope, Field field) {
    return switch (slots.kind(scope, field)) {
      case ABSENT, NULL -> null;
      case STRING -> {
        int start = slots.start(scope, field) + 1;
        int end = slots.end(scope, field) - 1;
        if (start == end) {
          throw refused(MISSING_FIELD, scope, field, "the event type is empty");
        }
        yield named(scope, field, start, end, slots.isEscaped(scope, field));
      }
      case OBJECT -> typeObject(scope, field);
      case ARRAY, NUMBER, TRUE, FALSE ->
          throw refused(WRONG_TYPE, scope, field, "the event type is a string or an object");
    };
  }

  private TypeName typeObject(int scope, Field field) {
    Slice object = slots.value(scope, field);
    for (String key : new String[] {"event_name", "event_type", "value"}) {
      Slice inner = JsonFields.inner(JsonFields.find(object, key));
      if (!inner.isEmpty()) {
        TypeName plain = named(scope, field, inner.offset(), inner.end(), true);
        return new TypeName(
            plain.type().isKnown()
                ? plain.type()
                : inNamespace(plain.type(), JsonFields.find(object, "namespace")),
            Spelling.RECENT);
      }
    }
    throw refused(WRONG_TYPE, scope, field, "the event type object has no event_name");
  }

  /// An unknown type behind the name of who gave it, unless together they are no name.
  private EventType inNamespace(EventType type, Slice namespace) {
    String text = JsonFields.text(namespace);
    boolean foreign =
        !text.isEmpty() && !text.equals("onex") && TypeNames.areName(text, type.name());
    return foreign ? EventType.of(masks.text(namespace) + ":" + type.name()) : type;
  }

  private TypeName named(int scope, Field field, int start, int end, boolean escaped) {
    TypeName type =
        escaped
            ? TypeNames.read(JsonText.unescape(slots.array, start, end))
            : types.read(slots.array, start, end);
    if (type == null) {
      throw refused(
          BAD_VALUE,
          scope,
          field,
          "the event type is not a name of letters, digits and _ . : / - that a node may use");
    }
    event.rawType.set(start, end, escaped);
    String masked = type.type().isKnown() ? null : masks.typeName(start, end);
    return masked == null ? type : new TypeName(EventType.of(masked), type.spelling());
  }

  // ---- Ids

  /// Takes the event id from the field; answers whether there was one.
  boolean eventId(int scope, Field field) {
    boolean text = slots.isText(scope, field) && !slots.isEmptyText(scope, field);
    if (!text && slots.kind(scope, field) != JsonKind.NUMBER) {
      return false;
    }
    id(event.eventId, scope, field);
    if (isNone(event.eventId)) {
      event.eventId.clear();
      return false;
    }
    if (event.eventId.length > LONGEST_EVENT_ID) {
      event.warn(EventWarning.LONG_EVENT_ID);
    }
    return true;
  }

  /// Whether the event id has the shape of a UUID (RFC 9562): 36 characters with dashes in their
  /// places, or any other spelling.
  boolean hasUuid() {
    int start = event.eventId.start;
    int length = event.eventId.length;
    byte[] b = slots.array;
    return length == Id128.UUID_LENGTH
        ? b[start + 8] == '-'
            && b[start + 13] == '-'
            && b[start + 18] == '-'
            && b[start + 23] == '-'
        : UuidSpelling.mayBe(length) && UuidSpelling.read(b, start, length, halves, 0);
  }

  /// Takes the node id from `node_id`; answers whether there was one, be it empty.
  boolean nodeId(int scope) {
    return switch (slots.kind(scope, Field.NODE_ID)) {
      case ABSENT, NULL -> false;
      case STRING -> {
        if (slots.isEmptyText(scope, Field.NODE_ID)) {
          event.warn(EventWarning.EMPTY_NODE_ID);
        } else {
          id(event.nodeId, scope, Field.NODE_ID);
        }
        yield true;
      }
      case NUMBER, OBJECT, ARRAY, TRUE, FALSE ->
          throw refused(WRONG_TYPE, scope, Field.NODE_ID, "the node id is a string");
    };
  }

  /// Takes the node id from the first of the keys that stand in for it in `object`, a slice of the
  /// input.
  boolean otherNodeId(Slice object) {
    for (String key : OTHER_NODE_KEYS) {
      if (nodeIdFrom(JsonFields.find(object, key))) {
        return true;
      }
    }
    return nodeIdFrom(JsonFields.find(object, "emitter_identity", "node_name"));
  }

  boolean nodeIdFrom(Slice value) {
    Slice inner = JsonFields.inner(value);
    if (inner.isEmpty() || inner.length() > LONGEST_ID) {
      return false;
    }
    event.nodeId.set(inner.offset(), inner.end(), isEscaped(inner));
    return true;
  }

  private static boolean isEscaped(Slice inner) {
    return JsonText.firstEscape(inner.array(), inner.offset(), inner.end()) >= 0;
  }

  /// Takes the correlation id from the field; answers whether there was one.
  boolean correlationId(int scope, Field field) {
    switch (slots.kind(scope, field)) {
      case ABSENT, NULL -> {
        return false;
      }
      case STRING -> {
        if (slots.isEmptyText(scope, field)) {
          return false;
        }
      }
      case NUMBER -> {}
      case OBJECT, ARRAY, TRUE, FALSE ->
          throw refused(WRONG_TYPE, scope, field, "the correlation id is a string or a number");
    }
    id(event.correlationId, scope, field);
    if (isNone(event.correlationId)) {
      event.correlationId.clear();
      event.warn(EventWarning.NO_CORRELATION_ID);
      return false;
    }
    if (slots.kind(scope, field) == JsonKind.NUMBER) {
      event.warn(EventWarning.CORRELATION_NUMBER);
    }
    if (event.correlationId.length > LONG_CORRELATION_ID) {
      event.warn(EventWarning.LONG_CORRELATION_ID);
    }
    return true;
  }

  /// As [#correlationId], but a value that is no id is passed over.
  boolean tryCorrelationId(int scope, Field field) {
    return switch (slots.kind(scope, field)) {
      case STRING, NUMBER -> correlationId(scope, field);
      case ABSENT, NULL, OBJECT, ARRAY, TRUE, FALSE -> false;
    };
  }

  /// Warns of ids that are kept, or read elsewhere, and mean none: the node's, that of the trace.
  void checkNones() {
    if (event.nodeId.isPresent() && isNone(event.nodeId)) {
      event.warn(EventWarning.ODD_NODE_ID);
    }
    if (scan.mayHold(Field.TRACE_ID)) {
      for (int scope = Slots.TOP; scope < Slots.ELSEWHERE; scope++) {
        if (slots.isText(scope, Field.TRACE_ID)
            && NoId.means(JsonText.utf8(JsonFields.inner(slots.value(scope, Field.TRACE_ID))))) {
          event.warn(EventWarning.NO_TRACE_ID);
        }
      }
    }
  }

  private boolean isNone(Span span) {
    int end = span.start + span.length;
    return span.escaped
        ? NoId.means(JsonText.utf8(new Slice(slots.array, span.start, span.length)))
        : NoId.means(slots.array, span.start, end);
  }

  private void id(Span span, int scope, Field field) {
    int quote = slots.kind(scope, field) == JsonKind.STRING ? 1 : 0;
    int start = slots.start(scope, field) + quote;
    int end = slots.end(scope, field) - quote;
    if (end - start > LONGEST_ID) {
      throw refused(BAD_VALUE, scope, field, "an id is at most " + LONGEST_ID + " bytes long");
    }
    span.set(start, end, slots.isEscaped(scope, field));
  }

  // ---- Metadata

  /// Takes the metadata object, if there is one.
  void metadata(int scope) {
    JsonKind kind = slots.kind(scope, Field.METADATA);
    boolean decoded = kind == JsonKind.STRING && scan.isMetadataDecoded(scope);
    if (decoded) {
      event.warn(EventWarning.METADATA_DECODED);
    }
    if (decoded || kind == JsonKind.OBJECT) {
      event.metadata.set(
          slots.start(scope, Field.METADATA), slots.end(scope, Field.METADATA), false);
    } else if (kind != JsonKind.ABSENT && kind != JsonKind.NULL) {
      throw refused(
          WRONG_TYPE, scope, Field.METADATA, "the metadata is an object or text that holds one");
    }
  }

  // ---- Times

  /// Takes the time from one of the keys that stand in for `timestamp` in `object`.
  boolean otherTime(Slice object) {
    for (String key : OTHER_TIME_KEYS) {
      Slice value = JsonFields.find(object, key);
      if (!value.isEmpty() && time.read(value.array(), value.offset(), value.end())) {
        takeTime();
        return true;
      }
    }
    return false;
  }

  /// Takes the time from the field, which is there.
  ///
  /// @throws JsonRefused when it cannot be read
  void readTime(int scope, Field field) {
    if (!time.read(slots.array, slots.start(scope, field), slots.end(scope, field))) {
      throw refused(
          BAD_TIMESTAMP,
          scope,
          field,
          "the time is ISO 8601 such as 2025-05-25T14:30:00.123456Z, or a number of seconds or"
              + " milliseconds since 1970");
    }
    takeTime();
  }

  /// Takes the time from the field if it holds one that can be read.
  boolean tryTime(int scope, Field field) {
    if (!slots.holds(scope, field)
        || !time.read(slots.array, slots.start(scope, field), slots.end(scope, field))) {
      return false;
    }
    takeTime();
    return true;
  }

  private void takeTime() {
    event.timeMicros = time.micros();
    if (time.form() == TimestampReader.Form.DATE) {
      event.warn(EventWarning.DATE_ONLY);
    }
  }

  /// Whether the time read last says in which zone it is.
  boolean timeHasZone() {
    return time.form() == TimestampReader.Form.ZONED;
  }

  /// Uses the time of the carrier, else that of receipt.
  void assumeTime(Carrier carrier, long receivedMicros) {
    event.timeAssumed = true;
    event.timeMicros =
        carrier.timeMicros() == Carrier.NO_TIME ? receivedMicros : carrier.timeMicros();
  }

  void checkTime(long receivedMicros) {
    if (event.timeMicros < OLDEST_MICROS || event.timeMicros > receivedMicros + DAY_MICROS) {
      event.warn(EventWarning.ODD_TIME);
    }
  }

  /// Judges the version of the event's schema: text, number or object (onex-facts a9).
  void schemaVersion(int scope) {
    switch (slots.kind(scope, Field.SCHEMA_VERSION)) {
      case ABSENT, NULL -> {}
      case STRING -> {
        int start = slots.start(scope, Field.SCHEMA_VERSION) + 1;
        int end = start;
        while (slots.array[end] >= '0' && slots.array[end] <= '9') {
          end++;
        }
        major(JsonNumber.toLong(slots.array, start, end, -1));
      }
      case NUMBER ->
          major(
              (long)
                  JsonNumber.toDouble(
                      slots.array,
                      slots.start(scope, Field.SCHEMA_VERSION),
                      slots.end(scope, Field.SCHEMA_VERSION)));
      case OBJECT ->
          major(
              JsonFields.integer(
                  JsonFields.find(slots.value(scope, Field.SCHEMA_VERSION), "major"), -1));
      case ARRAY, TRUE, FALSE -> major(-1);
    }
  }

  private void major(long major) {
    if (major > 1) {
      event.warn(EventWarning.NEWER_SCHEMA);
    } else if (major < 0) {
      event.warn(EventWarning.ODD_SCHEMA);
    }
  }

  // ---- Refusals

  /// Refuses for a field that is absent or null.
  ///
  /// @param start of the object it belongs to, which is the place of the fault when it is absent
  JsonRefused missing(int scope, int start, Field field, String message) {
    int at = slots.has(scope, field) ? slots.start(scope, field) : start;
    return new JsonRefused(MISSING_FIELD, at, path(scope, field), message);
  }

  /// @param name of the value, to begin a sentence with
  /// @throws JsonRefused when the field holds anything but an object
  void requireObject(int scope, Field field, String name) {
    if (slots.kind(scope, field) != JsonKind.OBJECT) {
      throw refused(WRONG_TYPE, scope, field, name + " is an object");
    }
  }

  private JsonRefused refused(RefusalCode code, int scope, Field field, String message) {
    return new JsonRefused(code, slots.start(scope, field), path(scope, field), message);
  }

  private String path(int scope, Field field) {
    return scope == Slots.INNER
        ? (slots.has(Slots.TOP, Field.PAYLOAD) ? "payload." : "data.") + field.key()
        : field.key();
  }
}
