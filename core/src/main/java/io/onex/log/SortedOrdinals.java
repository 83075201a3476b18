package io.onex.log;

import java.util.Arrays;
import java.util.function.IntToLongFunction;

/// Sorts what is evenly spread over all longs, in time that grows with its number alone: each goes
/// into one of many ranges by its highest bits, and the few of a range are put in order.
///
/// Nobody outside can foretell sort keys, so nobody can crowd a range; a crowded one only costs
/// more.
final class SortedOrdinals {
  private static final int FEW = 24;
  private static final int PER_RANGE = 8;

  private SortedOrdinals() {}

  /// The sort keys of the ordinals below `count`, each with its ordinal in the low bits, in their
  /// signed order.
  ///
  /// @param sortKey of an ordinal, asked for twice; its low bits are 0
  static long[] of(int count, IntToLongFunction sortKey) {
    int bits = Math.max(1, 32 - Integer.numberOfLeadingZeros(count / PER_RANGE));
    int shift = Long.SIZE - bits;
    // Where each range begins, then where its next one goes, then where it ends.
    int[] places = new int[(1 << bits) + 1];
    for (int i = 0; i < count; i++) {
      places[range(sortKey.applyAsLong(i), shift) + 1]++;
    }
    for (int range = 1; range < places.length; range++) {
      places[range] += places[range - 1];
    }
    long[] sorted = new long[count];
    for (int i = 0; i < count; i++) {
      long key = sortKey.applyAsLong(i);
      sorted[places[range(key, shift)]++] = key | i;
    }
    int from = 0;
    for (int range = 0; range < 1 << bits; range++) {
      sort(sorted, from, places[range]);
      from = places[range];
    }
    return sorted;
  }

  /// Ranges follow each other in the signed order.
  private static int range(long key, int shift) {
    return (int) ((key ^ Long.MIN_VALUE) >>> shift);
  }

  private static void sort(long[] all, int from, int to) {
    if (to - from > FEW) {
      Arrays.sort(all, from, to);
      return;
    }
    for (int i = from + 1; i < to; i++) {
      long one = all[i];
      int at = i;
      while (at > from && all[at - 1] > one) {
        all[at] = all[at - 1];
        at--;
      }
      all[at] = one;
    }
  }
}
