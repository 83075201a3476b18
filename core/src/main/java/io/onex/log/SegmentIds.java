package io.onex.log;

import java.util.Arrays;
import java.util.OptionalLong;

/// The event ids of one segment in the order of their positions. One thread adds, any thread finds.
///
/// They stand in chunks that are never moved once they have their size, so that a segment of a
/// million ids is neither copied while it grows nor one large array. At most [#MAX_IDS], so that a
/// sort key and an ordinal fit one long in [IdIndexFile].
final class SegmentIds {
  static final int ORDINAL_BITS = 20;

  /// Records after which a segment is closed, whatever its size.
  static final int MAX_IDS = 1 << ORDINAL_BITS;

  private static final int CHUNK_BITS = 14;
  private static final int CHUNK_IDS = 1 << CHUNK_BITS;
  private static final int FIRST_IDS = 64;

  // Longs per id: both halves of the key, then digest and distance from the first position in one.
  private static final int LONGS = 3;

  private final long firstPosition;
  private final long[][] chunks = new long[MAX_IDS / CHUNK_IDS + 1][];
  private int size;
  private long end;

  /// @param firstPosition of the segment
  SegmentIds(long firstPosition) {
    this.firstPosition = firstPosition;
    this.end = firstPosition;
    Arrays.fill(chunks, new long[0]);
  }

  long firstPosition() {
    return firstPosition;
  }

  synchronized int size() {
    return size;
  }

  /// All records of the segment before this position are in it, unless they are lost.
  synchronized long end() {
    return end;
  }

  /// What is there, unchanged by what is added later.
  synchronized Extent extent() {
    return new Extent(size, end);
  }

  /// How much there is.
  ///
  /// @param end as [SegmentIds#end]
  record Extent(int size, long end) {}

  /// There is nothing more to be added before `position`.
  synchronized void reaches(long position) {
    end = Math.max(end, position);
  }

  /// Adds the keys of consecutive records.
  ///
  /// @param position of the first of them
  synchronized void add(RecordKeys keys, long position) {
    for (int i = 0; i < keys.count(); i++) {
      add(keys.high(i), keys.low(i), keys.digests()[i], position + i);
    }
  }

  /// Adds keys that are in any order.
  ///
  /// @param places for each distance from the first position the number of its key, counted from 1;
  ///   0 when no key has it
  synchronized void add(RecordKeys keys, int[] places) {
    for (int delta = 0; delta < places.length; delta++) {
      int i = places[delta] - 1;
      if (i >= 0) {
        add(keys.high(i), keys.low(i), keys.digests()[i], firstPosition + delta);
      }
    }
  }

  private void add(long high, long low, int digest, long position) {
    long[] chunk = chunks[size >> CHUNK_BITS];
    int at = (size & (CHUNK_IDS - 1)) * LONGS;
    if (at == chunk.length) {
      // Only the first chunk grows, in new arrays, so that a search can go on in the old ones.
      chunk =
          size < CHUNK_IDS
              ? Arrays.copyOf(chunk, Math.max(FIRST_IDS * LONGS, at * 2))
              : new long[CHUNK_IDS * LONGS];
      chunks[size >> CHUNK_BITS] = chunk;
    }
    chunk[at] = high;
    chunk[at + 1] = low;
    chunk[at + 2] = (long) digest << Integer.SIZE | ((position - firstPosition) & 0xffff_ffffL);
    size++;
    end = position + 1;
  }

  /// The keys from number `from` up to `to`, copied.
  RecordKeys keys(int from, int to) {
    long[] halves = new long[(to - from) * 2];
    int[] digests = new int[to - from];
    for (int i = from; i < to; i++) {
      halves[(i - from) * 2] = high(i);
      halves[(i - from) * 2 + 1] = low(i);
      digests[i - from] = digest(i);
    }
    return new RecordKeys(halves, digests);
  }

  long high(int ordinal) {
    return field(ordinal, 0);
  }

  long low(int ordinal) {
    return field(ordinal, 1);
  }

  int digest(int ordinal) {
    return (int) (field(ordinal, 2) >>> Integer.SIZE);
  }

  /// Distance of the record's position from the first one of the segment.
  int delta(int ordinal) {
    return (int) field(ordinal, 2);
  }

  private long field(int ordinal, int field) {
    return chunks[ordinal >> CHUNK_BITS][(ordinal & (CHUNK_IDS - 1)) * LONGS + field];
  }

  /// The position of the first record with this key: a walk over all, about a millisecond.
  OptionalLong find(EventKey key) {
    long[][] searched;
    int count;
    synchronized (this) {
      searched = chunks.clone();
      count = size;
    }
    for (int i = 0; i < count; i++) {
      long[] chunk = searched[i >> CHUNK_BITS];
      int at = (i & (CHUNK_IDS - 1)) * LONGS;
      if (chunk[at] == key.high() && chunk[at + 1] == key.low()) {
        return OptionalLong.of(firstPosition + (int) chunk[at + 2]);
      }
    }
    return OptionalLong.empty();
  }
}
