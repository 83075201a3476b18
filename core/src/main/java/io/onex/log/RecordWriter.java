package io.onex.log;

import static io.onex.storage.LittleEndian.I16;
import static io.onex.storage.LittleEndian.I32;
import static io.onex.storage.LittleEndian.I64;

import io.onex.bytes.Slice;
import io.onex.event.EventType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Encodes records one after the other into one growing array, ready to be appended.
///
/// Usage: [#begin], then any of the field setters, then [#end]. Reusable after [#clear]; one thread
/// at a time.
public final class RecordWriter {
  /// Longest event id that is kept, in bytes.
  public static final int MAX_EVENT_ID_BYTES = 256;

  private byte[] array;
  private int size;
  private int count;
  private int start;
  private int complete;
  private int eventIdBytes;
  private int typeNameBytes;

  /// @param initialBytes capacity to begin with; it grows as needed
  public RecordWriter(int initialBytes) {
    this.array = new byte[initialBytes];
  }

  /// Starts a record. `eventId` is at most [#MAX_EVENT_ID_BYTES] long and not empty.
  public RecordWriter begin(
      RecordKind kind, EventType type, Slice eventId, long ingestTimeMicros, long eventTimeMicros) {
    return begin(
        kind,
        type,
        eventId.array(),
        eventId.offset(),
        eventId.length(),
        ingestTimeMicros,
        eventTimeMicros);
  }

  /// As the other `begin`, for an event id that stands in `ids` from `offset` on.
  public RecordWriter begin(
      RecordKind kind,
      EventType type,
      byte[] ids,
      int offset,
      int length,
      long ingestTimeMicros,
      long eventTimeMicros) {
    if (length < 1 || length > MAX_EVENT_ID_BYTES) {
      throw new IllegalArgumentException(
          "an event id has 1 to " + MAX_EVENT_ID_BYTES + " bytes, not " + length);
    }
    start = size;
    byte[] typeName =
        type.isKnown() ? Slice.EMPTY.array() : type.name().getBytes(StandardCharsets.UTF_8);
    eventIdBytes = length;
    typeNameBytes = typeName.length;
    reserve(RecordFrame.FIXED_BYTES + eventIdBytes + typeNameBytes);
    Arrays.fill(array, start, start + RecordFrame.FIXED_BYTES, (byte) 0);
    array[start + RecordFrame.KIND] = kind.code();
    array[start + RecordFrame.FIXED] = RecordFrame.FIXED_BYTES;
    I64.set(array, start + RecordFrame.INGEST_TIME, ingestTimeMicros);
    I64.set(array, start + RecordFrame.EVENT_TIME, eventTimeMicros);
    I16.set(array, start + RecordFrame.TYPE, (short) type.id());
    I16.set(array, start + RecordFrame.EVENT_ID_LENGTH, (short) eventIdBytes);
    I16.set(array, start + RecordFrame.TYPE_NAME_LENGTH, (short) typeNameBytes);
    I32.set(array, start + RecordFrame.NODE_ID_OFFSET, RecordFrame.ABSENT);
    I32.set(array, start + RecordFrame.CORRELATION_ID_OFFSET, RecordFrame.ABSENT);
    I32.set(array, start + RecordFrame.METADATA_OFFSET, RecordFrame.ABSENT);
    size = start + RecordFrame.FIXED_BYTES;
    put(ids, offset, eventIdBytes);
    put(typeName, 0, typeNameBytes);
    return this;
  }

  /// The bits of [RecordFlags].
  public RecordWriter flags(int flags) {
    I16.set(array, start + RecordFrame.FLAGS, (short) flags);
    return this;
  }

  public RecordWriter source(SourceKind source) {
    I16.set(array, start + RecordFrame.SOURCE, (short) source.code());
    return this;
  }

  /// Where the node id stands in the body, in bytes from its start.
  public RecordWriter nodeId(int offset, int length) {
    I32.set(array, start + RecordFrame.NODE_ID_OFFSET, offset);
    I16.set(array, start + RecordFrame.NODE_ID_LENGTH, u16("node id", length));
    return this;
  }

  /// Where the correlation id stands in the body, in bytes from its start.
  public RecordWriter correlationId(int offset, int length) {
    I32.set(array, start + RecordFrame.CORRELATION_ID_OFFSET, offset);
    I16.set(array, start + RecordFrame.CORRELATION_ID_LENGTH, u16("correlation id", length));
    return this;
  }

  /// Where the metadata object stands in the body, in bytes from its start.
  public RecordWriter metadata(int offset, int length) {
    I32.set(array, start + RecordFrame.METADATA_OFFSET, offset);
    I32.set(array, start + RecordFrame.METADATA_LENGTH, length);
    return this;
  }

  /// Where the event id of the record's cause stands in the body, between the quotes of a JSON
  /// string. The index of ids leads from this id to the record ([SegmentedLog#findCausedBy]).
  ///
  /// @param fromEnd bytes from its first one to the end of the body, at most 65535
  /// @param length bytes, with what is escaped
  public RecordWriter cause(int fromEnd, int length) {
    I16.set(array, start + RecordFrame.CAUSE_FROM_END, u16("the way from a cause", fromEnd));
    I16.set(array, start + RecordFrame.CAUSE_LENGTH, u16("cause", length));
    return this;
  }

  /// Adds body bytes; called any number of times, in order.
  public RecordWriter body(byte[] bytes, int offset, int length) {
    put(bytes, offset, length);
    return this;
  }

  /// Completes the record that [#begin] started.
  public void end() {
    int bodyBytes = size - start - RecordFrame.FIXED_BYTES - eventIdBytes - typeNameBytes;
    I32.set(array, start + RecordFrame.BODY_LENGTH, bodyBytes);
    I32.set(array, start + RecordFrame.LENGTH, size - start - Integer.BYTES);
    count++;
    complete = size;
  }

  /// Adds a record that is encoded already, such as one read before.
  public RecordWriter copy(RecordFrame frame) {
    Slice encoded = frame.encoded();
    start = size;
    put(encoded.array(), encoded.offset(), encoded.length());
    count++;
    complete = size;
    return this;
  }

  /// Forgets the record that [#begin] started, as if it had not been called.
  public void abandon() {
    size = start;
  }

  /// Forgets a record that was begun and not ended, if there is one: for whoever caught what came
  /// in between.
  public void dropIncomplete() {
    size = complete;
  }

  /// Records completed since the last [#clear].
  public int count() {
    return count;
  }

  /// Bytes it holds memory for.
  public int capacity() {
    return array.length;
  }

  /// The encoded records: a view that is valid until the next [#begin] or [#clear].
  public Slice encoded() {
    return new Slice(array, 0, size);
  }

  public void clear() {
    size = 0;
    count = 0;
    start = 0;
    complete = 0;
  }

  private static short u16(String what, int length) {
    if (length > 0xffff) {
      throw new IllegalArgumentException(what + " of " + length + " bytes is longer than 65535");
    }
    return (short) length;
  }

  private void put(byte[] bytes, int offset, int length) {
    reserve(length);
    System.arraycopy(bytes, offset, array, size, length);
    size += length;
  }

  private void reserve(int more) {
    if (size + more > array.length) {
      array = Arrays.copyOf(array, Math.max(array.length * 2, size + more));
    }
  }
}
