package io.onex.delivery;

import static io.onex.delivery.MachineDriver.offsets;
import static org.assertj.core.api.Assertions.assertThat;

import io.onex.config.FallbackConfig;
import io.onex.log.Position;
import io.onex.log.cursor.CursorEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever a system answers and whenever the process dies, every record ends exactly once in the
/// ledger, and is repeated only when it was under way.
class RandomDeliveryTest {
  private static final int RECORDS = 400;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610, 987})
  void nothing_vanishes_and_only_what_was_under_way_is_repeated(long seed) {
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    Set<Long> poison = new HashSet<>();
    for (int i = 0; i < 8; i++) {
      poison.add((long) random.nextInt(RECORDS));
    }
    DeliverySettings settings =
        MachineDriver.batches(1 + random.nextInt(40)).withParallelism(1 + random.nextInt(5));
    if (random.nextBoolean()) {
      settings =
          settings.with(
              new FallbackConfig(
                  "files", Optional.of(Duration.ofMinutes(3)), random.nextBoolean()));
    }
    Map<Long, Integer> takenTimes = new HashMap<>();
    Map<Long, Integer> allowed = new HashMap<>();
    Set<Long> dead = new HashSet<>();
    CursorEntry entry = CursorEntry.at("elk", Position.START);

    int kills = 0;
    while (entry.cursor().lowWater().offset() < RECORDS) {
      MachineDriver loop = new MachineDriver(settings, entry);
      long read = entry.cursor().lowWater().offset();
      int steps = kills < 12 ? random.nextInt(120) : Integer.MAX_VALUE;
      while (steps-- > 0 && loop.committed().cursor().lowWater().offset() < RECORDS) {
        if (loop.wantsMore() && read < RECORDS && random.nextBoolean()) {
          int count = Math.min(1 + random.nextInt(60), (int) (RECORDS - read));
          loop.feed(count, offset -> verdict(offset));
          read += count;
        } else if (!loop.unkept.isEmpty() && random.nextBoolean()) {
          boolean durable = random.nextInt(3) > 0;
          List<Rejected> asked = loop.unkept.getFirst().rejected();
          loop.keepDeadLetters(durable);
          if (durable) {
            asked.forEach(each -> dead.add(each.record().position().offset()));
          }
        } else if (!loop.underWay.isEmpty() && random.nextBoolean()) {
          Attempt attempt = loop.underWay.get(random.nextInt(loop.underWay.size()));
          // What breaks the system is told apart only while others come: near the end it is
          // repaired.
          boolean repaired = loop.balance().pending() + RECORDS - read < 60;
          AttemptEnd end = end(attempt, poison, repaired, random);
          taken(attempt, end).forEach(offset -> takenTimes.merge(offset, 1, Integer::sum));
          loop.end(attempt, end);
        } else {
          loop.advance(Duration.ofSeconds(random.nextInt(30)));
        }
      }
      for (Attempt attempt : loop.underWay) {
        for (long offset : offsets(attempt)) {
          allowed.merge(offset, 1, Integer::sum);
          if (random.nextBoolean() && !poison.contains(offset)) {
            takenTimes.merge(offset, 1, Integer::sum);
          }
        }
      }
      entry = loop.committed();
      kills++;
    }

    assertThat(entry.balance(new Position(0, RECORDS)).holds()).isTrue();
    assertThat(entry.ledger().settled()).isEqualTo(RECORDS);
    for (long offset = 0; offset < RECORDS; offset++) {
      int times = takenTimes.getOrDefault(offset, 0);
      if (!verdict(offset).equals(Verdict.DELIVER)) {
        assertThat(times).as("filtered record %d", offset).isZero();
      } else if (poison.contains(offset)) {
        assertThat(times + (dead.contains(offset) ? 1 : 0)).as("poison %d", offset).isPositive();
      } else {
        assertThat(times).as("record %d", offset).isBetween(1, 1 + allowed.getOrDefault(offset, 0));
      }
    }
  }

  /// Poison that the system never refuses, but breaks on.
  private static boolean breaks(long offset, Set<Long> poison) {
    return poison.contains(offset) && offset % 2 == 0;
  }

  private static Verdict verdict(long offset) {
    return offset % 7 == 3 ? Verdict.NOT_TAKEN : Verdict.DELIVER;
  }

  private static AttemptEnd end(
      Attempt attempt, Set<Long> poison, boolean repaired, Random random) {
    List<Long> offsets = offsets(attempt);
    boolean fallback = attempt.target() == Target.FALLBACK;
    int dice = random.nextInt(10);
    if (dice == 0) {
      return new AttemptEnd.Answered(List.of(), new DeliveryResult.Unauthorized("HTTP 401"));
    }
    if (dice < 4) {
      Optional<Duration> after =
          random.nextBoolean() ? Optional.of(Duration.ofSeconds(3)) : Optional.empty();
      return new AttemptEnd.Answered(List.of(), new DeliveryResult.Retryable("HTTP 503", after));
    }
    if (dice < 7) {
      List<DeliveryResult.ItemResult> items = new ArrayList<>();
      for (long offset : offsets) {
        if (!repaired && breaks(offset, poison) && !fallback) {
          items.add(new DeliveryResult.ItemResult.TryAgain("broken"));
        } else if (poison.contains(offset) && !fallback) {
          items.add(new DeliveryResult.ItemResult.NeverTaken("poison"));
        } else if (random.nextInt(5) == 0) {
          items.add(new DeliveryResult.ItemResult.TryAgain("busy"));
        } else {
          items.add(new DeliveryResult.ItemResult.Taken());
        }
      }
      return new AttemptEnd.Answered(List.of(), new DeliveryResult.PerItem(items));
    }
    boolean poisoned = !fallback && offsets.stream().anyMatch(poison::contains);
    if (poisoned && !repaired && offsets.stream().anyMatch(offset -> breaks(offset, poison))) {
      return new AttemptEnd.Answered(
          List.of(), new DeliveryResult.Retryable("HTTP 500", Optional.empty()));
    }
    if (poisoned && random.nextInt(3) == 0) {
      return new AttemptEnd.EncoderBroke("IllegalStateException");
    }
    return new AttemptEnd.Answered(
        List.of(),
        poisoned ? new DeliveryResult.Refused("HTTP 400") : new DeliveryResult.Delivered());
  }

  private static List<Long> taken(Attempt attempt, AttemptEnd end) {
    List<Long> offsets = offsets(attempt);
    if (!(end instanceof AttemptEnd.Answered(var refused, DeliveryResult result))) {
      return List.of();
    }
    return switch (result) {
      case DeliveryResult.Delivered() -> offsets;
      case DeliveryResult.PerItem(var items) -> {
        List<Long> some = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
          if (items.get(i) instanceof DeliveryResult.ItemResult.Taken) {
            some.add(offsets.get(i));
          }
        }
        yield some;
      }
      case DeliveryResult.Retryable retryable -> List.of();
      case DeliveryResult.Refused refusal -> List.of();
      case DeliveryResult.Unauthorized unauthorized -> List.of();
    };
  }
}
