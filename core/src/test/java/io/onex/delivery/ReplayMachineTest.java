package io.onex.delivery;

import static io.onex.delivery.MachineDriver.batches;
import static io.onex.delivery.MachineDriver.offsets;
import static org.assertj.core.api.Assertions.assertThat;

import io.onex.config.FallbackConfig;
import io.onex.log.Position;
import io.onex.log.PositionRange;
import io.onex.log.RecordOutcome;
import io.onex.log.cursor.CursorEntry;
import io.onex.log.cursor.CursorStanding;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A replay is a cursor of its own beside that of the destination, before the same system.
class ReplayMachineTest {
  private static final DeliveryResult DELIVERED = new DeliveryResult.Delivered();
  private static final DeliveryResult BROKEN =
      new DeliveryResult.Retryable("HTTP 500", Optional.empty());
  private static final DeliveryResult REFUSED = new DeliveryResult.Refused("HTTP 400");
  private static final CursorEntry DONE =
      CursorEntry.at("elk", Position.START)
          .complete(PositionRange.of(Position.START, 100), RecordOutcome.DELIVERED);

  @Test
  void what_is_replayed_stands_beside_the_cursor_and_the_equation() {
    MachineDriver loop = new MachineDriver(batches(10), DONE);
    loop.beginReplay(1, 20, 40);
    loop.feedReplay(20, 20, offset -> offset % 2 == 0 ? Verdict.DELIVER : Verdict.NOT_TAKEN);

    assertThat(offsets(loop.attempt()))
        .containsExactly(20L, 22L, 24L, 26L, 28L, 30L, 32L, 34L, 36L, 38L);
    loop.answer(DELIVERED);

    assertThat(loop.committed().cursor()).isEqualTo(DONE.cursor());
    assertThat(loop.committed().ledger()).isEqualTo(DONE.ledger());
    assertThat(loop.committed().replayed()).isEqualTo(10);
    assertThat(loop.settled).isEmpty();
    assertThat(loop.replayEnds)
        .singleElement()
        .satisfies(end -> {
          assertThat(end.cancelled()).isFalse();
          assertThat(end.progress().job()).isEqualTo(1);
          assertThat(end.progress().replayed()).isEqualTo(10);
          assertThat(end.progress().counts().filtered()).isEqualTo(10);
          assertThat(end.progress().cursor().settled()).isEqualTo(20);
        });
  }

  @Test
  void the_next_replay_adds_to_what_was_replayed_before() {
    MachineDriver loop = new MachineDriver(batches(10), DONE);
    for (long job = 1; job <= 3; job++) {
      loop.beginReplay(job, 0, 10);
      loop.feedReplay(0, 10, offset -> Verdict.DELIVER);
      loop.answer(DELIVERED);
    }

    assertThat(loop.committed().replayed()).isEqualTo(30);
    assertThat(loop.committed().ledger().delivered()).isEqualTo(100);
  }

  @Test
  void a_replay_of_nothing_is_complete_at_once() {
    MachineDriver loop = new MachineDriver(batches(10), DONE);

    loop.beginReplay(1, 20, 20);

    assertThat(loop.replayReads).isEmpty();
    assertThat(loop.replayEnds).hasSize(1);
  }

  @Test
  void live_records_go_first_whenever_some_are_due() {
    MachineDriver loop = new MachineDriver(batches(10), DONE);
    loop.beginReplay(1, 0, 40);
    loop.feedReplay(0, 40, offset -> Verdict.DELIVER);
    assertThat(offsets(loop.attempt())).startsWith(0L);
    loop.feed(25);

    loop.answer(DELIVERED);
    assertThat(offsets(loop.attempt())).startsWith(100L);
    loop.answer(DELIVERED);
    assertThat(offsets(loop.attempt())).startsWith(110L);
    loop.answer(DELIVERED);
    // Five are left, which may wait for others: the place is free.
    assertThat(offsets(loop.attempt())).startsWith(10L);
    loop.advance(Duration.ofSeconds(1));
    loop.answer(DELIVERED);
    assertThat(offsets(loop.attempt())).containsExactly(120L, 121L, 122L, 123L, 124L);
  }

  @Test
  void a_live_batch_that_waits_to_be_tried_again_is_not_overtaken_by_a_replay() {
    MachineDriver loop = new MachineDriver(batches(10), DONE);
    loop.feed(10);
    loop.beginReplay(1, 0, 10);
    loop.feedReplay(0, 10, offset -> Verdict.DELIVER);
    loop.answer(BROKEN);

    assertThat(offsets(loop.awaitAttempt())).startsWith(100L);
  }

  @Test
  void where_attempts_run_in_parallel_a_replay_leaves_live_records_a_place() {
    MachineDriver loop = new MachineDriver(batches(10).withParallelism(4), DONE);
    loop.beginReplay(1, 0, 100);
    loop.feedReplay(0, 100, offset -> Verdict.DELIVER);
    assertThat(loop.underWay).hasSize(3);

    loop.feed(10);

    assertThat(loop.underWay).hasSize(4);
    assertThat(offsets(loop.underWay.getLast())).startsWith(100L);
  }

