package io.onex.log.fold;

import static org.assertj.core.api.Assertions.assertThat;

import io.onex.log.Log;
import io.onex.log.LogFixture;
import io.onex.log.LogReader;
import io.onex.log.LogUnavailableException;
import io.onex.log.Position;
import io.onex.log.PositionRange;
import io.onex.log.RecordBatch;
import io.onex.log.RecordOutcome;
import io.onex.log.RecordWriter;
import io.onex.log.RetentionGuard;
import io.onex.log.SegmentedLog;
import io.onex.log.SetClock;
import io.onex.log.cursor.CursorEntry;
import io.onex.log.cursor.CursorJournal;
import io.onex.log.cursor.CursorRequest;
import io.onex.log.cursor.CursorStart;
import io.onex.log.cursor.Ledger;
import io.onex.log.cursor.LedgerBalance;
import io.onex.storage.PowerCutStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// A destination and a fold on the real log, through power cuts, judged by what the pretend system
/// received.
class CursorPowerCutTest {
  private static final FoldRunnerOptions OPTIONS =
      new FoldRunnerOptions(Duration.ofSeconds(10), 20, 7, 1 << 20, Duration.ZERO, () -> 0, 0);

  private final SetClock clock = new SetClock();
  private final Set<String> acknowledged = new HashSet<>();
  private final Map<String, Integer> received = new HashMap<>();
  private int nextEvent;

  @Test
  void nothing_acknowledged_is_lost_and_the_ledger_balances_through_power_cuts() throws Exception {
    for (long seed = 1; seed <= 40; seed++) {
      Random random = new Random(seed);
      acknowledged.clear();
      received.clear();
      PowerCutStorage disk = new PowerCutStorage();
      for (int life = 0; life < 5; life++) {
        live(disk, random, random.nextInt(150));
        disk = disk.cut(seed * 31 + life);
      }
      CursorEntry entry = live(disk, random, Long.MAX_VALUE);

      assertThat(received.keySet()).as("seed %s", seed).containsAll(acknowledged);
      assertThat(entry.ledger().lost()).as("seed %s", seed).isZero();
      assertThat(received.values().stream().mapToLong(Integer::longValue).sum())
          .as("seed %s: received, repeats included", seed)
          .isGreaterThanOrEqualTo(entry.ledger().delivered());
    }
  }

  /// One life of a gateway, until the disk fails after `operations` or all is delivered.
  private CursorEntry live(PowerCutStorage disk, Random random, long operations) throws Exception {
    disk.failAfter(operations);
    CursorJournal journal = CursorJournal.open(disk, "cursors", clock, 2_000);
    SegmentedLog log;
    try {
      log =
          SegmentedLog.open(
              new SegmentedLog.Setup(
                  disk,
                  LogFixture.SMALL,
                  clock,
                  journal.furthest(),
                  RetentionGuard.NONE,
                  problem -> {}));
    } catch (IOException e) {
      return CursorEntry.at("sink", Position.START);
    }
    try (log) {
      CursorRequest request = CursorRequest.of("sink").from(new CursorStart.Beginning());
      CursorEntry entry = journal.register(List.of(request), log).getFirst().entry();
      TallyFold fold = new TallyFold("tally");
      FoldRunnerLoop loop =
          new FoldRunnerLoop(
              List.of(fold), log, new Checkpoints(disk, "checkpoints", clock), clock, OPTIONS);
      for (int round = 0; round < 20; round++) {
        append(log, random);
        entry = deliver(journal, entry, log, 1 + random.nextInt(20));
        loop.step();
      }
      if (operations == Long.MAX_VALUE) {
        while (loop.step() != FoldRunnerLoop.Step.IDLE) {}
        entry = deliver(journal, entry, log, Integer.MAX_VALUE);
        judge(entry, fold, log);
      }
      return entry;
    } catch (IOException | UncheckedIOException e) {
      assertThat(operations).as("only a cut disk fails: %s", e).isLessThan(Long.MAX_VALUE);
      return CursorEntry.at("sink", Position.START);
    }
  }

  private void append(Log log, Random random) throws InterruptedException {
    RecordWriter batch = LogFixture.batch();
    Set<String> ids = new HashSet<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      String id = "event-" + nextEvent++;
      ids.add(id);
      LogFixture.add(batch, id, "{}", clock.wallMicros());
    }
    try {
      log.append(batch);
      acknowledged.addAll(ids);
    } catch (LogUnavailableException e) {
      assertThat(e).hasMessageNotContaining("null");
    }
  }

  private CursorEntry deliver(CursorJournal journal, CursorEntry from, Log log, int most)
      throws IOException {
    CursorEntry entry = from;
    try (LogReader reader = log.reader(entry.cursor().lowWater())) {
      RecordBatch batch = reader.read(Math.min(most, 50), 1 << 20);
      for (int taken = 0; !batch.isEmpty() && taken < most; taken += batch.records().size()) {
        batch.records().forEach(each -> received.merge(each.eventId().utf8(), 1, Integer::sum));
        PositionRange range = new PositionRange(batch.start(), batch.end());
        long lost = range.records() - batch.records().size();
        entry =
            entry.complete(
                range,
                Ledger.of(RecordOutcome.DELIVERED, batch.records().size())
                    .plus(RecordOutcome.LOST, lost));
        journal.save(entry);
        journal.flush();
        batch = reader.read(50, 1 << 20);
      }
    }
    return entry;
  }

  /// Conclusions stand in the log once each, and every position has its outcome.
  private static void judge(CursorEntry entry, TallyFold fold, Log log) throws IOException {
    List<String> concluded =
        LogFixture.readAll(log).stream()
            .map(LogFixture.Seen::id)
            .filter(id -> id.startsWith("ten"))
            .toList();
    assertThat(concluded).doesNotHaveDuplicates().hasSize((int) fold.events() / 10);
    LedgerBalance balance = entry.balance(log.durableEnd());
    assertThat(balance.holds()).as(balance.sentence()).isTrue();
    assertThat(balance.pending()).isZero();
    assertThat(balance.accepted()).isEqualTo(log.durableEnd().offset());
  }
}
