package io.onex.log;

import java.util.Arrays;
import java.util.OptionalLong;

/// The event ids of one segment in the order of their positions. One thread adds, any thread finds.
///
/// At most [#MAX_IDS], so that a sort key and an ordinal fit one long in [IdIndexFile].
final class SegmentIds {
  static final int ORDINAL_BITS = 20;

  /// Records after which a segment is closed, whatever its size.
  static final int MAX_IDS = 1 << ORDINAL_BITS;

  private final long firstPosition;
  private long[] halves = new long[128];
  private int[] digests = new int[64];
  private int[] deltas = new int[64];
  private int size;

  /// @param firstPosition of the segment
  SegmentIds(long firstPosition) {
    this.firstPosition = firstPosition;
  }

  long firstPosition() {
    return firstPosition;
  }

  synchronized int size() {
    return size;
  }

  synchronized void add(long high, long low, int digest, long position) {
    if (size == digests.length) {
      // New arrays, so that a search can go on in the old ones.
      halves = Arrays.copyOf(halves, halves.length * 2);
      digests = Arrays.copyOf(digests, digests.length * 2);
      deltas = Arrays.copyOf(deltas, deltas.length * 2);
    }
    halves[size * 2] = high;
    halves[size * 2 + 1] = low;
    digests[size] = digest;
    deltas[size] = (int) (position - firstPosition);
    size++;
  }

  long high(int ordinal) {
    return halves[ordinal * 2];
  }

  long low(int ordinal) {
    return halves[ordinal * 2 + 1];
  }

  int digest(int ordinal) {
    return digests[ordinal];
  }

  int delta(int ordinal) {
    return deltas[ordinal];
  }

  /// The position of the first record with this key: a walk over all, about a millisecond.
  OptionalLong find(EventKey key) {
    long[] searched;
    int[] positions;
    int count;
    synchronized (this) {
      searched = halves;
      positions = deltas;
      count = size;
    }
    for (int i = 0; i < count; i++) {
      if (searched[i * 2] == key.high() && searched[i * 2 + 1] == key.low()) {
        return OptionalLong.of(firstPosition + positions[i]);
      }
    }
    return OptionalLong.empty();
  }
}
