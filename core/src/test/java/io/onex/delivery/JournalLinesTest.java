package io.onex.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.onex.log.Position;
import io.onex.log.PositionRange;
import io.onex.log.RecordOutcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JournalLinesTest {
  @Test
  void a_few_settlements_are_told_exactly() {
    assertThat(JournalLines.of(alternating(10), 5)).hasSize(10);
  }

  @Test
  void finely_alternating_ones_are_told_as_one_stretch_of_what_was_sent() {
    assertThat(JournalLines.of(alternating(1_000), 5))
        .singleElement()
        .satisfies(line -> {
          assertThat(line.outcome()).isEqualTo(RecordOutcome.DELIVERED);
          assertThat(line.range())
              .isEqualTo(new PositionRange(Position.START, new Position(0, 999)));
        });
  }

  @Test
  void a_dead_letter_is_never_swallowed() {
    List<Settlement> settled = alternating(1_000);
    settled.set(500, settled(500, RecordOutcome.DEAD_LETTERED));

    assertThat(JournalLines.of(settled, 5))
        .extracting(line -> line.outcome())
        .containsExactly(
            RecordOutcome.DELIVERED, RecordOutcome.DEAD_LETTERED, RecordOutcome.DELIVERED);
  }

  private static List<Settlement> alternating(int count) {
    List<Settlement> settled = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      settled.add(settled(i, i % 2 == 0 ? RecordOutcome.DELIVERED : RecordOutcome.FILTERED));
    }
    return settled;
  }

  private static Settlement settled(long offset, RecordOutcome outcome) {
    return new Settlement(
        PositionRange.of(new Position(0, offset), 1),
        outcome,
        outcome == RecordOutcome.FILTERED ? 0 : 1,
        "");
  }
}
