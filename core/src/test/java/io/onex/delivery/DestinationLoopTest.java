package io.onex.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.onex.config.BatchConfig;
import io.onex.config.ByteSize;
import io.onex.log.PositionRange;
import io.onex.log.RecordOutcome;
import io.onex.log.deadletter.DeadLetterQuery;
import io.onex.log.journal.DeliveryJournalEntry;
import io.onex.telemetry.FamilySnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DestinationLoopTest {
  private static final DeliverySettings QUICK =
      DeliverySettings.DEFAULT.with(new BatchConfig(10, ByteSize.ofMiB(1), Duration.ofMillis(20)));

  @TempDir private Path directory;

  @Test
  void records_arrive_in_order_and_the_saved_ledger_balances() throws Exception {
    ScriptedIntegration elk = ScriptedIntegration.taking();
    String[] ids = ids(500);
    try (RunningGateway gateway = new RunningGateway(directory)) {
      gateway.destination("elk", elk, QUICK);
      PositionRange range = gateway.append(ids);

      assertThat(gateway.watch.await(List.of(range), Set.of("elk"), Duration.ofSeconds(20)))
          .isEmpty();
      assertThat(elk.received).containsExactly(ids);
    }
    try (RunningGateway again = new RunningGateway(directory)) {
      assertThat(again.balance("elk").ledger().delivered()).isEqualTo(500);
      assertThat(again.balance("elk").holds()).isTrue();
      assertThat(again.balance("elk").pending()).isZero();
    }
  }

  @Test
  void a_watch_names_the_destinations_that_are_not_done() throws Exception {
    try (RunningGateway gateway = new RunningGateway(directory)) {
      gateway.destination("elk", ScriptedIntegration.taking(), QUICK);
      gateway.destination("hole", ScriptedIntegration.blackHole(), QUICK);
      PositionRange range = gateway.append("a", "b");

      assertThat(
              gateway.watch.await(
                  List.of(range), Set.of("elk", "hole", "unheard-of"), Duration.ofSeconds(2)))
          .containsExactly("hole", "unheard-of");
    }
  }

  @Test
  void a_loop_with_a_black_hole_ends_within_its_grace_and_loses_nothing() throws Exception {
    try (RunningGateway gateway = new RunningGateway(directory)) {
      ScriptedIntegration hole = ScriptedIntegration.blackHole();
      DestinationLoop loop = gateway.destination("elk", hole, QUICK.withParallelism(4));
      gateway.append(ids(100));
      await().until(() -> hole.sends.get() == 4);

      long asked = System.nanoTime();
      loop.stop(Duration.ofMillis(300));
      assertThat(loop.awaitEnd(Duration.ofSeconds(5))).isTrue();

      assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(3));
      assertThat(hole.closed.await(1, TimeUnit.SECONDS)).isTrue();
      assertThat(gateway.balance("elk").pending()).isEqualTo(100);
    }
    try (RunningGateway again = new RunningGateway(directory)) {
      ScriptedIntegration elk = ScriptedIntegration.taking();
      again.destination("elk", elk, QUICK);

      await().until(() -> elk.received.size() == 100);
      assertThat(elk.received).containsExactly(ids(100));
    }
  }

  @Test
  void an_attempt_that_ends_within_the_grace_is_committed() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    try (RunningGateway gateway = new RunningGateway(directory)) {
      ScriptedIntegration slow =
          new ScriptedIntegration(ids -> {
            release.await();
            return new DeliveryResult.Delivered();
          });
      DestinationLoop loop = gateway.destination("elk", slow, QUICK);
      gateway.append(ids(10));
      await().until(() -> slow.sends.get() == 1);

      loop.stop(Duration.ofSeconds(30));
      release.countDown();

      assertThat(loop.awaitEnd(Duration.ofSeconds(10))).isTrue();
      assertThat(gateway.balance("elk").ledger().delivered()).isEqualTo(10);
    }
  }

  @Test
  void a_poison_record_becomes_a_dead_letter_with_its_reason_and_the_others_arrive()
      throws Exception {
    try (RunningGateway gateway = new RunningGateway(directory)) {
      ScriptedIntegration elk =
          new ScriptedIntegration(ids ->
              ids.contains("poison")
                  ? new DeliveryResult.Refused("HTTP 422")
                  : new DeliveryResult.Delivered());
      gateway.destination("elk", elk, QUICK);
      PositionRange range = gateway.append("a", "b", "poison", "c", "broken", "d");

      assertThat(gateway.watch.await(List.of(range), Set.of("elk"), Duration.ofSeconds(20)))
          .isEmpty();

      assertThat(elk.received).containsExactly("a", "b", "c", "d");
      assertThat(gateway.balance("elk").ledger().deadLettered()).isEqualTo(2);
      assertThat(gateway.deadLetters.list(DeadLetterQuery.first(10)).entries())
          .extracting(entry -> entry.letter().reason(), entry -> entry.letter().sentence())
          .containsExactlyInAnyOrder(
              org.assertj.core.groups.Tuple.tuple("refused", "HTTP 422"),
              org.assertj.core.groups.Tuple.tuple(
                  "encoder_error", "the encoder failed with IllegalStateException"));
      assertThat(gateway.changes).isEmpty();
    }
  }

  @Test
  void a_record_on_which_the_rules_fail_becomes_a_dead_letter() throws Exception {
    try (RunningGateway gateway = new RunningGateway(directory)) {
      ScriptedIntegration elk = ScriptedIntegration.taking();
      gateway.destination(
          "elk",
          elk,
          QUICK,
          record -> {
            if (record.eventId().utf8().equals("b")) {
              throw new IllegalStateException("a bug in the rules");
            }
            return Verdict.DELIVER;
          });
      PositionRange range = gateway.append("a", "b", "c");

      assertThat(gateway.watch.await(List.of(range), Set.of("elk"), Duration.ofSeconds(20)))
          .isEmpty();
      assertThat(elk.received).containsExactly("a", "c");
      assertThat(gateway.deadLetters.list(DeadLetterQuery.first(10)).entries())
          .singleElement()
          .extracting(entry -> entry.letter().reason())
          .isEqualTo("rule_error");
    }
  }

  @Test
  void a_black_hole_delays_no_other_destination() throws Exception {
    try (RunningGateway gateway = new RunningGateway(directory)) {
      List<ScriptedIntegration> others = new ArrayList<>();
      gateway.destination("hole", ScriptedIntegration.blackHole(), QUICK);
      for (int i = 0; i < 4; i++) {
        ScriptedIntegration other = ScriptedIntegration.taking();
        others.add(other);
        gateway.destination("other-" + i, other, QUICK);
      }
      PositionRange range = gateway.append(ids(2_000));

      assertThat(
              gateway.watch.await(
                  List.of(range),
                  Set.of("other-0", "other-1", "other-2", "other-3"),
                  Duration.ofSeconds(20)))
          .isEmpty();
      for (ScriptedIntegration other : others) {
        assertThat(other.received).containsExactly(ids(2_000));
      }
      assertThat(gateway.balance("hole").pending()).isEqualTo(2_000);
    }
  }

  @Test
  void changed_settings_reach_the_next_attempt_and_the_old_integration_is_closed()
      throws Exception {
    try (RunningGateway gateway = new RunningGateway(directory)) {
      ScriptedIntegration wrong =
          new ScriptedIntegration(ids -> new DeliveryResult.Unauthorized("HTTP 401"));
      ScriptedIntegration right = ScriptedIntegration.taking();
      DestinationLoop loop = gateway.destination("elk", wrong, QUICK);
      PositionRange range = gateway.append("a");
      await().until(() -> loop.status().state() == DestinationState.PAUSED);
      assertThat(loop.status().reason()).isEqualTo("HTTP 401");

      loop.change(right, Optional.empty(), QUICK);

      assertThat(gateway.watch.await(List.of(range), Set.of("elk"), Duration.ofSeconds(20)))
          .isEmpty();
      assertThat(right.received).containsExactly("a");
      assertThat(wrong.closed.await(5, TimeUnit.SECONDS)).isTrue();
      assertThat(right.closed.getCount()).isEqualTo(1);
      assertThat(gateway.changes.stream().map(StateChange::to))
          .containsExactly(DestinationState.PAUSED, DestinationState.DELIVERING);
    }
  }

  @Test
  void a_reset_is_tried_again_until_it_succeeds() throws Exception {
    try (RunningGateway gateway = new RunningGateway(directory)) {
      AtomicBoolean broken = new AtomicBoolean(true);
      ScriptedIntegration elk =
          new ScriptedIntegration(ids -> {
            if (broken.getAndSet(false)) {
              throw new IOException("Connection reset");
            }
            return new DeliveryResult.Delivered();
          });
      gateway.destination("elk", elk, QUICK);
      PositionRange range = gateway.append("a");

      assertThat(gateway.watch.await(List.of(range), Set.of("elk"), Duration.ofSeconds(20)))
          .isEmpty();
      List<DeliveryJournalEntry> told = gateway.journals.get("elk").lookup(range.start());
      assertThat(told)
          .singleElement()
          .satisfies(entry -> {
            assertThat(entry.outcome()).isEqualTo(RecordOutcome.DELIVERED);
            assertThat(entry.attempt()).isEqualTo(2);
          });
      assertThat(value(gateway, "onex_gateway_delivery_retries_total", "")).isEqualTo(1);
      assertThat(value(gateway, "onex_gateway_delivery_attempts_total", "retryable")).isEqualTo(1);
      assertThat(value(gateway, "onex_gateway_delivery_attempts_total", "delivered")).isEqualTo(1);
      assertThat(value(gateway, "onex_gateway_delivery_records_total", "delivered")).isEqualTo(1);
      // Told a moment after the watch.
      await()
          .untilAsserted(() ->
              assertThat(value(gateway, "onex_gateway_delivery_pending_records", "")).isZero());
    }
  }

  @Test
  void a_loop_that_meets_a_bug_of_its_own_begins_again_at_its_cursor() throws Exception {
    AtomicBoolean thrown = new AtomicBoolean();
    try (RunningGateway gateway =
        new RunningGateway(
            directory,
            change -> {
              if (!thrown.getAndSet(true)) {
                throw new IllegalStateException("injected");
              }
            })) {
      AtomicBoolean refuse = new AtomicBoolean(true);
      ScriptedIntegration elk =
          new ScriptedIntegration(ids ->
              refuse.getAndSet(false)
                  ? new DeliveryResult.Unauthorized("HTTP 401")
                  : new DeliveryResult.Delivered());
      gateway.destination("elk", elk, QUICK);
      PositionRange range = gateway.append("a", "b");

      assertThat(gateway.watch.await(List.of(range), Set.of("elk"), Duration.ofSeconds(20)))
          .isEmpty();
      assertThat(elk.received).containsExactly("a", "b");
      assertThat(thrown).isTrue();
    }
  }

  private static double value(RunningGateway gateway, String name, String label) {
    return gateway.telemetry.snapshot().stream()
        .filter(family -> family.name().equals(name))
        .flatMap(family -> family.samples().stream())
        .filter(sample -> label.isEmpty() || sample.labels().containsValue(label))
        .mapToDouble(sample -> ((FamilySnapshot.Value) sample).value())
        .sum();
  }

  private static String[] ids(int count) {
    return IntStream.range(0, count).mapToObj(i -> "id-" + i).toArray(String[]::new);
  }
}
