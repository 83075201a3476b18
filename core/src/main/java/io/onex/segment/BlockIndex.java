package io.onex.segment;

import java.util.Arrays;
import java.util.Optional;

/// The blocks of one segment, in order. Grows while the segment is open; safe for use by many
/// threads.
final class BlockIndex {
  private static final int FIRST = 0;
  private static final int OFFSET = 1;
  private static final int NEWEST = 2;
  private static final int SIZES = 3;
  private static final int LONGS = 4;

  // Four longs per block: first position, file offset, newest time, count and bytes in one.
  private long[] fields = new long[16 * LONGS];
  private int size;

  synchronized void add(BlockEntry entry) {
    if ((size + 1) * LONGS > fields.length) {
      fields = Arrays.copyOf(fields, fields.length * 2);
    }
    int at = size * LONGS;
    fields[at + FIRST] = entry.firstPosition();
    fields[at + OFFSET] = entry.offset();
    fields[at + NEWEST] = entry.newestMicros();
    fields[at + SIZES] = (long) entry.count() << 32 | entry.bytes();
    size++;
  }

  synchronized int size() {
    return size;
  }

  synchronized BlockEntry get(int index) {
    int at = index * LONGS;
    return new BlockEntry(
        fields[at + FIRST],
        (int) (fields[at + SIZES] >>> 32),
        fields[at + OFFSET],
        (int) fields[at + SIZES],
        fields[at + NEWEST]);
  }

  /// The block that contains `position`, or the first one after it.
  synchronized Optional<BlockEntry> firstEndingAfter(long position) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (get(middle).endPosition() > position) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low == size ? Optional.empty() : Optional.of(get(low));
  }

  /// The first block that has a record of `micros` or later.
  synchronized Optional<BlockEntry> firstNewerThan(long micros) {
    for (int i = 0; i < size; i++) {
      if (fields[i * LONGS + NEWEST] >= micros) {
        return Optional.of(get(i));
      }
    }
    return Optional.empty();
  }

  synchronized long newestMicros() {
    long newest = Long.MIN_VALUE;
    for (int i = 0; i < size; i++) {
      newest = Math.max(newest, fields[i * LONGS + NEWEST]);
    }
    return newest;
  }
}
