package io.onex.delivery;

import static io.onex.delivery.DeliveryMachineTest.DELIVERED;
import static io.onex.delivery.DeliveryMachineTest.UNAUTHORIZED;
import static io.onex.delivery.MachineDriver.batches;
import static org.assertj.core.api.Assertions.assertThat;

import io.onex.log.Position;
import io.onex.log.cursor.CursorEntry;
import io.onex.log.cursor.CursorStanding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A system that refuses the credentials.
class PausedDestinationTest {
  @Test
  void refused_credentials_pause_the_destination_and_lose_nothing() {
    MachineDriver loop = new MachineDriver(batches(1));
    loop.feed(3);
    List<Long> waits = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Duration failedAt = loop.now();
      loop.answer(UNAUTHORIZED);
      loop.awaitAttempt();
      waits.add(loop.now().minus(failedAt).toSeconds());
    }

    assertThat(waits).containsExactly(10L, 20L, 40L, 80L, 160L, 320L, 600L, 600L);
    assertThat(loop.committed().standing()).isEqualTo(CursorStanding.PAUSED);
    assertThat(loop.committed().reason()).isEqualTo("HTTP 401");
    assertThat(loop.balance().pending()).isEqualTo(3);

    while (!loop.underWay.isEmpty()) {
      loop.answer(DELIVERED);
    }
    assertThat(loop.balance().ledger().delivered()).isEqualTo(3);
    assertThat(loop.committed().standing()).isEqualTo(CursorStanding.ACTIVE);
    assertThat(loop.changes.stream().map(StateChange::to))
        .containsExactly(DestinationState.PAUSED, DestinationState.DELIVERING);
  }

  @Test
  void while_paused_one_attempt_at_a_time_looks_again() {
    MachineDriver loop = new MachineDriver(batches(1).withParallelism(4));
    loop.feed(10);
    for (Attempt attempt : List.copyOf(loop.underWay)) {
      loop.answer(attempt, UNAUTHORIZED);
    }

    loop.advance(Duration.ofSeconds(11));

    assertThat(loop.underWay).hasSize(1);
  }

  @Test
  void a_paused_destination_is_still_paused_after_a_restart_and_looks_at_once() {
    CursorEntry entry =
        CursorEntry.at("elk", Position.START).withStanding(CursorStanding.PAUSED, "HTTP 401");
    MachineDriver loop = new MachineDriver(batches(1), entry);
    assertThat(loop.machine.state()).isEqualTo(DestinationState.PAUSED);

    loop.feed(5);
    assertThat(loop.underWay).hasSize(1);
    loop.answer(DELIVERED);

    assertThat(loop.changes.stream().map(StateChange::to))
        .containsExactly(DestinationState.DELIVERING);
  }

  @Test
  void changed_settings_are_tried_at_once() {
    MachineDriver loop = new MachineDriver(batches(1));
    loop.feed(1);
    loop.answer(UNAUTHORIZED);
    assertThat(loop.underWay).isEmpty();

    loop.step(new DeliveryInput.Changed(batches(1)));

    assertThat(loop.underWay).hasSize(1);
    assertThat(loop.now()).isZero();
  }
}
