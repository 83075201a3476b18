package io.onex.log.cursor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onex.log.Position;
import io.onex.log.PositionRange;
import io.onex.log.RecordOutcome;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class LedgerTest {
  @Test
  void what_stands_beside_the_equation_settles_nothing() {
    Ledger ledger = Ledger.EMPTY.plusReplayed(4).plusUnmatched(5);

    assertThat(ledger.settled()).isZero();
    assertThat(ledger.plus(ledger).replayed()).isEqualTo(8);
    assertThat(ledger.plus(ledger).unmatched()).isEqualTo(10);
  }

  @Test
  void an_outcome_is_counted_only_together_with_its_positions() {
    CursorEntry entry = CursorEntry.at("elk", Position.START);
    Ledger two = Ledger.of(RecordOutcome.DELIVERED, 2);

    assertThatThrownBy(() -> entry.complete(PositionRange.of(Position.START, 3), two))
        .hasMessage("range 0/0-3 has 3 records but 2 outcomes");
    assertThatThrownBy(() -> entry.beside(two)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_difference_is_named_with_its_size() {
    LedgerBalance wrong =
        LedgerBalance.of(
            Cursor.at(Position.START).complete(PositionRange.of(Position.START, 5)),
            Ledger.of(RecordOutcome.DELIVERED, 3),
            new Position(0, 9));

    assertThat(wrong.holds()).isFalse();
    assertThat(wrong.sentence())
        .isEqualTo(
            "accepted 9 ≠ delivered 3 + filtered 0 + sampled 0 + diverted 0 + dead-lettered 0 + expired 0 + lost 0 + pending 4 (difference 2)");
  }

  @RepeatedTest(20)
  void the_equation_holds_through_any_course_of_events(RepetitionInfo repetition) {
    long seed = 104_729L * repetition.getCurrentRepetition();
    Random random = new Random(seed);
    long end = random.nextInt(1_000);
    CursorEntry entry = CursorEntry.at("elk", new Position(0, random.nextInt(1 + (int) end)));
    for (int step = 0; step < 300; step++) {
      Position durableEnd = new Position(0, end);
      var open = entry.cursor().open(durableEnd);
      switch (random.nextInt(8)) {
        case 0 -> end += random.nextInt(500);
        case 1 -> entry = entry.expireBelow(new Position(0, random.nextLong(end + 1)));
        case 2 -> {
          if (random.nextInt(10) == 0) {
            end = random.nextLong(end + 1);
            entry = entry.clampedTo(new Position(0, end));
          }
        }
        default -> {
          if (!open.isEmpty()) {
            PositionRange gap = open.get(random.nextInt(open.size()));
            long from = gap.start().offset() + random.nextLong(gap.records());
            long to = from + 1 + random.nextLong(gap.end().offset() - from);
            RecordOutcome outcome = RecordOutcome.ofCode(random.nextInt(7));
            entry =
                entry.complete(
                    new PositionRange(new Position(0, from), new Position(0, to)), outcome);
          }
        }
      }
      LedgerBalance balance = entry.balance(new Position(0, end));
      assertThat(balance.difference()).as("seed %s: %s", seed, balance.sentence()).isZero();
    }
  }
}
