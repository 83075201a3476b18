package io.onex.event;

import static io.onex.event.RefusalCode.BAD_ENCODING;
import static io.onex.event.RefusalCode.BAD_NUMBER;
import static io.onex.event.RefusalCode.NOT_JSON;
import static io.onex.event.RefusalCode.NOT_OBJECT;
import static io.onex.event.RefusalCode.TOO_LARGE;
import static io.onex.event.RefusalCode.TRAILING_DATA;

import io.onex.bytes.KeyHash;
import io.onex.bytes.Slice;
import io.onex.json.JsonBytes;
import io.onex.json.JsonCursor;
import io.onex.json.JsonFields;
import io.onex.json.JsonNumber;
import io.onex.json.JsonText;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// Reads ONEX events of all generations from bytes, in one pass and without building a tree.
///
/// The pass checks the whole grammar, notes where the fields stand, and finds what must be redacted
/// or repaired; only then is the body copied. What is accepted and why something is refused stands
/// in `docs/reference/events.md`. One decoder belongs to one thread and is used for many events;
/// nothing is allocated for an ordinary one.
public final class EventDecoder {
  private final EventLimits limits;
  private final EventScan scan;
  private final DecodedEvent event = new DecodedEvent();
  private final FieldMasks masks;
  private final EventShapes shapes;
  private final DecodeOutcome accepted = new DecodeOutcome.Accepted(event);
  private final DecodeOutcome blank = new DecodeOutcome.Blank();
  private byte[] edited = new byte[1024];

  /// A decoder by itself, whose masked ids follow from `hashSeed` as well.
  ///
  /// @param limits how large and deep an event may be
  /// @param sensitiveKeys the keys whose values are replaced
  /// @param hashSeed a number that senders cannot know, so that none can make all keys collide
  public EventDecoder(EventLimits limits, SensitiveKeys sensitiveKeys, long hashSeed) {
    this(
        limits,
        sensitiveKeys,
        hashSeed,
        new MaskedIds(ByteBuffer.allocate(Long.BYTES).putLong(hashSeed).array()));
  }

  /// @param limits how large and deep an event may be
  /// @param sensitiveKeys the keys whose values are replaced
  /// @param hashSeed a number that senders cannot know, so that none can make all keys collide
  /// @param maskedIds tells ids apart in which something was replaced
  public EventDecoder(
      EventLimits limits, SensitiveKeys sensitiveKeys, long hashSeed, MaskedIds maskedIds) {
    this.limits = limits;
    KeyHash hash = new KeyHash(hashSeed);
    this.scan = new EventScan(limits, sensitiveKeys, hash, EventScan.NESTING);
    this.masks = new FieldMasks(scan, sensitiveKeys, maskedIds);
    this.shapes = new EventShapes(scan, event, new TypeCache(hash), masks);
  }

  /// Reads the one event in `array` from `from` up to but not including `to`.
  ///
  /// Never throws for what the bytes hold. The array is not changed; an accepted event may be a
  /// view of it.
  ///
  /// @param carrier what is known besides the bytes, [Carrier#NONE] for nothing
  /// @param receivedMicros now, in microseconds since 1970-01-01T00:00:00Z
  public DecodeOutcome decode(
      byte[] array, int from, int to, Carrier carrier, long receivedMicros) {
    return decode(array, from, to, carrier, receivedMicros, true);
  }

  private DecodeOutcome decode(
      byte[] array, int from, int to, Carrier carrier, long receivedMicros, boolean unwrap) {
    int start = JsonBytes.skipSpace(array, from, to);
    int end = to;
    while (end > start && JsonBytes.isSpace(array[end - 1])) {
      end--;
    }
    boolean mark = hasByteOrderMark(array, start, end);
    start = mark ? JsonBytes.skipSpace(array, start + 3, end) : start;
    if (start == end) {
      return blank;
    }
    if (end - start > limits.maxBytes()) {
      return refused(
          TOO_LARGE, "", start - from, "longer than the limit of " + limits.maxBytes() + " bytes");
    }
    Topic topic = carrier.topic();
    IgnoreReason ignored = topic == null ? null : topic.ignored();
    if (ignored != null) {
      return new DecodeOutcome.Ignored(ignored);
    }
    if (isWide(array, start, end)) {
      return refused(BAD_ENCODING, "", start - from, "the text is UTF-16 or UTF-32, not UTF-8");
    }
    try {
      int after = scan.space(scan.value(array, start, end));
      if (after < end) {
        throw new JsonRefused(TRAILING_DATA, after, "something stands after the event");
      }
    } catch (JsonRefused fault) {
      return broken(array, start, from, fault);
    }
    if (array[start] != '{') {
      return array[start] == 'n'
          ? new DecodeOutcome.Ignored(IgnoreReason.TOMBSTONE)
          : refused(NOT_OBJECT, "", start - from, "an event is a JSON object");
    }
    try {
      if (unwrap && isCarried()) {
        return unwrapped(array, start, end, receivedMicros);
      }
      if (Base64Data.isIn(scan.slots)) {
        return withPlainData(array, start, end, start - from, carrier, receivedMicros);
      }
      return read(array, start, end, carrier, receivedMicros, mark);
    } catch (JsonRefused fault) {
      return refused(fault.code, fault.field, Math.max(fault.at - from, 0), fault.sentence());
    }
  }

