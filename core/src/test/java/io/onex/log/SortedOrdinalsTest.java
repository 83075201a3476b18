package io.onex.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SortedOrdinalsTest {
  private static final int BITS = SegmentIds.ORDINAL_BITS;

  @Test
  void they_are_sorted_however_many_there_are_and_however_they_crowd() {
    Random random = new Random(7);
    for (int count = 0; count < 3_000; count = count < 70 ? count + 1 : count * 2 + 1) {
      for (int crowd = 0; crowd < 4; crowd++) {
        long[] keys = keys(random, count, crowd);
        long[] expected = new long[count];
        Arrays.setAll(expected, i -> keys[i] | i);
        Arrays.sort(expected);
        assertThat(SortedOrdinals.of(count, i -> keys[i]))
            .as("%s keys, crowd %s", count, crowd)
            .isEqualTo(expected);
      }
    }
  }

  private static long[] keys(Random random, int count, int crowd) {
    long[] keys = new long[count];
    Arrays.setAll(
        keys,
        i ->
            switch (crowd) {
                  case 0 -> random.nextLong();
                  case 1 -> 42L << BITS;
                  case 2 -> random.nextInt(3) * Long.MIN_VALUE / 3;
                  default -> -(random.nextLong() >>> 1 >>> random.nextInt(40));
                }
                >> BITS
                << BITS);
    return keys;
  }
}
