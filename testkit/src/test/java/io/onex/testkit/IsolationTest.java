package io.onex.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.onex.config.BatchConfig;
import io.onex.config.ByteSize;
import io.onex.delivery.DeliverySettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A dead destination changes nothing for the others, and catches up in order once it is back.
class IsolationTest {
  private static final long[] SEEDS = {3, 20261122, 987654321};
  private static final Duration HEALED_AT = Duration.ofMinutes(20);
  private static final Duration END = Duration.ofMinutes(60);

  @ParameterizedTest
  @EnumSource
  void the_others_attempts_are_the_same_with_and_without_a_dead_neighbour(
      SimulatedSystem.Fault fault) {
    for (long seed : SEEDS) {
      System.out.println("fault " + fault + " seed " + seed);
      Run alone = new Run(seed);
      Run together = new Run(seed);
      together.add("dead", DeliverySettings.DEFAULT, SimulatedSystem.failing(fault, HEALED_AT));

      alone.go();
      together.go();

      for (int i = 0; i < alone.destinations.size(); i++) {
        SimulatedDestination with = together.destinations.get(i);
        assertThat(with.attempts()).isNotEmpty().isEqualTo(alone.destinations.get(i).attempts());
        assertThat(with.balance().pending()).isZero();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_destination_that_comes_back_catches_up_in_order_and_loses_nothing(
      SimulatedSystem.Fault fault) {
    for (long seed : SEEDS) {
      System.out.println("fault " + fault + " seed " + seed);
      Run run = new Run(seed);
      SimulatedDestination dead =
          run.add("dead", DeliverySettings.DEFAULT, SimulatedSystem.failing(fault, HEALED_AT));

      run.go();

      assertThat(dead.balance().pending()).isZero();
      assertThat(dead.balance().ledger().delivered()).isEqualTo(run.log.end().offset());
      assertThat(dead.balance().holds()).isTrue();
      long next = 0;
      for (SimulatedDestination.Trace attempt : dead.attempts()) {
        assertThat(attempt.first()).as("no attempt overtakes another").isLessThanOrEqualTo(next);
        next = Math.max(next, attempt.last() + 1);
      }
      assertThat(next).isEqualTo(run.log.end().offset());
      assertThat(dead.changes().size()).as("a change is told once").isLessThanOrEqualTo(2);
    }
  }

  /// Four healthy destinations of different kinds and a seeded stream of records.
  private static final class Run {
    private final SimulatedScheduler scheduler;
    private final SimulatedLog log;
    private final long seed;
    private final List<SimulatedDestination> destinations = new ArrayList<>();

    Run(long seed) {
      this.seed = seed;
      scheduler = new SimulatedScheduler(new SeededClock(seed));
      log = new SimulatedLog(scheduler);
      for (int i = 0; i < 4; i++) {
        add(
            "healthy-" + i,
            DeliverySettings.DEFAULT
                .with(
                    new BatchConfig(
                        10 + 30 * i, ByteSize.ofMiB(1), Duration.ofMillis(100 + 400L * i)))
                .withParallelism(1 + i),
            SimulatedSystem.healthy(Duration.ofMillis(3 + 10L * i)));
      }
      Random random = new Random(seed);
      Duration at = Duration.ZERO;
      while (at.compareTo(HEALED_AT) < 0) {
        int count = 1 + random.nextInt(20);
        scheduler.after(at, () -> log.append(count, 200));
        at = at.plusMillis(1 + random.nextInt(2_000));
      }
    }

    SimulatedDestination add(String name, DeliverySettings settings, SimulatedSystem system) {
      SimulatedDestination added =
          new SimulatedDestination(name, settings, system, scheduler, log, seed);
      destinations.add(added);
      return added;
    }

    void go() {
      scheduler.runUntil(END);
    }
  }
}