  /// Refuses text that cannot be read to its end, by what is most likely wrong with it: bytes that
  /// are no text and lines of plain text break the grammar in arbitrary places.
  private DecodeOutcome broken(byte[] array, int start, int from, JsonRefused fault) {
    boolean grammar = fault.code == NOT_JSON || fault.code == TRAILING_DATA;
    int binary = grammar ? scan.notUtf8(start) : -1;
    if (binary >= 0) {
      return refused(
          BAD_ENCODING,
          "",
          binary - from,
          isGzip(array, start, binary)
              ? "the bytes are gzip, which the sender has to declare"
              : "the bytes are not UTF-8");
    }
    boolean container = array[start] == '{' || array[start] == '[';
    if (!container && (grammar || fault.code == BAD_NUMBER)) {
      return refused(NOT_JSON, "", fault.at - from, "the text is not JSON");
    }
    return refused(fault.code, scan.path(), fault.at - from, fault.sentence());
  }

  private DecodeOutcome read(
      byte[] array, int start, int end, Carrier carrier, long receivedMicros, boolean mark) {
    event.reset();
    IgnoreReason ignored = shapes.read(start, end, carrier, receivedMicros);
    if (ignored != null) {
      return new DecodeOutcome.Ignored(ignored);
    }
    if (mark) {
      event.warn(EventWarning.BYTE_ORDER_MARK);
    }
    if (end - start > limits.warnBytes()) {
      event.warn(EventWarning.LARGE);
    }
    // The event and its metadata are two levels that the guideline does not count.
    if (scan.deepest > limits.warnDepth() + 2) {
      event.warn(EventWarning.DEEP);
    }
    if (scan.hasLargeNumber()) {
      event.warn(EventWarning.LARGE_NUMBER);
    }
    if (scan.notNumbers > 0) {
      event.warn(EventWarning.NOT_A_NUMBER);
    }
    if (!carrier.headers().isEmpty() && hasOddHeaders(carrier)) {
      event.warn(EventWarning.ODD_HEADERS);
    }
    settle(array, start, end);
    return accepted;
  }

  /// Gives the event its body: the input itself, or a copy when anything in it has to change.
  private void settle(byte[] array, int start, int end) {
    event.redacted = scan.redacted;
    event.mayHoldTraceId = scan.mayHold(Field.TRACE_ID);
    event.mayHoldCoverage = scan.mayHold(Field.TEST_COVERAGE_PERCENT);
    event.repaired = scan.notNumbers > 0 || scan.isAnyMetadataDecoded();
    if (scan.redacted) {
      event.tellApart(masks);
    }
    event.rebase(scan.edits, start);
    if (scan.edits.isEmpty() && !scan.hasLineBreaks()) {
      event.body = array;
      event.bodyStart = start;
      event.bodyEnd = end;
      return;
    }
    int length = scan.edits.editedLength(start, end);
    if (edited.length < length) {
      edited = new byte[Math.max(length, edited.length * 2)];
    }
    scan.edits.apply(array, start, end, edited);
    HiddenText.oneLine(edited, length);
    event.body = edited;
    event.bodyStart = 0;
    event.bodyEnd = length;
  }

  // ---- Records of a message bus written as JSON: {topic, partition, offset, key, headers, value}

  private boolean isCarried() {
    Slots slots = scan.slots;
    return slots.isText(Slots.TOP, Field.TOPIC)
        && slots.has(Slots.TOP, Field.VALUE)
        && !slots.has(Slots.TOP, Field.EVENT_TYPE)
        && !slots.has(Slots.TOP, Field.NODE_ID)
        && !slots.has(Slots.TOP, Field.PAYLOAD);
  }

