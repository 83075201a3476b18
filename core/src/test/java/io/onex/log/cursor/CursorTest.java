package io.onex.log.cursor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onex.log.Position;
import io.onex.log.PositionRange;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class CursorTest {
  private static final int POSITIONS = 300;

  @Test
  void ranges_that_touch_are_joined_and_raise_the_low_water() {
    Cursor cursor =
        Cursor.at(at(10)).complete(range(20, 30)).complete(range(40, 50)).complete(range(30, 40));

    assertThat(cursor.lowWater()).isEqualTo(at(10));
    assertThat(cursor.completed()).containsExactly(range(20, 50));

    Cursor raised = cursor.complete(range(10, 20));
    assertThat(raised.lowWater()).isEqualTo(at(50));
    assertThat(raised.completed()).isEmpty();
  }

  @Test
  void a_position_is_never_completed_twice() {
    Cursor cursor = Cursor.at(at(0)).complete(range(0, 5)).complete(range(10, 20));

    assertThatThrownBy(() -> cursor.complete(range(4, 6)))
        .hasMessage("range 0/4-6 was completed before: the low water is 0/5");
    assertThatThrownBy(() -> cursor.complete(range(19, 22)))
        .hasMessage("range 0/19-22 was completed before, in 0/10-20");
    assertThatThrownBy(() -> cursor.complete(range(8, 30)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_log_that_recovers_shorter_keeps_what_was_settled_in_the_equation() {
    Cursor cursor = Cursor.at(at(100)).complete(range(100, 150)).complete(range(160, 200));

    Cursor clamped = cursor.clampedTo(at(170));

    assertThat(clamped.completed()).containsExactly(range(160, 170));
    assertThat(clamped.rewound()).isEqualTo(30);
    assertThat(clamped.settled()).isEqualTo(cursor.settled());
    assertThat(clamped.pending(at(170))).isEqualTo(10);
    assertThat(clamped.accepted(at(170))).isEqualTo(clamped.settled() + 10);

    Cursor emptied = cursor.clampedTo(at(40));
    assertThat(emptied).isEqualTo(new Cursor(at(40), at(40), java.util.List.of(), 90));
    assertThat(emptied.accepted(at(40))).isEqualTo(90);
  }

  @RepeatedTest(50)
  void agrees_with_one_bit_per_position_whatever_the_order(RepetitionInfo repetition) {
    long seed = 7_919L * repetition.getCurrentRepetition();
    Random random = new Random(seed);
    int first = random.nextInt(20);
    BitSet oracle = new BitSet();
    Cursor cursor = Cursor.at(at(first));
    for (int step = 0; step < 200; step++) {
      int from = first + random.nextInt(POSITIONS);
      int to = from + 1 + random.nextInt(25);
      boolean free = oracle.get(from, to).isEmpty();
      if (free) {
        cursor = cursor.complete(range(from, to));
        oracle.set(from, to);
      } else {
        Cursor before = cursor;
        assertThatThrownBy(() -> before.complete(range(from, to))).as("seed %s", seed).isNotNull();
      }
      int end = first + random.nextInt(POSITIONS + 50);
      agree(seed, cursor, oracle, first, end);
      agree(seed, cursor.clampedTo(at(end)), oracle.get(0, end), Math.min(first, end), end);
      assertThat(cursor.clampedTo(at(end)).settled())
          .as("seed %s", seed)
          .isEqualTo(cursor.settled());
    }
  }

  private static void agree(long seed, Cursor cursor, BitSet oracle, int first, int end) {
    assertThat(cursor.lowWater()).as("seed %s", seed).isEqualTo(at(oracle.nextClearBit(first)));
    assertThat(cursor.settled() - cursor.rewound())
        .as("seed %s", seed)
        .isEqualTo(oracle.cardinality());
    long pending = end <= first ? 0 : end - first - oracle.get(first, end).cardinality();
    assertThat(cursor.pending(at(end))).as("seed %s", seed).isEqualTo(pending);
    for (int position = first; position < first + POSITIONS; position++) {
      assertThat(cursor.isCompleted(at(position)))
          .as("seed %s", seed)
          .isEqualTo(oracle.get(position));
    }
    for (int i = 1; i < cursor.completed().size(); i++) {
      assertThat(cursor.completed().get(i).start())
          .as("seed %s", seed)
          .isGreaterThan(cursor.completed().get(i - 1).end());
    }
  }

  private static Position at(long offset) {
    return new Position(0, offset);
  }

  private static PositionRange range(long from, long to) {
    return new PositionRange(at(from), at(to));
  }
}
