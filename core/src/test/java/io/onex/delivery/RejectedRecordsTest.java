package io.onex.delivery;

import static io.onex.delivery.DeliveryMachineTest.BROKEN;
import static io.onex.delivery.DeliveryMachineTest.DELIVERED;
import static io.onex.delivery.DeliveryMachineTest.REFUSED;
import static io.onex.delivery.MachineDriver.batches;
import static io.onex.delivery.MachineDriver.offsets;
import static org.assertj.core.api.Assertions.assertThat;

import io.onex.log.Position;
import io.onex.log.PositionRange;
import io.onex.log.RecordOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a system or an encoder does not take, and what becomes of the records beside it.
class RejectedRecordsTest {
  @Test
  void only_the_failed_items_of_a_batch_are_sent_again() {
    MachineDriver loop = new MachineDriver(batches(4));
    loop.feed(4);

    loop.answer(
        new DeliveryResult.PerItem(
            List.of(
                new DeliveryResult.ItemResult.Taken(),
                new DeliveryResult.ItemResult.TryAgain("shard busy"),
                new DeliveryResult.ItemResult.NeverTaken("mapping"),
                new DeliveryResult.ItemResult.TryAgain("shard busy"))));
    assertThat(loop.balance().ledger().delivered()).isEqualTo(1);
    loop.keepDeadLetters(true);
    loop.awaitAttempt();

    assertThat(offsets(loop.attempt())).containsExactly(1L, 3L);
    loop.answer(DELIVERED);
    assertThat(loop.balance().ledger().delivered()).isEqualTo(3);
    assertThat(loop.balance().ledger().deadLettered()).isEqualTo(1);
    assertThat(loop.balance().pending()).isZero();
    assertThat(loop.deadLetters)
        .singleElement()
        .satisfies(dead -> {
          assertThat(dead.record().position().offset()).isEqualTo(2);
          assertThat(dead.why()).isEqualTo(new Rejection(Rejection.Code.REFUSED, "mapping"));
        });
  }

  @Test
  void an_answer_for_the_wrong_number_of_items_loses_nothing() {
    MachineDriver loop = new MachineDriver(batches(2));
    loop.feed(2);

    loop.answer(new DeliveryResult.PerItem(List.of(new DeliveryResult.ItemResult.Taken())));
    loop.awaitAttempt();

    assertThat(offsets(loop.attempt())).containsExactly(0L, 1L);
    assertThat(loop.balance().pending()).isEqualTo(2);
  }

  @Test
  void a_refused_batch_is_bisected_down_to_the_poison_record() {
    MachineDriver loop = new MachineDriver(batches(128));
    loop.feed(128);

    while (!loop.underWay.isEmpty()) {
      loop.answer(offsets(loop.attempt()).contains(77L) ? REFUSED : DELIVERED);
    }
    loop.keepDeadLetters(true);

    assertThat(loop.started).hasSize(1 + 2 * 7);
    assertThat(loop.deadLetters)
        .singleElement()
        .satisfies(dead -> {
          assertThat(dead.record().position().offset()).isEqualTo(77);
          assertThat(dead.why().reason()).isEqualTo("HTTP 400");
        });
    assertThat(loop.balance().ledger().delivered()).isEqualTo(127);
    assertThat(loop.balance().pending()).isZero();
    List<Long> sent = new ArrayList<>();
    loop.settled.forEach(each -> {
      for (long at = each.range().start().offset(); at < each.range().end().offset(); at++) {
        sent.add(at);
      }
    });
    assertThat(sent).doesNotHaveDuplicates().hasSize(128);
  }

  @Test
  void a_throwing_encoder_costs_only_the_record_it_throws_on() {
    MachineDriver loop = new MachineDriver(batches(8));
    loop.feed(8);

    while (!loop.underWay.isEmpty()) {
      Attempt attempt = loop.attempt();
      if (offsets(attempt).contains(5L)) {
        loop.end(attempt, new AttemptEnd.EncoderBroke("NullPointerException"));
      } else {
        loop.answer(DELIVERED);
      }
    }
    loop.keepDeadLetters(true);

    assertThat(loop.deadLetters)
        .singleElement()
        .extracting(dead -> dead.why().code())
        .isEqualTo(Rejection.Code.ENCODER_ERROR);
    assertThat(loop.balance().ledger().delivered()).isEqualTo(7);
    assertThat(loop.changes).isEmpty();
  }

  @Test
  void records_the_encoder_refuses_become_dead_letters_whatever_happens_to_the_others() {
    MachineDriver loop = new MachineDriver(batches(3));
    loop.feed(3);

    loop.end(
        loop.attempt(),
        new AttemptEnd.Answered(List.of(new Encoding.Refusal(1, "no node id")), BROKEN));
    loop.keepDeadLetters(true);
    assertThat(loop.balance().ledger().deadLettered()).isEqualTo(1);
    loop.awaitAttempt();

    assertThat(offsets(loop.attempt())).containsExactly(0L, 2L);
    assertThat(loop.deadLetters.getFirst().why())
        .isEqualTo(new Rejection(Rejection.Code.NOT_ENCODABLE, "no node id"));
  }

  @Test
  void a_record_is_pending_until_its_dead_letter_is_durable() {
    MachineDriver loop = new MachineDriver(batches(1));
    loop.feed(1);
    loop.answer(REFUSED);

    assertThat(loop.unkept).hasSize(1);
    assertThat(loop.balance().pending()).isEqualTo(1);
    loop.keepDeadLetters(false);
    assertThat(loop.balance().pending()).isEqualTo(1);
    assertThat(loop.unkept).isEmpty();

    loop.advance(Duration.ofSeconds(1));
    assertThat(loop.unkept).hasSize(1);
    loop.keepDeadLetters(true);
    assertThat(loop.balance().pending()).isZero();
    assertThat(loop.settled.getLast())
        .isEqualTo(
            new Settlement(
                PositionRange.of(Position.START, 1), RecordOutcome.DEAD_LETTERED, 1, "refused"));
  }
}
