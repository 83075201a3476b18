package io.onex.delivery;

import static io.onex.delivery.MachineDriver.offsets;
import static org.assertj.core.api.Assertions.assertThat;

import io.onex.log.Position;
import io.onex.log.PositionRange;
import io.onex.log.RecordOutcome;
import io.onex.log.cursor.CursorEntry;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whenever the process dies, a replay sends each of its records once, and again only what was
/// under way; live records are not touched by it.
class RandomReplayTest {
  private static final int OLD = 200;
  private static final int NEW = 200;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233})
  void a_replay_goes_on_where_it_was_and_repeats_what_was_under_way(long seed) {
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    DeliverySettings settings =
        MachineDriver.batches(1 + random.nextInt(30)).withParallelism(1 + random.nextInt(4));
    Map<Long, Integer> taken = new HashMap<>();
    Map<Long, Integer> allowed = new HashMap<>();
    CursorEntry entry =
        CursorEntry.at("elk", Position.START)
            .complete(PositionRange.of(Position.START, OLD), RecordOutcome.DELIVERED);
    boolean ended = false;
    int kills = 0;
    while (!ended || entry.cursor().lowWater().offset() < OLD + NEW) {
      MachineDriver loop = new MachineDriver(settings, entry);
      long read = entry.cursor().lowWater().offset();
      long replayRead = entry.replay().map(r -> r.cursor().lowWater().offset()).orElse(0L);
      if (!ended) {
        loop.beginReplay(1, 0, OLD);
      }
      int steps = kills < 12 ? random.nextInt(100) : Integer.MAX_VALUE;
      while (steps-- > 0
          && !(ended && loop.committed().cursor().lowWater().offset() == OLD + NEW)) {
        if (loop.wantsMore() && read < OLD + NEW && random.nextInt(3) == 0) {
          int count = Math.min(1 + random.nextInt(40), (int) (OLD + NEW - read));
          loop.feed(count);
          read += count;
        } else if (!loop.replayReads.isEmpty() && random.nextBoolean()) {
          int count = Math.min(1 + random.nextInt(60), (int) (OLD - replayRead));
          loop.feedReplay(replayRead, count, offset -> Verdict.DELIVER);
          replayRead += count;
        } else if (!loop.underWay.isEmpty() && random.nextBoolean()) {
          Attempt attempt = loop.underWay.get(random.nextInt(loop.underWay.size()));
          boolean takes = random.nextInt(4) > 0;
          if (takes) {
            offsets(attempt).forEach(offset -> taken.merge(offset, 1, Integer::sum));
          }
          loop.answer(
              attempt,
              takes
                  ? new DeliveryResult.Delivered()
                  : new DeliveryResult.Retryable("HTTP 503", Optional.empty()));
        } else {
          loop.advance(Duration.ofSeconds(random.nextInt(30)));
        }
        ended |= !loop.replayEnds.isEmpty();
      }
      for (Attempt attempt : loop.underWay) {
        for (long offset : offsets(attempt)) {
          allowed.merge(offset, 1, Integer::sum);
          if (random.nextBoolean()) {
            taken.merge(offset, 1, Integer::sum);
          }
        }
      }
      entry = loop.committed();
      kills++;
    }

    assertThat(entry.replayed()).isEqualTo(OLD);
    assertThat(entry.ledger().delivered()).isEqualTo(OLD + NEW);
    assertThat(entry.balance(new Position(0, OLD + NEW)).holds()).isTrue();
    for (long offset = 0; offset < OLD + NEW; offset++) {
      assertThat(taken.getOrDefault(offset, 0))
          .as("record %d", offset)
          .isBetween(1, 1 + allowed.getOrDefault(offset, 0));
    }
  }
}
