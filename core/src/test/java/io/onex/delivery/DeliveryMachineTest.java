package io.onex.delivery;

import static io.onex.delivery.MachineDriver.batches;
import static io.onex.delivery.MachineDriver.offsets;
import static io.onex.delivery.MachineDriver.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.onex.config.BatchConfig;
import io.onex.config.BreakerConfig;
import io.onex.config.ByteSize;
import io.onex.log.Position;
import io.onex.log.PositionRange;
import io.onex.log.RecordOutcome;
import io.onex.log.cursor.CursorEntry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeliveryMachineTest {
  static final DeliveryResult DELIVERED = new DeliveryResult.Delivered();
  static final DeliveryResult BROKEN = new DeliveryResult.Retryable("HTTP 500", Optional.empty());
  static final DeliveryResult REFUSED = new DeliveryResult.Refused("HTTP 400");
  static final DeliveryResult UNAUTHORIZED = new DeliveryResult.Unauthorized("HTTP 401");

  private static void stop(MachineDriver loop, long end) {
    loop.step(new DeliveryInput.Stop(Optional.of(new Position(0, end))));
  }

  @Test
  void a_partial_batch_is_sent_before_the_loop_ends() {
    MachineDriver loop = new MachineDriver(MachineDriver.batches(10));
    loop.feed(3);
    stop(loop, 5);
    assertThat(loop.attempt().records()).hasSize(3);
    assertThat(loop.finished()).isFalse();
    loop.answer(new DeliveryResult.Delivered());
    assertThat(loop.finished()).as("two records are still unread").isFalse();
    loop.feed(2);
    loop.answer(new DeliveryResult.Delivered());

    assertThat(loop.finished()).isTrue();
    assertThat(loop.committed().cursor().lowWater()).isEqualTo(new Position(0, 5));
  }

  @Test
  void a_loop_with_nothing_left_ends_at_once() {
    MachineDriver loop = new MachineDriver(MachineDriver.batches(10));
    stop(loop, 0);

    assertThat(loop.finished()).isTrue();
  }

  @Test
  void what_fails_while_stopping_and_what_is_far_behind_stays_in_the_log() {
    MachineDriver failing = new MachineDriver(MachineDriver.batches(2));
    failing.feed(3);
    stop(failing, 3);
    failing.answer(new DeliveryResult.Retryable("HTTP 503", Optional.empty()));
    assertThat(failing.finished()).isTrue();
    assertThat(failing.started).hasSize(1);

    MachineDriver behind = new MachineDriver(MachineDriver.batches(2));
    behind.feed(1);
    stop(behind, 1_000);
    assertThat(behind.finished()).isTrue();
    assertThat(behind.started).isEmpty();
  }

  @Test
  void a_system_that_is_away_or_fails_gets_nothing_more_while_stopping() {
    MachineDriver away = new MachineDriver(MachineDriver.batches(10));
    away.feed(1);
    away.awaitAttempt();
    away.answer(new DeliveryResult.Unauthorized("HTTP 401"));
    away.feed(1);
    stop(away, 2);
    assertThat(away.finished()).isTrue();
    assertThat(away.started).hasSize(1);

    MachineDriver retrying = new MachineDriver(MachineDriver.batches(10));
    retrying.feed(1);
    retrying.awaitAttempt();
    retrying.answer(new DeliveryResult.Retryable("HTTP 503", Optional.empty()));
    retrying.feed(1);
    stop(retrying, 2);
    assertThat(retrying.finished()).isTrue();
    assertThat(retrying.started).hasSize(1);
  }

  @Test
  void one_lone_record_leaves_when_its_age_is_reached() {
    MachineDriver loop = new MachineDriver(batches(100));

    loop.feed(1);
    loop.advance(Duration.ofMillis(999));
    assertThat(loop.started).isEmpty();

    loop.advance(Duration.ofMillis(1));
    assertThat(loop.startedAt).containsExactly(Duration.ofSeconds(1));
  }

  @Test
  void age_counts_from_when_a_record_became_readable() {
    MachineDriver loop = new MachineDriver(batches(100));

    loop.feed(1, 1, Duration.ofMillis(700));
    loop.awaitAttempt();

    assertThat(loop.now()).isEqualTo(Duration.ofMillis(300));
  }

  @Test
  void a_full_batch_leaves_at_once_and_the_rest_waits() {
    MachineDriver loop = new MachineDriver(batches(3));

    loop.feed(4);

    assertThat(offsets(loop.attempt())).containsExactly(0L, 1L, 2L);
    loop.answer(DELIVERED);
    assertThat(loop.underWay).isEmpty();
    loop.awaitAttempt();
    assertThat(offsets(loop.attempt())).containsExactly(3L);
  }

  @Test
  void a_batch_holds_no_more_bytes_than_allowed_unless_one_record_does() {
    MachineDriver loop =
        new MachineDriver(
            DeliverySettings.DEFAULT.with(
                new BatchConfig(100, new ByteSize(1_000), Duration.ZERO)));

    loop.feed(
        List.of(record(0, 400), record(1, 400), record(2, 400), record(3, 5_000), record(4, 1)),
        Position.START.plus(5),
        offset -> Verdict.DELIVER,
        Position.START,
        Duration.ZERO);
    while (!loop.underWay.isEmpty()) {
      loop.answer(DELIVERED);
    }

    assertThat(loop.started.stream().map(MachineDriver::offsets))
        .containsExactly(List.of(0L, 1L), List.of(2L), List.of(3L), List.of(4L));
  }

  @Test
  void waits_double_from_100_ms_to_30_s_give_or_take_a_quarter() {
    MachineDriver loop = new MachineDriver(withoutBreaker(batches(1)));
    loop.feed(1);

    double expected = 100;
    for (int i = 0; i < 14; i++) {
      Duration failedAt = loop.now();
      loop.answer(BROKEN);
      loop.awaitAttempt();
      double waited = loop.now().minus(failedAt).toNanos() / 1e6;
      assertThat(waited).isBetween(expected * 0.75 - 0.001, expected * 1.25 + 0.001);
      expected = Math.min(expected * 2, 30_000);
    }
    assertThat(loop.attempt().number()).isEqualTo(15);
    assertThat(loop.balance().pending()).isEqualTo(1);
  }

  @Test
  void retry_after_is_honoured_and_opens_no_breaker() {
    MachineDriver loop = new MachineDriver(batches(1));
    loop.feed(2);

    for (int i = 0; i < 10; i++) {
      Duration failedAt = loop.now();
      loop.answer(new DeliveryResult.Retryable("HTTP 429", Optional.of(Duration.ofSeconds(42))));
      loop.awaitAttempt();
      assertThat(loop.now().minus(failedAt)).isEqualTo(Duration.ofSeconds(42));
    }
    assertThat(loop.changes).isEmpty();
  }

  @Test
  void five_failures_open_the_breaker_for_a_minute_and_two_successes_close_it() {
    MachineDriver loop = new MachineDriver(batches(1));
    loop.feed(4);
    for (int i = 0; i < 4; i++) {
      loop.answer(BROKEN);
      loop.awaitAttempt();
    }
    Duration opened = loop.now();
    loop.answer(BROKEN);
    assertThat(loop.machine.breaker()).isEqualTo(BreakerState.OPEN);

    loop.awaitAttempt();
    assertThat(loop.now().minus(opened)).isEqualTo(Duration.ofMinutes(1));
    assertThat(loop.machine.breaker()).isEqualTo(BreakerState.HALF_OPEN);

    loop.answer(DELIVERED);
    assertThat(loop.machine.breaker()).isEqualTo(BreakerState.HALF_OPEN);
    loop.answer(DELIVERED);
    assertThat(loop.machine.breaker()).isEqualTo(BreakerState.CLOSED);
  }

  @Test
  void a_failure_while_half_open_opens_the_breaker_again() {
    MachineDriver loop = new MachineDriver(batches(1));
    loop.feed(1);
    for (int i = 0; i < 5; i++) {
      loop.answer(BROKEN);
      loop.awaitAttempt();
    }
    assertThat(loop.machine.breaker()).isEqualTo(BreakerState.HALF_OPEN);
    Duration failedAt = loop.now();

    loop.answer(BROKEN);
    loop.awaitAttempt();

    assertThat(loop.now().minus(failedAt)).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void no_more_than_three_attempts_are_made_while_half_open() {
    MachineDriver loop = new MachineDriver(batches(1).withParallelism(8));
    loop.feed(20);
    assertThat(loop.underWay).hasSize(8);
    for (Attempt attempt : List.copyOf(loop.underWay)) {
      loop.answer(attempt, BROKEN);
    }
    assertThat(loop.machine.breaker()).isEqualTo(BreakerState.OPEN);

    loop.advance(Duration.ofMinutes(5));

    assertThat(loop.underWay).hasSize(3);
  }

  @Test
  void state_changes_are_announced_once() {
    MachineDriver loop = new MachineDriver(batches(1));
    loop.feed(4);
    for (int i = 0; i < 9; i++) {
      loop.answer(BROKEN);
      if (loop.underWay.isEmpty()) {
        loop.awaitAttempt();
      }
    }
    loop.answer(DELIVERED);
    loop.answer(DELIVERED);

    assertThat(loop.changes)
        .containsExactly(
            new StateChange(
                "elk", DestinationState.DELIVERING, DestinationState.FAILING, "HTTP 500"),
            new StateChange("elk", DestinationState.FAILING, DestinationState.DELIVERING, ""));
  }

  @Test
  void a_rate_limit_holds_attempts_back() {
    MachineDriver loop =
        new MachineDriver(batches(1).with(new RateLimit(2, 3, RateLimit.Unit.REQUESTS)));
    loop.feed(2);
    loop.feed(10);
    while (loop.startedAt.size() < 8) {
      loop.answer(DELIVERED);
      if (loop.underWay.isEmpty()) {
        loop.awaitAttempt();
      }
    }

    assertThat(loop.startedAt.stream().map(Duration::toMillis))
        .containsExactly(0L, 0L, 0L, 500L, 1_000L, 1_500L, 2_000L, 2_500L);
  }

  @Test
  void a_rate_in_records_makes_a_large_batch_pay_afterwards() {
    MachineDriver loop =
        new MachineDriver(batches(100).with(new RateLimit(50, 10, RateLimit.Unit.RECORDS)));
    loop.feed(200);
    loop.answer(DELIVERED);
    loop.awaitAttempt();

    assertThat(loop.now().toMillis()).isCloseTo(1_820, within(1L));
  }

  @Test
  void attempts_that_end_out_of_order_leave_ranges_above_the_low_water() {
    MachineDriver loop = new MachineDriver(batches(10).withParallelism(3));
    loop.feed(30);
    assertThat(loop.underWay).hasSize(3);

    loop.answer(loop.underWay.get(2), DELIVERED);
    assertThat(loop.committed().cursor().lowWater()).isEqualTo(Position.START);
    assertThat(loop.committed().cursor().completed())
        .containsExactly(new PositionRange(new Position(0, 20), new Position(0, 30)));
    assertThat(loop.balance().pending()).isEqualTo(20);

    loop.answer(loop.underWay.get(0), DELIVERED);
    assertThat(loop.committed().cursor().lowWater()).isEqualTo(new Position(0, 10));
    loop.answer(DELIVERED);
    assertThat(loop.committed().cursor().lowWater()).isEqualTo(new Position(0, 30));
    assertThat(loop.committed().cursor().completed()).isEmpty();
  }

  @Test
  void with_one_attempt_at_a_time_nothing_overtakes_a_batch_that_fails() {
    MachineDriver loop = new MachineDriver(withoutBreaker(batches(2)));
    loop.feed(6);
    loop.answer(BROKEN);
    loop.awaitAttempt();
    loop.answer(BROKEN);
    loop.awaitAttempt();
    while (!loop.underWay.isEmpty()) {
      loop.answer(DELIVERED);
    }

    assertThat(loop.started.stream().map(MachineDriver::offsets))
        .containsExactly(
            List.of(0L, 1L), List.of(0L, 1L), List.of(0L, 1L), List.of(2L, 3L), List.of(4L, 5L));
  }

  @Test
  void what_the_rules_keep_away_is_counted_without_being_sent() {
    MachineDriver loop = new MachineDriver(batches(10));

    loop.feed(5, offset -> offset == 3 ? new Verdict.Sampled() : new Verdict.Filtered("r", true));

    assertThat(loop.started).isEmpty();
    assertThat(loop.balance().pending()).isZero();
    assertThat(loop.balance().ledger().filtered()).isEqualTo(4);
    assertThat(loop.balance().ledger().unmatched()).isEqualTo(4);
    assertThat(loop.balance().ledger().sampled()).isEqualTo(1);
    assertThat(loop.settled.stream().map(Settlement::outcome))
        .containsExactly(RecordOutcome.FILTERED, RecordOutcome.SAMPLED, RecordOutcome.FILTERED);
  }

  @Test
  void filtered_records_between_others_make_no_ranges_of_their_own() {
    MachineDriver loop = new MachineDriver(batches(50).withParallelism(2));

    loop.feed(200, offset -> offset % 2 == 0 ? Verdict.DELIVER : Verdict.NOT_TAKEN);
    assertThat(loop.underWay).hasSize(2);
    loop.answer(loop.underWay.get(1), DELIVERED);

    assertThat(loop.committed().cursor().completed()).hasSize(1);
    loop.answer(DELIVERED);
    assertThat(loop.committed().cursor().lowWater()).isEqualTo(new Position(0, 200));
    assertThat(loop.balance().ledger().filtered()).isEqualTo(100);
  }

  @Test
  void what_cannot_be_read_is_expired_below_the_start_of_the_log_and_lost_above() {
    MachineDriver loop = new MachineDriver(batches(1));

    loop.feed(
        List.of(record(7, 1)),
        new Position(0, 10),
        offset -> Verdict.DELIVER,
        new Position(0, 5),
        Duration.ZERO);
    loop.answer(DELIVERED);

    assertThat(loop.balance().pending()).isZero();
    assertThat(loop.balance().ledger().expired()).isEqualTo(5);
    assertThat(loop.balance().ledger().lost()).isEqualTo(4);
    assertThat(loop.balance().ledger().delivered()).isEqualTo(1);
  }

  @Test
  void after_a_restart_only_open_positions_are_sent() {
    CursorEntry entry =
        CursorEntry.at("elk", Position.START)
            .complete(
                new PositionRange(new Position(0, 2), new Position(0, 4)), RecordOutcome.DELIVERED)
            .complete(
                new PositionRange(new Position(0, 6), new Position(0, 7)), RecordOutcome.FILTERED);
    MachineDriver loop = new MachineDriver(batches(5), entry);

    loop.feed(9);

    assertThat(offsets(loop.attempt())).containsExactly(0L, 1L, 4L, 5L, 7L);
    loop.answer(DELIVERED);
    loop.awaitAttempt();
    loop.answer(DELIVERED);
    assertThat(loop.balance().pending()).isZero();
    assertThat(loop.balance().ledger().delivered()).isEqualTo(8);
  }

  @Test
  void a_stopping_loop_starts_nothing_and_commits_what_still_ends() {
    MachineDriver loop = new MachineDriver(batches(1).withParallelism(2));
    loop.feed(5);
    loop.step(new DeliveryInput.Stop(Optional.empty()));
    assertThat(loop.finished()).isFalse();

    loop.answer(loop.underWay.getFirst(), DELIVERED);
    assertThat(loop.underWay).hasSize(1);
    loop.end(loop.attempt(), new AttemptEnd.Abandoned());

    assertThat(loop.finished()).isTrue();
    assertThat(loop.started).hasSize(2);
    assertThat(loop.balance().ledger().delivered()).isEqualTo(1);
    assertThat(loop.balance().pending()).isEqualTo(4);
  }

  @Test
  void an_idle_loop_stops_at_once() {
    MachineDriver loop = new MachineDriver(batches(1));

    loop.step(new DeliveryInput.Stop(Optional.empty()));

    assertThat(loop.finished()).isTrue();
  }

  @Test
  void a_destination_that_does_not_answer_reads_no_more_than_it_may_hold() {
    MachineDriver loop = new MachineDriver(batches(10));
    int fed = 0;
    while (loop.wantsMore() && fed < 1_000) {
      loop.feed(10);
      fed += 10;
    }

    assertThat(fed).isLessThanOrEqualTo(40);
    assertThat(loop.underWay).hasSize(1);
  }

  static DeliverySettings withoutBreaker(DeliverySettings settings) {
    return new DeliverySettings(
        settings.batch(),
        settings.retry(),
        new BreakerConfig(1_000_000, Duration.ofMinutes(1), 3, 2),
        settings.rate(),
        settings.pause(),
        settings.fallback(),
        settings.parallelism(),
        settings.maxInFlightBytes());
  }
}