  private DecodeOutcome unwrapped(byte[] array, int start, int end, long receivedMicros) {
    Slice value = scan.slots.value(Slots.TOP, Field.VALUE);
    Carrier carrier = carrier(new Slice(array, start, end - start));
    return switch (scan.slots.kind(Slots.TOP, Field.VALUE)) {
      case STRING -> {
        byte[] plain = JsonText.unescape(JsonFields.inner(value)).getBytes(StandardCharsets.UTF_8);
        yield decode(plain, 0, plain.length, carrier, receivedMicros, false);
      }
      case NULL, ABSENT -> new DecodeOutcome.Ignored(IgnoreReason.TOMBSTONE);
      case OBJECT, ARRAY, NUMBER, TRUE, FALSE ->
          decode(array, value.offset(), value.end(), carrier, receivedMicros, false);
    };
  }

  // ---- CloudEvents whose data is base64

  /// @param offset of `start` within the input
  private DecodeOutcome withPlainData(
      byte[] array, int start, int end, int offset, Carrier carrier, long receivedMicros) {
    Base64Data data = Base64Data.of(array, start, end, scan.slots);
    byte[] decoded = data.decoded();
    try {
      // Alone first: what is more than one value must not become a part of the event around it.
      int after = scan.space(scan.value(decoded, 0, decoded.length));
      if (after < decoded.length) {
        return refused(
            TRAILING_DATA,
            Base64Data.FIELD,
            offset + data.offsetOfByte(after),
            "something stands after the data");
      }
    } catch (JsonRefused fault) {
      return refused(
          fault.code,
          data.pathOf(scan.path()),
          offset + data.offsetOfByte(fault.at),
          "the data that is decoded from base64: " + fault.sentence());
    }
    byte[] plain = data.spliced();
    DecodeOutcome outcome = decode(plain, 0, plain.length, carrier, receivedMicros, false);
    if (outcome instanceof DecodeOutcome.Refused(Refusal refusal)) {
      return refused(
          refusal.code(),
          data.fieldOf(refusal.field()),
          offset + data.offsetOfSpliced(refusal.byteOffset()),
          refusal.message());
    }
    event.repaired = true;
    return outcome;
  }

  private static Carrier carrier(Slice wrapper) {
    Map<String, String> headers = new HashMap<>();
    JsonCursor at = new JsonCursor();
    for (at.enter(JsonFields.find(wrapper, "headers")); at.next(); ) {
      headers.put(at.key(), at.text());
    }
    long millis = JsonFields.integer(JsonFields.find(wrapper, "timestamp_ms"), -1);
    return new Carrier(
        Topic.of(JsonFields.text(JsonFields.find(wrapper, "topic"))),
        millis < 0 ? Carrier.NO_TIME : millis * 1000,
        headers);
  }

  /// Whether a header that ONEX publishers always write does not hold what it should.
  private static boolean hasOddHeaders(Carrier carrier) {
    String retries = carrier.headers().getOrDefault("retry_count", "0");
    String priority = carrier.headers().getOrDefault("priority", "normal");
    boolean knownPriority =
        switch (priority) {
          case "low", "normal", "high", "critical" -> true;
          default -> false;
        };
    return !knownPriority || JsonNumber.toLong(Slice.utf8(retries), -1) < 0;
  }

  // ---- Encodings

  private static boolean hasByteOrderMark(byte[] b, int start, int end) {
    return end - start >= 3
        && b[start] == (byte) 0xef
        && b[start + 1] == (byte) 0xbb
        && b[start + 2] == (byte) 0xbf;
  }

  /// Whether the bytes up to the first that is not UTF-8 begin as gzip does (RFC 1952, 2.3.1).
  private static boolean isGzip(byte[] b, int start, int binary) {
    return binary == start + 1 && b[start] == 0x1f && b[binary] == (byte) 0x8b;
  }

  private static boolean isWide(byte[] b, int start, int end) {
    if (end - start < 2) {
      return false;
    }
    int first = (b[start] & 0xff) << 8 | (b[start + 1] & 0xff);
    return first == 0xfeff || first == 0xfffe || b[start] == 0 || b[start + 1] == 0;
  }

  private static DecodeOutcome refused(RefusalCode code, String field, int offset, String message) {
    return new DecodeOutcome.Refused(new Refusal(code, field, offset, message));
  }
}
