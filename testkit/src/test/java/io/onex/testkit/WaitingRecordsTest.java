package io.onex.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.onex.delivery.Attempt;
import io.onex.delivery.AttemptEnd;
import io.onex.delivery.DeliveryResult;
import io.onex.delivery.DeliveryResult.ItemResult;
import io.onex.delivery.DeliverySettings;
import io.onex.log.Record;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever records a system refuses for however long, the others go on, and nothing is held
/// against the system.
class WaitingRecordsTest {
  private static final Duration APPENDED_UNTIL = Duration.ofMinutes(10);
  private static final Duration END = Duration.ofMinutes(60);

  /// Oldest record of a batch, an attempt on the way, a rest after an answer that took none.
  private static final Duration LONGEST_DELAY = Duration.ofMillis(1_000 + 3 * 40 + 1_300);

  /// Longest pause of one record, spread, and what it meets.
  private static final Duration LONGEST_WAIT = Duration.ofMillis(37_500).plus(LONGEST_DELAY);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89})
  void the_others_are_delayed_by_no_more_than_an_attempt_and_a_rest(long seed) {
    System.out.println("waiting records: seed " + seed);
    Random random = new Random(seed);
    Blocks blocks = Blocks.random(random, 800);
    Run run = new Run(seed, 1 + random.nextInt(3), 1 + random.nextInt(12), blocks);
    run.scheduler.runUntil(END);

    assertThat(run.destination.changes()).as("the system was never away").isEmpty();
    assertThat(run.destination.balance().holds()).isTrue();
    assertThat(run.destination.balance().pending()).isZero();
    assertThat(blocks.refused).isNotEmpty();
    assertThat(blocks.taken).hasSize((int) run.log.end().offset());
    run.appended.forEach((offset, at) -> {
      Duration late = blocks.taken.get(offset).minus(at);
      if (blocks.refused.containsKey(offset)) {
        Duration since = blocks.taken.get(offset).minus(blocks.freeAt(offset, at));
        assertThat(since).as("record %d once it is free", offset).isLessThan(LONGEST_WAIT);
      } else {
        assertThat(late).as("record %d that nobody refused", offset).isLessThan(LONGEST_DELAY);
      }
    });
  }

  @Test
  void too_many_that_wait_make_the_destination_wait_and_none_is_lost() {
    Blocks all = new Blocks(List.of(new Block(0, 1, Duration.ZERO, Duration.ofMinutes(8))));
    Run run = new Run(7, 1, 20, all);
    run.scheduler.runUntil(Duration.ofMinutes(7));

    long wait = run.log.end().offset();
    assertThat(wait).isGreaterThan(1_500);
    assertThat(all.refused.size()).as("what was not tried is still unread").isLessThan(2_500);
    assertThat(run.destination.changes()).as("now it is the system").isNotEmpty();

    run.scheduler.runUntil(END);
    assertThat(run.destination.balance().pending()).isZero();
    assertThat(run.destination.balance().ledger().delivered()).isEqualTo(run.log.end().offset());
  }

  @Test
  void an_answer_to_the_whole_request_is_about_the_system_even_while_records_wait() {
    Blocks one = new Blocks(List.of(new Block(3, 50, Duration.ZERO, Duration.ofMinutes(6))));
    Duration from = Duration.ofMinutes(2);
    Duration to = Duration.ofMinutes(4);
    SimulatedSystem away =
        (attempt, now, random) ->
            now.compareTo(from) >= 0 && now.compareTo(to) < 0
                ? new SimulatedSystem.Response(
                    Duration.ofMillis(20),
                    new AttemptEnd.Answered(
                        List.of(), new DeliveryResult.Retryable("HTTP 503", Optional.empty())))
                : one.respond(attempt, now, random);
    Run run = new Run(11, 2, 5, away);
    run.scheduler.runUntil(END);

    assertThat(run.destination.changes()).as("away, and back").hasSize(2);
    assertThat(run.destination.balance().pending()).isZero();
    assertThat(one.taken).hasSize((int) run.log.end().offset());
  }

  @Test
  void what_is_never_taken_becomes_a_dead_letter_after_its_time() {
    Blocks one = new Blocks(List.of(new Block(3, 500, Duration.ZERO, Duration.ofDays(9))));
    Run run = new Run(13, 1, 5, one);
    run.scheduler.runUntil(Duration.ofHours(23));
    assertThat(run.destination.balance().ledger().deadLettered()).isZero();

    run.scheduler.runUntil(Duration.ofHours(25));
    assertThat(run.destination.balance().ledger().deadLettered()).isEqualTo(one.refused.size());
    assertThat(run.destination.balance().pending()).isZero();
    assertThat(run.destination.changes()).isEmpty();
  }

  /// Records of one remainder that are refused for a time.
  private record Block(long remainder, long divisor, Duration from, Duration to) {
    boolean refuses(long offset, Duration now) {
      return offset % divisor == remainder % divisor
          && now.compareTo(from) >= 0
          && now.compareTo(to) < 0;
    }
  }

  /// A system that answers record by record and refuses some for a time.
  private static final class Blocks implements SimulatedSystem {
    private final List<Block> blocks;
    private final Map<Long, Duration> refused = new HashMap<>();
    private final Map<Long, Duration> taken = new HashMap<>();

    Blocks(List<Block> blocks) {
      this.blocks = blocks;
    }

    /// @param most records that may wait at a time, given twelve records a second
    static Blocks random(Random random, int most) {
      List<Block> blocks = new ArrayList<>();
      int count = 1 + random.nextInt(4);
      for (int i = 0; i < count; i++) {
        long divisor = 1L + random.nextInt(60);
        Duration from = Duration.ofSeconds(random.nextInt(400));
        long seconds = 1L + random.nextInt((int) Math.min(900, most * divisor / (7L * count)));
        blocks.add(new Block(random.nextInt(60), divisor, from, from.plusSeconds(seconds)));
      }
      return new Blocks(blocks);
    }

    /// When nothing refuses the record any more.
    Duration freeAt(long offset, Duration appended) {
      Duration free = appended;
      for (Block block : blocks) {
        if (offset % block.divisor() == block.remainder() % block.divisor()
            && block.to().compareTo(free) > 0) {
          free = block.to();
        }
      }
      return free;
    }

    @Override
    public Response respond(Attempt attempt, Duration now, RandomGenerator random) {
      List<ItemResult> items = new ArrayList<>();
      for (Record record : attempt.records()) {
        long offset = record.position().offset();
        if (blocks.stream().anyMatch(block -> block.refuses(offset, now))) {
          refused.putIfAbsent(offset, now);
          items.add(new ItemResult.TryAgain("429 or 403 of its index"));
        } else {
          assertThat(taken.put(offset, now)).as("record %d comes once", offset).isNull();
          items.add(new ItemResult.Taken());
        }
      }
      return new Response(
          Duration.ofMillis(20 + random.nextInt(20)),
          new AttemptEnd.Answered(List.of(), new DeliveryResult.PerItem(items)));
    }
  }

  /// One destination and a seeded stream of records.
  private static final class Run {
    private final SimulatedScheduler scheduler;
    private final SimulatedLog log;
    private final SimulatedDestination destination;
    private final Map<Long, Duration> appended = new HashMap<>();

    /// @param most records that come at once
    Run(long seed, int parallelism, int most, SimulatedSystem system) {
      scheduler = new SimulatedScheduler(new SeededClock(seed));
      log = new SimulatedLog(scheduler);
      destination =
          new SimulatedDestination(
              "elk",
              DeliverySettings.DEFAULT.withParallelism(parallelism),
              system,
              scheduler,
              log,
              seed);
      Random random = new Random(seed);
      Duration at = Duration.ZERO;
      while (at.compareTo(APPENDED_UNTIL) < 0) {
        int count = 1 + random.nextInt(most);
        Duration now = at;
        scheduler.after(
            at,
            () -> {
              for (long offset = log.end().offset(), i = 0; i < count; i++) {
                appended.put(offset + i, now);
              }
              log.append(count, 200);
            });
        at = at.plusMillis(1 + random.nextInt(2_000));
      }
    }
  }
}
