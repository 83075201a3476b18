package io.onex.log;

import java.util.Arrays;

/// Keys of records and where in their segment these stand, in the order they were added.
///
/// They stand in chunks that are never moved once they have their size, so that a million keys are
/// neither copied while they grow nor one large array. At most [SegmentIds#MAX_IDS]. One thread
/// adds; others read what was there when they met the adding thread, such as at a [#view].
final class PlacedKeys {
  private static final int CHUNK_BITS = 14;
  private static final int CHUNK_KEYS = 1 << CHUNK_BITS;
  private static final int FIRST_KEYS = 64;

  // Longs per key: both halves, then digest and distance from the first position in one.
  private static final int LONGS = 3;

  private final long[][] chunks = new long[SegmentIds.MAX_IDS / CHUNK_KEYS + 1][];
  private int size;

  PlacedKeys() {
    Arrays.fill(chunks, new long[0]);
  }

  int size() {
    return size;
  }

  /// @param delta distance of the record's position from the first one of the segment
  void add(long high, long low, int digest, int delta) {
    long[] chunk = chunks[size >> CHUNK_BITS];
    int at = (size & (CHUNK_KEYS - 1)) * LONGS;
    if (at == chunk.length) {
      // Only the first chunk grows, in new arrays, so that a search can go on in the old ones.
      chunk =
          size < CHUNK_KEYS
              ? Arrays.copyOf(chunk, Math.max(FIRST_KEYS * LONGS, at * 2))
              : new long[CHUNK_KEYS * LONGS];
      chunks[size >> CHUNK_BITS] = chunk;
    }
    chunk[at] = high;
    chunk[at + 1] = low;
    chunk[at + 2] = (long) digest << Integer.SIZE | (delta & 0xffff_ffffL);
    size++;
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

  int delta(int ordinal) {
    return (int) field(ordinal, 2);
  }

  private long field(int ordinal, int field) {
    return chunks[ordinal >> CHUNK_BITS][(ordinal & (CHUNK_KEYS - 1)) * LONGS + field];
  }

  /// What is there, to be searched while more is added.
  View view() {
    return new View(chunks.clone(), size);
  }

  /// The first keys of a segment.
  record View(long[][] chunks, int size) {
    /// The distances that came first with this key in that role: a walk over all, up to some
    /// milliseconds.
    long[] find(IdRole role, EventKey key, int most) {
      long[] found = new long[0];
      for (int i = 0; i < size && found.length < most; i++) {
        long[] chunk = chunks[i >> CHUNK_BITS];
        int at = (i & (CHUNK_KEYS - 1)) * LONGS;
        if (chunk[at] == key.high()
            && chunk[at + 1] == key.low()
            && role.has((int) (chunk[at + 2] >>> Integer.SIZE))) {
          found = Arrays.copyOf(found, found.length + 1);
          found[found.length - 1] = (int) chunk[at + 2];
        }
      }
      return found;
    }
  }
}
