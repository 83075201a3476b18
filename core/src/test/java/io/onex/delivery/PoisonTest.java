package io.onex.delivery;

import static io.onex.delivery.MachineDriver.batches;
import static io.onex.delivery.MachineDriver.offsets;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A record on which the system breaks for ever is told apart from a system that is away.
class PoisonTest {
  private static final DeliveryResult DELIVERED = new DeliveryResult.Delivered();
  private static final DeliveryResult BROKEN =
      new DeliveryResult.Retryable("HTTP 500", Optional.empty());

  private final List<Long> delivered = new ArrayList<>();

  @ParameterizedTest
  @CsvSource({
    "0,1000,1",
    "1,1000,1",
    "500,1000,1",
    "777,1000,1",
    "999,1000,1",
    "500,100,1",
    "500,1,1",
    "500,10,4"
  })
  void one_poison_record_becomes_one_dead_letter_in_bounded_time_and_the_others_keep_their_order(
      long poison, int batch, int parallelism) {
    MachineDriver loop = new MachineDriver(batches(batch).withParallelism(parallelism));
    feedAll(loop, 1_000);

    run(loop, Set.of(poison), Duration.ZERO);

    assertThat(loop.deadLetters)
        .singleElement()
        .satisfies(dead -> {
          assertThat(dead.record().position().offset()).isEqualTo(poison);
          assertThat(dead.why().code()).isEqualTo(Rejection.Code.POISON);
          assertThat(dead.why().reason()).contains("HTTP 500");
        });
    assertThat(delivered)
        .doesNotHaveDuplicates()
        .hasSize((int) loop.balance().accepted() - 1)
        .doesNotContain(poison);
    if (parallelism == 1) {
      assertThat(delivered).isSorted();
    }
    assertThat(loop.now()).isLessThan(Duration.ofMinutes(30));
    assertThat(loop.balance().pending()).isZero();
  }

  @Test
  void a_run_of_poison_records_is_found_as_well() {
    MachineDriver loop = new MachineDriver(batches(100));
    feedAll(loop, 1_000);

    run(loop, Set.of(40L, 41L, 42L, 300L), Duration.ZERO);

    assertThat(loop.deadLetters)
        .extracting(dead -> dead.record().position().offset())
        .containsExactlyInAnyOrder(40L, 41L, 42L, 300L);
    assertThat(delivered).hasSize((int) loop.balance().accepted() - 4);
  }

  @ParameterizedTest
  @CsvSource({"1000,1", "100,1", "1,1", "10,4"})
  void an_outage_of_a_day_makes_no_dead_letter_and_changes_no_order(int batch, int parallelism) {
    MachineDriver loop = new MachineDriver(batches(batch).withParallelism(parallelism));
    feedAll(loop, 1_000);

    run(loop, Set.of(), Duration.ofDays(1));

    assertThat(loop.deadLetters).isEmpty();
    assertThat(loop.unkept).isEmpty();
    assertThat(delivered).doesNotHaveDuplicates().hasSize(1_000);
    if (parallelism == 1) {
      assertThat(delivered).isSorted();
    }
    assertThat(loop.started.size())
        .as("about two attempts a minute for each of %d", parallelism)
        .isLessThan(1_440 * 4 + 1_100);
  }

  @Test
  void a_lone_record_that_fails_waits_for_others_to_tell() {
    MachineDriver loop = new MachineDriver(batches(10));
    loop.feed(1);
    for (int i = 0; i < 500; i++) {
      if (loop.underWay.isEmpty()) {
        loop.awaitAttempt();
      }
      loop.answer(BROKEN);
    }

    assertThat(loop.unkept).isEmpty();
    assertThat(loop.balance().pending()).isEqualTo(1);
  }

  @Test
  void a_system_that_asks_to_wait_blames_no_record() {
    MachineDriver loop = new MachineDriver(batches(1));
    loop.feed(20);
    for (int i = 0; i < 200; i++) {
      loop.answer(new DeliveryResult.Retryable("HTTP 503", Optional.of(Duration.ofSeconds(20))));
      loop.awaitAttempt();
      assertThat(offsets(loop.attempt())).containsExactly(0L);
    }
  }

  private void feedAll(MachineDriver loop, int records) {
    int fed = 0;
    while (fed < records && loop.wantsMore()) {
      int count = Math.min(1_000, records - fed);
      loop.feed(count);
      fed += count;
    }
    assertThat(fed).isEqualTo(records);
  }

  /// Answers every attempt at once: 500 while the outage lasts or a poison record is in it. While
  /// poison waits, a record comes every half minute.
  private void run(MachineDriver loop, Set<Long> poison, Duration outage) {
    Duration next = Duration.ZERO;
    while (loop.balance().pending() > 0) {
      if (!loop.unkept.isEmpty()) {
        loop.keepDeadLetters(true);
      } else if (!loop.underWay.isEmpty()) {
        Attempt attempt = loop.underWay.getFirst();
        boolean broken =
            loop.now().compareTo(outage) < 0
                || offsets(attempt).stream().anyMatch(poison::contains);
        if (!broken) {
          delivered.addAll(offsets(attempt));
        }
        loop.answer(attempt, broken ? BROKEN : DELIVERED);
      } else if (loop.wantsMore() && !poison.isEmpty() && loop.now().compareTo(next) >= 0) {
        next = loop.now().plusSeconds(30);
        loop.feed(1);
      } else {
        loop.advance(Duration.ofSeconds(1));
      }
      assertThat(loop.now()).isLessThan(outage.plusHours(2));
    }
  }
}
