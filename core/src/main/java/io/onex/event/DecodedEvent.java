package io.onex.event;

import io.onex.bytes.Slice;
import io.onex.json.JsonText;

/// What an accepted input says, as offsets into its bytes: all that a record of the log needs.
///
/// Owned by its [EventDecoder] and overwritten by the next call, so a caller copies what it keeps.
/// The body is valid JSON on one line, cleaned of secrets and repaired; offsets of fields count
/// from its start, and [#ABSENT] stands for "no such field". Not for use by two threads.
public final class DecodedEvent {
  /// Stands for "no such field" where an offset is expected; the same number as in the log.
  public static final int ABSENT = -1;

  EventKind kind = EventKind.EVENT;
  EventType type = EventType.LOG_LINE;
  long timeMicros;
  boolean timeAssumed;
  boolean timeOfEnvelope;
  long warnings;
  boolean redacted;
  boolean mayHoldTraceId;
  boolean mayHoldCoverage;
  boolean repaired;
  boolean saysMoreInPayload;
  boolean saysMoreBeside;

  byte[] body = Slice.EMPTY.array();
  int bodyStart;
  int bodyEnd;

  final Span eventId = new Span();
  final Span rawType = new Span();
  final Span nodeId = new Span();
  final Span correlationId = new Span();
  final Span metadata = new Span();

  /// An event id that does not stand in the body; used when not empty.
  Slice madeEventId = Slice.EMPTY;

  /// A stretch of the body; while decoding, of the input.
  static final class Span {
    int start = ABSENT;
    int length;
    boolean escaped;

    /// Whether it is a number that becomes a string by an edit.
    boolean quoted;

    void set(int from, int to, boolean hasEscapes) {
      start = from;
      length = to - from;
      escaped = hasEscapes;
      quoted = false;
    }

    void clear() {
      start = ABSENT;
      length = 0;
      escaped = false;
      quoted = false;
    }

    boolean isPresent() {
      return start != ABSENT;
    }

    private void rebase(Edits edits, int from) {
      if (start != ABSENT) {
        int end = edits.map(start + length, from);
        start = edits.map(start, from);
        length = end - start;
        if (quoted) {
          start++;
          length -= 2;
        }
      }
    }
  }

  DecodedEvent() {}

  void reset() {
    kind = EventKind.EVENT;
    timeAssumed = false;
    timeOfEnvelope = false;
    saysMoreInPayload = false;
    saysMoreBeside = false;
    warnings = 0;
    eventId.clear();
    rawType.clear();
    nodeId.clear();
    correlationId.clear();
    metadata.clear();
    madeEventId = Slice.EMPTY;
  }

  void warn(EventWarning warning) {
    warnings |= warning.bit();
  }

  /// Makes ids differ in which different secrets were masked.
  void tellApart(FieldMasks masks) {
    masks.tellApart(eventId);
    masks.tellApart(nodeId);
    masks.tellApart(correlationId);
  }

  /// Turns indexes of the input, whose first byte stands at `from`, into offsets of the body.
  void rebase(Edits edits, int from) {
    eventId.rebase(edits, from);
    rawType.rebase(edits, from);
    nodeId.rebase(edits, from);
    correlationId.rebase(edits, from);
    metadata.rebase(edits, from);
  }

  /// Whether to store it as an event or as a log line.
  public EventKind kind() {
    return kind;
  }

  /// The canonical type; [EventType#LOG_LINE] or [EventType#AUDIT] for a log line.
  public EventType type() {
    return type;
  }

  /// The type as the producer spelled it; empty when it named none.
  public String rawType() {
    return rawType.isPresent() ? slice(rawType).utf8() : "";
  }

  /// Whether the input had an event id. If not, the caller mints one.
  public boolean hasEventId() {
    return eventId.isPresent() || !madeEventId.isEmpty();
  }

  /// The event id as UTF-8 without escapes; empty when there was none. May be longer than 256 bytes
  /// (see [EventWarning#LONG_EVENT_ID]); the caller then stores a hash of it.
  public Slice eventId() {
    if (!madeEventId.isEmpty()) {
      return madeEventId;
    }
    if (!eventId.isPresent()) {
      return Slice.EMPTY;
    }
    return eventId.escaped ? JsonText.utf8(slice(eventId)) : slice(eventId);
  }

  /// Where the event id stands in the body as it is meant; [#ABSENT] when it has escapes, comes
  /// from elsewhere or is missing. Spares whoever asks the slice of [#eventId].
  public int eventIdOffset() {
    return madeEventId.isEmpty() && !eventId.escaped ? eventId.start : ABSENT;
  }

  public int eventIdLength() {
    return eventId.length;
  }

  /// When it happened, in microseconds since 1970-01-01T00:00:00Z.
  public long timeMicros() {
    return timeMicros;
  }

  /// Whether the input had no time, so that [#timeMicros] is the time of its carrier or of receipt.
  public boolean timeAssumed() {
    return timeAssumed;
  }

  /// Whether [#timeMicros] is that of the envelope around the event, which a transport writes anew
  /// at each try.
  public boolean timeOfEnvelope() {
    return timeOfEnvelope;
  }

  /// The array that holds the body from [#bodyOffset] on, [#bodyLength] bytes long: the input's own
  /// when nothing had to be changed, else one of the decoder's.
  public byte[] bodyArray() {
    return body;
  }

  public int bodyOffset() {
    return bodyStart;
  }

  public int bodyLength() {
    return bodyEnd - bodyStart;
  }

  /// The body as a slice, made anew at each call.
  public Slice body() {
    return new Slice(body, bodyStart, bodyEnd - bodyStart);
  }

  /// Where the node id stands in the body, without quotes.
  public int nodeIdOffset() {
    return nodeId.start;
  }

  public int nodeIdLength() {
    return nodeId.length;
  }

  /// Whether the node id holds JSON escapes.
  public boolean nodeIdEscaped() {
    return nodeId.escaped;
  }

  /// Where the correlation id stands in the body, without quotes.
  public int correlationIdOffset() {
    return correlationId.start;
  }

  public int correlationIdLength() {
    return correlationId.length;
  }

  /// Whether the correlation id holds JSON escapes.
  public boolean correlationIdEscaped() {
    return correlationId.escaped;
  }

  /// Where the metadata object stands in the body, braces included. For an envelope without a whole
  /// event in it this is its payload, for a bare payload or a log line the whole body.
  public int metadataOffset() {
    return metadata.start;
  }

  public int metadataLength() {
    return metadata.length;
  }

  /// Whether a sensitive value was replaced.
  public boolean redacted() {
    return redacted;
  }

  /// Whether a key `trace_id` may stand in the body, at any depth.
  public boolean mayHoldTraceId() {
    return mayHoldTraceId;
  }

  /// Whether a key `test_coverage_percent` may stand in the body, at any depth.
  public boolean mayHoldCoverage() {
    return mayHoldCoverage;
  }

  /// Whether the metadata stands inside a `payload` or `data` that says more beside it, such as how
  /// long something took or why it failed.
  public boolean saysMoreInPayload() {
    return saysMoreInPayload;
  }

  /// Whether a flat event says more beside its metadata.
  public boolean saysMoreBeside() {
    return saysMoreBeside;
  }

  /// Whether NaN or Infinity became null, or metadata encoded twice was decoded.
  public boolean repaired() {
    return repaired;
  }

  /// What was odd, as bits; 0 when nothing was. See [EventWarning#of].
  public long warnings() {
    return warnings;
  }

  private Slice slice(Span span) {
    return new Slice(body, bodyStart + span.start, span.length);
  }
}
