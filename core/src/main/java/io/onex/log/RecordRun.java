package io.onex.log;

import io.onex.bytes.Slice;
import io.onex.json.JsonBytes;
import io.onex.json.JsonText;
import io.onex.segment.Checksum;
import io.onex.storage.LittleEndian;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Consecutive encoded records in one shared array, with the index at which each begins.
///
/// @param array holds them, read-only
/// @param starts where each record of the array begins, and last where the records end
/// @param from the first record of this run, an index of `starts`
/// @param count records in this run
record RecordRun(byte[] array, int[] starts, int from, int count) {
  /// The `count` records that fill `array` up to `size`; null when the bytes are not that.
  static @Nullable RecordRun of(byte[] array, int size, int count) {
    int[] starts = new int[count + 1];
    int at = 0;
    for (int i = 0; i < count; i++) {
      starts[i] = at;
      if (size - at < RecordFrame.FIXED_BYTES) {
        return null;
      }
      int length = RecordFrame.encodedLength(array, at);
      if (length < RecordFrame.FIXED_BYTES || length > size - at || !holds(array, at, length)) {
        return null;
      }
      at += length;
    }
    starts[count] = at;
    return at == size ? new RecordRun(array, starts, 0, count) : null;
  }

  /// Whether the lengths in a record's header add up to the record's.
  private static boolean holds(byte[] array, int start, int length) {
    int fixed = array[start + RecordFrame.FIXED] & 0xff;
    int body = (int) LittleEndian.I32.get(array, start + RecordFrame.BODY_LENGTH);
    int names =
        u16(array, start + RecordFrame.EVENT_ID_LENGTH)
            + u16(array, start + RecordFrame.TYPE_NAME_LENGTH);
    int causeFromEnd = u16(array, start + RecordFrame.CAUSE_FROM_END);
    return fixed >= RecordFrame.FIXED_BYTES
        && body >= causeFromEnd
        && body == length - fixed - names
        && u16(array, start + RecordFrame.CAUSE_LENGTH) <= causeFromEnd;
  }

  private static int u16(byte[] array, int at) {
    return (short) LittleEndian.I16.get(array, at) & 0xffff;
  }

  /// The part of this run from its record `first` on, `size` records long.
  RecordRun part(int first, int size) {
    return new RecordRun(array, starts, from + first, size);
  }

  /// The same records in an array of their own, which holds nothing else.
  RecordRun copy() {
    int begin = start(0);
    int[] own = new int[count + 1];
    for (int i = 0; i <= count; i++) {
      own[i] = start(i) - begin;
    }
    return new RecordRun(Arrays.copyOfRange(array, begin, start(count)), own, 0, count);
  }

  /// Index in the array at which record `i` of this run begins; for `count` where the run ends.
  int start(int i) {
    return starts[from + i];
  }

  int length(int i) {
    return start(i + 1) - start(i);
  }

  int bytes() {
    return start(count) - start(0);
  }

  long ingestTimeMicros(int i) {
    return (long) LittleEndian.I64.get(array, start(i) + RecordFrame.INGEST_TIME);
  }

  /// The greatest ingest time of the run, which need not be the last: clocks are set back.
  long newestMicros() {
    long newest = Long.MIN_VALUE;
    for (int i = 0; i < count; i++) {
      newest = Math.max(newest, ingestTimeMicros(i));
    }
    return newest;
  }

  /// Puts the halves of the key of record `i` into `target`.
  void key(int i, long[] target, int index) {
    int start = start(i);
    int fixed = array[start + RecordFrame.FIXED] & 0xff;
    EventKey.write(
        array, start + fixed, u16(array, start + RecordFrame.EVENT_ID_LENGTH), target, index);
  }

  /// Whether record `i` names its cause.
  boolean hasCause(int i) {
    return u16(array, start(i) + RecordFrame.CAUSE_LENGTH) != 0;
  }

  /// Puts the halves of the key of the cause that record `i` names into `target`.
  void causeKey(int i, long[] target, int index) {
    int length = u16(array, start(i) + RecordFrame.CAUSE_LENGTH);
    int offset = start(i + 1) - u16(array, start(i) + RecordFrame.CAUSE_FROM_END);
    if (JsonBytes.endOfUnescaped(array, offset, offset + length) == offset + length) {
      EventKey.write(array, offset, length, target, index);
    } else {
      Slice id = JsonText.utf8(new Slice(array, offset, length));
      EventKey.write(id.array(), id.offset(), id.length(), target, index);
    }
  }

  /// Whether record `i` is one that somebody sent, which may conflict with another.
  boolean isSent(int i) {
    byte kind = array[start(i) + RecordFrame.KIND];
    return kind == RecordKind.EVENT.code() || kind == RecordKind.LOG.code();
  }

  /// Whether record `i` stands under another id than it came with.
  boolean isConflicting(int i) {
    int start = start(i);
    return (u16(array, start + RecordFrame.FLAGS) & RecordFlags.CONFLICTING) != 0
        && (array[start + RecordFrame.FIXED] & 0xff) >= RecordFrame.CONFLICTING_BYTES;
  }

  /// Puts the halves of the key of the id that record `i`, a conflicting one, came with into
  /// `target`.
  void sentKey(int i, long[] target, int index) {
    target[index] = (long) LittleEndian.I64.get(array, start(i) + RecordFrame.SENT_KEY);
    target[index + 1] =
        (long) LittleEndian.I64.get(array, start(i) + RecordFrame.SENT_KEY + Long.BYTES);
  }

  /// As [RecordKeys#digests] has it.
  int digest(int i, ContentHash content) {
    if (isSent(i)) {
      return (int) (content.of(array, start(i), start(i + 1)) >>> 32) & ~RecordKeys.CONCLUSION_BIT;
    }
    boolean conclusion = array[start(i) + RecordFrame.KIND] == RecordKind.DERIVED.code();
    return (bodyChecksum(i) & ~RecordKeys.CONCLUSION_BIT)
        | (conclusion ? RecordKeys.CONCLUSION_BIT : 0);
  }

  private int bodyChecksum(int i) {
    int length = (int) LittleEndian.I32.get(array, start(i) + RecordFrame.BODY_LENGTH);
    return Checksum.of(array, start(i + 1) - length, length);
  }
}