  @Test
  void a_replay_shares_breaker_backoff_and_rate_limit() {
    MachineDriver loop =
        new MachineDriver(batches(10).with(new RateLimit(1, 1, RateLimit.Unit.REQUESTS)), DONE);
    loop.beginReplay(1, 0, 30);
    loop.feedReplay(0, 30, offset -> Verdict.DELIVER);
    loop.answer(DELIVERED);
    assertThat(loop.underWay).as("one request per second").isEmpty();
    loop.awaitAttempt();
    assertThat(loop.now()).isEqualTo(Duration.ofSeconds(1));
    for (int i = 0; i < 5; i++) {
      loop.answer(BROKEN);
      if (i < 4) {
        loop.awaitAttempt();
      }
    }
    assertThat(loop.machine.breaker()).isEqualTo(BreakerState.OPEN);
    Duration opened = loop.now();

    loop.awaitAttempt();

    assertThat(loop.now().minus(opened)).isEqualTo(Duration.ofMinutes(1));
    assertThat(offsets(loop.attempt())).as("the same batch").startsWith(10L);
  }

  @Test
  void refused_credentials_pause_the_destination_and_the_replay_goes_on_when_they_hold() {
    MachineDriver loop = new MachineDriver(batches(10), DONE);
    loop.beginReplay(1, 0, 10);
    loop.feedReplay(0, 10, offset -> Verdict.DELIVER);
    loop.answer(new DeliveryResult.Unauthorized("HTTP 401"));
    assertThat(loop.committed().standing()).isEqualTo(CursorStanding.PAUSED);

    loop.awaitAttempt();
    assertThat(loop.now()).isEqualTo(Duration.ofSeconds(10));
    loop.answer(DELIVERED);

    assertThat(loop.committed().standing()).isEqualTo(CursorStanding.ACTIVE);
    assertThat(loop.committed().replayed()).isEqualTo(10);
  }

  @Test
  void what_is_refused_again_is_counted_with_its_reason_and_makes_no_dead_letter() {
    MachineDriver loop =
        new MachineDriver(
            batches(8).with(new FallbackConfig("files", Optional.of(Duration.ZERO), true)), DONE);
    loop.beginReplay(1, 0, 8);
    loop.feedReplay(0, 8, offset -> Verdict.DELIVER);

    while (!loop.underWay.isEmpty()) {
      assertThat(loop.attempt().target()).isEqualTo(Target.OWN);
      loop.answer(offsets(loop.attempt()).contains(5L) ? REFUSED : DELIVERED);
    }

    assertThat(loop.unkept).isEmpty();
    assertThat(loop.replayEnds.getFirst().progress().counts().deadLettered()).isEqualTo(1);
    assertThat(loop.replayEnds.getFirst().progress().reason()).isEqualTo("HTTP 400");
    assertThat(loop.committed().ledger()).isEqualTo(DONE.ledger());
  }

  @Test
  void after_a_restart_a_replay_goes_on_where_it_was() {
    MachineDriver before = new MachineDriver(batches(10).withParallelism(3), DONE);
    before.beginReplay(7, 0, 40);
    before.feedReplay(0, 40, offset -> Verdict.DELIVER);
    before.answer(before.underWay.get(1), DELIVERED);

    MachineDriver after = new MachineDriver(batches(10), before.committed());
    after.beginReplay(7, 0, 40);
    after.feedReplay(0, 40, offset -> Verdict.DELIVER);
    while (!after.underWay.isEmpty()) {
      after.answer(DELIVERED);
    }

    assertThat(after.started.stream().map(MachineDriver::offsets).map(List::getFirst))
        .containsExactly(0L, 20L, 30L);
    assertThat(after.committed().replayed()).isEqualTo(40);
  }

  @Test
  void a_cancelled_replay_ends_when_what_is_under_way_has_and_counts_that() {
    MachineDriver loop = new MachineDriver(batches(10), DONE);
    loop.beginReplay(1, 0, 40);
    loop.feedReplay(0, 40, offset -> Verdict.DELIVER);

    loop.step(new DeliveryInput.CancelReplay(1));
    assertThat(loop.replayEnds).isEmpty();
    loop.answer(DELIVERED);

    assertThat(loop.started).hasSize(1);
    assertThat(loop.replayEnds).singleElement().matches(DeliveryAction.EndReplay::cancelled);
    assertThat(loop.committed().replayed()).isEqualTo(10);
  }

  @Test
  void a_stopping_loop_leaves_the_rest_of_a_replay_for_the_next_start() {
    MachineDriver loop = new MachineDriver(batches(10), DONE);
    loop.beginReplay(1, 0, 40);
    loop.feedReplay(0, 40, offset -> Verdict.DELIVER);

    loop.step(new DeliveryInput.Stop(Optional.empty()));
    assertThat(loop.finished()).isFalse();
    loop.answer(DELIVERED);

    assertThat(loop.finished()).isTrue();
    assertThat(loop.replayEnds).isEmpty();
    assertThat(loop.committed().replayed()).isEqualTo(10);
  }
}
