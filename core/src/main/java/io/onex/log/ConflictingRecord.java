package io.onex.log;

import io.onex.bytes.Id128;
import io.onex.bytes.Slice;
import io.onex.bytes.UuidSpelling;
import io.onex.storage.LittleEndian;

/// An event whose id another event had, with other content: the same record under an id that
/// follows from its id and content alone, so that a repeat of it is known as one.
///
/// The id is a UUID of version 8 over the id it came with and 128 bits of [ContentHash] with seeds
/// that are the same everywhere. Its header also holds the key of the id it came with.
final class ConflictingRecord {
  private static final byte SEPARATOR = 0x1f;
  private static final long FIRST_SEED = 0x2d358dccaa6c78a5L;
  private static final long SECOND_SEED = 0x8bb84b93962eacc9L;

  private final RecordRun run;
  private final int index;
  private final Slice sentId;
  private final byte[] content = new byte[2 * Long.BYTES];
  private Slice id;

  /// @param index of the record in `run`
  ConflictingRecord(RecordRun run, int index) {
    this.run = run;
    this.index = index;
    int start = run.start(index);
    RecordFrame frame = new RecordFrame(run.array(), start, Position.START);
    sentId = frame.eventId();
    int end = run.start(index + 1);
    LittleEndian.I64.set(content, 0, new ContentHash(FIRST_SEED).of(run.array(), start, end));
    LittleEndian.I64.set(
        content, Long.BYTES, new ContentHash(SECOND_SEED).of(run.array(), start, end));
    id = following(oneSpelling(sentId));
  }

  /// The id as it is canonically written, when it is a UUID in another spelling: a repeat in a
  /// third one leads to the same id. Capital letters stay, as they always did.
  private static Slice oneSpelling(Slice id) {
    long[] halves = new long[2];
    return UuidSpelling.mayBe(id.length())
            && UuidSpelling.read(id.array(), id.offset(), id.length(), halves, 0)
        ? new Id128(halves[0], halves[1]).plainUuidUtf8()
        : id;
  }

  private Slice following(Slice before) {
    byte[] all = new byte[before.length() + 1 + content.length];
    System.arraycopy(before.array(), before.offset(), all, 0, before.length());
    all[before.length()] = SEPARATOR;
    System.arraycopy(content, 0, all, before.length() + 1, content.length);
    return Id128.hash(Slice.of(all)).uuidUtf8();
  }

  /// The id it is to stand under.
  Slice id() {
    return id;
  }

  /// Somebody took that id, too, for something else: another one that follows from it.
  void takeNextId() {
    id = following(id);
  }

  /// The record under [#id].
  byte[] encoded() {
    byte[] from = run.array();
    int start = run.start(index);
    int fixed = from[start + RecordFrame.FIXED] & 0xff;
    int rest = start + fixed + sentId.length();
    int restBytes = run.start(index + 1) - rest;
    byte[] to = new byte[RecordFrame.CONFLICTING_BYTES + id.length() + restBytes];
    System.arraycopy(from, start, to, 0, RecordFrame.FIXED_BYTES);
    to[RecordFrame.FIXED] = RecordFrame.CONFLICTING_BYTES;
    LittleEndian.I32.set(to, RecordFrame.LENGTH, to.length - Integer.BYTES);
    LittleEndian.I16.set(to, RecordFrame.EVENT_ID_LENGTH, (short) id.length());
    int flags = (short) LittleEndian.I16.get(to, RecordFrame.FLAGS);
    LittleEndian.I16.set(
        to, RecordFrame.FLAGS, (short) (flags | RecordFlags.CONFLICTING | RecordFlags.WARNED));
    EventKey sent = EventKey.of(sentId);
    LittleEndian.I64.set(to, RecordFrame.SENT_KEY, sent.high());
    LittleEndian.I64.set(to, RecordFrame.SENT_KEY + Long.BYTES, sent.low());
    System.arraycopy(id.array(), id.offset(), to, RecordFrame.CONFLICTING_BYTES, id.length());
    System.arraycopy(from, rest, to, RecordFrame.CONFLICTING_BYTES + id.length(), restBytes);
    return to;
  }
}
