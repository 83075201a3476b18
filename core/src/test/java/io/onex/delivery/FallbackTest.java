package io.onex.delivery;

import static io.onex.delivery.DeliveryMachineTest.BROKEN;
import static io.onex.delivery.DeliveryMachineTest.DELIVERED;
import static io.onex.delivery.DeliveryMachineTest.REFUSED;
import static io.onex.delivery.DeliveryMachineTest.UNAUTHORIZED;
import static io.onex.delivery.MachineDriver.batches;
import static io.onex.delivery.MachineDriver.offsets;
import static org.assertj.core.api.Assertions.assertThat;

import io.onex.config.FallbackConfig;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FallbackTest {
  private static final FallbackConfig AFTER_FIVE_MINUTES =
      new FallbackConfig("files", Optional.of(Duration.ofMinutes(5)), false);
  private static final FallbackConfig FOR_DEAD_LETTERS =
      new FallbackConfig("files", Optional.empty(), true);

  @Test
  void records_are_diverted_once_the_system_was_away_long_enough() {
    MachineDriver loop = new MachineDriver(batches(1).with(AFTER_FIVE_MINUTES));
    loop.feed(3);
    loop.answerUntilDiverted(BROKEN);

    // Four failures 0.1 to 0.8 s apart, then five minutes from the fifth.
    assertThat(loop.now()).isBetween(Duration.ofSeconds(300), Duration.ofSeconds(303));
    assertThat(loop.machine.state()).isEqualTo(DestinationState.DIVERTING);
    loop.answer(DELIVERED);
    assertThat(loop.balance().ledger().diverted()).isEqualTo(1);
    assertThat(loop.balance().ledger().delivered()).isZero();
  }

  @Test
  void the_time_counts_from_the_first_failure_however_long_each_attempt_took() {
    FallbackConfig afterHalfAMinute =
        new FallbackConfig("files", Optional.of(Duration.ofSeconds(30)), true);
    MachineDriver loop = new MachineDriver(batches(1).with(afterHalfAMinute));
    loop.feed(1);
    while (loop.attempt().target() == Target.OWN) {
      loop.advance(Duration.ofSeconds(10));
      loop.answer(BROKEN);
      if (loop.underWay.isEmpty()) {
        loop.awaitAttempt();
      }
    }

    // The breaker opens with the fifth failure, 40 s and the waits after the first.
    assertThat(loop.now()).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(53));
    loop.answer(DELIVERED);
    assertThat(loop.balance().ledger().diverted()).isEqualTo(1);
  }

  @Test
  void a_system_that_only_ever_asks_to_wait_is_out_of_reach_too() {
    FallbackConfig afterHalfAMinute =
        new FallbackConfig("files", Optional.of(Duration.ofSeconds(30)), true);
    MachineDriver loop = new MachineDriver(batches(1).with(afterHalfAMinute));
    loop.feed(2);
    loop.answerUntilDiverted(
        new DeliveryResult.Retryable("HTTP 503", Optional.of(Duration.ofSeconds(7))));
    assertThat(loop.now()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(38));
    assertThat(loop.machine.breaker()).isEqualTo(BreakerState.CLOSED);
    loop.answer(DELIVERED);

    while (loop.attempt().target() == Target.FALLBACK) {
      loop.answer(BROKEN);
      if (loop.underWay.isEmpty()) {
        loop.awaitAttempt();
      }
    }
    loop.answer(DELIVERED);
    assertThat(loop.machine.state()).isEqualTo(DestinationState.DELIVERING);
  }

  @Test
  void while_diverting_the_system_is_still_tried_and_gets_the_records_again_when_it_works() {
    MachineDriver loop = new MachineDriver(batches(1).with(AFTER_FIVE_MINUTES));
    loop.feed(2);
    loop.answerUntilDiverted(BROKEN);
    while (loop.machine.state() == DestinationState.DIVERTING) {
      loop.answer(DELIVERED);
      if (loop.underWay.isEmpty()) {
        if (loop.wantsMore()) {
          loop.feed(2);
        } else {
          loop.awaitAttempt();
        }
      }
      loop.advance(Duration.ofSeconds(20));
    }

    assertThat(loop.machine.breaker()).isEqualTo(BreakerState.CLOSED);
    assertThat(loop.balance().ledger().delivered()).isEqualTo(2);
    assertThat(loop.balance().ledger().diverted()).isPositive();
  }

  @Test
  void a_paused_destination_is_diverted_too() {
    MachineDriver loop = new MachineDriver(batches(1).with(AFTER_FIVE_MINUTES));
    loop.feed(1);
    loop.answerUntilDiverted(UNAUTHORIZED);
    loop.answer(DELIVERED);

    assertThat(loop.balance().ledger().diverted()).isEqualTo(1);
    assertThat(loop.balance().pending()).isZero();
  }

  @Test
  void a_fallback_that_fails_diverts_nothing() {
    MachineDriver loop = new MachineDriver(batches(1).with(AFTER_FIVE_MINUTES));
    loop.feed(1);
    loop.answerUntilDiverted(BROKEN);
    loop.answer(BROKEN);

    assertThat(loop.balance().ledger().diverted()).isZero();
    assertThat(loop.balance().pending()).isEqualTo(1);
    loop.awaitAttempt();
    // Its own system is tried in between, as the breaker's minute has passed.
    loop.answerUntilDiverted(BROKEN);
    assertThat(loop.balance().pending()).isEqualTo(1);
  }

  @Test
  void what_the_fallback_refuses_waits_for_the_system_and_holds_nobody_up() {
    MachineDriver loop = new MachineDriver(batches(1).with(AFTER_FIVE_MINUTES));
    loop.feed(2);
    loop.answerUntilDiverted(BROKEN);
    loop.answer(REFUSED);
    loop.awaitOtherThan(0);

    assertThat(loop.attempt().target()).isEqualTo(Target.FALLBACK);
    assertThat(offsets(loop.attempt())).containsExactly(1L);
    loop.answer(DELIVERED);
    assertThat(loop.balance().pending()).isEqualTo(1);
    assertThat(loop.deadLetters).isEmpty();
  }

  @Test
  void a_rejected_record_is_offered_to_the_fallback_first() {
    MachineDriver loop = new MachineDriver(batches(1).with(FOR_DEAD_LETTERS));
    loop.feed(1);

    loop.answer(REFUSED);

    assertThat(loop.attempt().target()).isEqualTo(Target.FALLBACK);
    loop.answer(DELIVERED);
    assertThat(loop.balance().ledger().diverted()).isEqualTo(1);
    assertThat(loop.unkept).isEmpty();
  }

  @Test
  void what_both_reject_becomes_a_dead_letter_with_the_first_reason() {
    MachineDriver loop = new MachineDriver(batches(1).with(FOR_DEAD_LETTERS));
    loop.feed(1);

    loop.answer(new DeliveryResult.Refused("HTTP 422"));
    loop.answer(new DeliveryResult.Refused("the fallback's reason"));
    loop.keepDeadLetters(true);

    assertThat(loop.deadLetters.getFirst().why().reason()).isEqualTo("HTTP 422");
    assertThat(loop.balance().ledger().deadLettered()).isEqualTo(1);
  }

  @Test
  void a_rejected_record_does_not_wait_for_ever_for_a_fallback_that_is_away() {
    MachineDriver loop = new MachineDriver(batches(1).with(FOR_DEAD_LETTERS));
    loop.feed(1);
    loop.answer(REFUSED);
    for (int i = 0; i < 3; i++) {
      loop.answer(BROKEN);
      loop.advance(Duration.ofMinutes(1));
    }
    loop.keepDeadLetters(true);

    assertThat(loop.balance().ledger().deadLettered()).isEqualTo(1);
  }
}
