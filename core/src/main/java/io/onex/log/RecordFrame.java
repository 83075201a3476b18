package io.onex.log;

import static io.onex.storage.LittleEndian.I16;
import static io.onex.storage.LittleEndian.I32;
import static io.onex.storage.LittleEndian.I64;

import io.onex.bytes.Slice;
import io.onex.event.EventType;
import java.nio.charset.StandardCharsets;

/// A view of one encoded record inside an array that holds many.
///
/// The layout is little endian: a fixed header of [#FIXED_BYTES] bytes, the event id, the name of a
/// type without id, the body. `docs/reference/format/log.md` draws it. Field offsets count from the
/// start of the body; [#ABSENT] means that the record has no such field. The array is shared and
/// read-only.
public final class RecordFrame {
  /// Bytes of the fixed header, its length field included.
  public static final int FIXED_BYTES = 64;

  /// Stands for "no such field" where an offset is expected.
  public static final int ABSENT = -1;

  static final int LENGTH = 0;
  static final int KIND = 4;
  static final int FIXED = 5;
  static final int FLAGS = 6;
  static final int INGEST_TIME = 8;
  static final int EVENT_TIME = 16;
  static final int SOURCE = 24;
  static final int TYPE = 26;
  static final int PRINCIPAL = 28;
  static final int EVENT_ID_LENGTH = 32;
  static final int TYPE_NAME_LENGTH = 34;
  static final int NODE_ID_OFFSET = 36;
  static final int CORRELATION_ID_OFFSET = 40;
  static final int NODE_ID_LENGTH = 44;
  static final int CORRELATION_ID_LENGTH = 46;
  static final int METADATA_OFFSET = 48;
  static final int METADATA_LENGTH = 52;
  static final int BODY_LENGTH = 56;
  static final int CAUSE_LENGTH = 60;
  static final int CAUSE_FROM_END = 62;

  /// Both halves of the key of the id that a [RecordFlags#CONFLICTING] record came with.
  static final int SENT_KEY = 64;

  /// Bytes of the fixed header of such a record.
  static final int CONFLICTING_BYTES = 80;

  private final byte[] array;
  private final int start;
  private final int partition;
  private final long offset;

  /// @param array holds the encoded record
  /// @param start index of its first byte
  /// @param position where the record stands in the log
  public RecordFrame(byte[] array, int start, Position position) {
    this(array, start, position.partition(), position.offset());
  }

  /// As above, without an object for the position, which few ask for.
  RecordFrame(byte[] array, int start, int partition, long offset) {
    this.array = array;
    this.start = start;
    this.partition = partition;
    this.offset = offset;
  }

  /// Bytes of the record that starts at `start` of `array`, its length field included.
  public static int encodedLength(byte[] array, int start) {
    return (int) I32.get(array, start + LENGTH) + Integer.BYTES;
  }

  public Position position() {
    return new Position(partition, offset);
  }

  public RecordKind kind() {
    return RecordKind.ofCode(array[start + KIND]);
  }

  /// The bits of [RecordFlags].
  public int flags() {
    return u16(FLAGS);
  }

  public boolean has(int flag) {
    return (flags() & flag) != 0;
  }

  /// Microseconds since the epoch, UTC, at which the gateway took the record in.
  public long ingestTimeMicros() {
    return (long) I64.get(array, start + INGEST_TIME);
  }

  /// Microseconds since the epoch, UTC, at which the sender says it happened.
  public long eventTimeMicros() {
    return (long) I64.get(array, start + EVENT_TIME);
  }

  /// Which kind of source brought it; a code of [SourceKind].
  public int sourceId() {
    return u16(SOURCE);
  }

  /// Who sent it; 0 until access control exists.
  public int principalId() {
    return (int) I32.get(array, start + PRINCIPAL);
  }

  public EventType type() {
    int id = u16(TYPE);
    if (id != EventType.UNKNOWN_ID) {
      return EventType.ofId(id);
    }
    return EventType.of(text(start + fixedBytes() + u16(EVENT_ID_LENGTH), u16(TYPE_NAME_LENGTH)));
  }

  /// Id of the type in the log format; [EventType#UNKNOWN_ID] when it has none.
  public int typeId() {
    return u16(TYPE);
  }

  /// The name of a type that has no id of its own, as it stands in the record; empty for the
  /// others.
  public Slice typeName() {
    return new Slice(array, start + fixedBytes() + u16(EVENT_ID_LENGTH), u16(TYPE_NAME_LENGTH));
  }

  /// Identifies the record to people and for duplicates; at most 256 bytes, never empty.
  public Slice eventId() {
    return new Slice(array, start + fixedBytes(), u16(EVENT_ID_LENGTH));
  }

  /// The record as sent, redacted and repaired.
  public Slice body() {
    return new Slice(array, bodyStart(), (int) I32.get(array, start + BODY_LENGTH));
  }

  /// The node id as it stands in the body, or empty.
  public Slice nodeId() {
    return field(NODE_ID_OFFSET, u16(NODE_ID_LENGTH));
  }

  /// The correlation id as it stands in the body, or empty.
  public Slice correlationId() {
    return field(CORRELATION_ID_OFFSET, u16(CORRELATION_ID_LENGTH));
  }

  /// The JSON object of metadata as it stands in the body, braces included, or empty.
  public Slice metadata() {
    return field(METADATA_OFFSET, (int) I32.get(array, start + METADATA_LENGTH));
  }

  /// The whole encoded record, header included.
  public Slice encoded() {
    return new Slice(array, start, encodedLength(array, start));
  }

  private int bodyStart() {
    return start + fixedBytes() + u16(EVENT_ID_LENGTH) + u16(TYPE_NAME_LENGTH);
  }

  private int fixedBytes() {
    return array[start + FIXED] & 0xff;
  }

  private Slice field(int offsetField, int length) {
    int offset = (int) I32.get(array, start + offsetField);
    return offset == ABSENT ? Slice.EMPTY : new Slice(array, bodyStart() + offset, length);
  }

  private int u16(int field) {
    return (short) I16.get(array, start + field) & 0xffff;
  }

  private String text(int from, int length) {
    return new String(array, from, length, StandardCharsets.UTF_8);
  }
}
