package io.onex.log.cursor;

import static org.assertj.core.api.Assertions.assertThat;

import io.onex.log.MemoryLog;
import io.onex.log.Position;
import io.onex.log.PositionRange;
import io.onex.log.RecordOutcome;
import io.onex.log.SetClock;
import io.onex.storage.Fault;
import io.onex.storage.FaultyStorage;
import io.onex.storage.PowerCutStorage;
import io.onex.storage.Storage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What a kill and a power cut take of the cursors is the same on a full disk as on any other.
class CursorReserveTest {
  private static final long SEED = Long.getLong("onex.seed", System.nanoTime());
  private static final List<String> NAMES = List.of("elk", "slack", "zipkin");
  private static final int SMALL = 2_000;

  private final MemoryLog log = MemoryLog.of(100_000);
  private final Random random = new Random(SEED);

  CursorReserveTest() {
    System.out.println("CursorReserveTest: seed " + SEED);
  }

  @Test
  void a_kill_takes_nothing_that_was_saved_however_long_the_disk_has_been_full()
      throws IOException {
    int inReserve = 0;
    for (int course = 0; course < 100; course++) {
      PowerCutStorage disk = new PowerCutStorage();
      FaultyStorage faulty = new FaultyStorage(disk);
      CursorJournal journal = begin(faulty);
      for (int life = 0; life < 4; life++) {
        fill(faulty, random.nextInt(30));
        work(journal, 20 + random.nextInt(150));
        assertThat(journal.status().isCurrent()).isTrue();
        assertThat(journal.flush()).as("all of it is durable").isTrue();
        if (journal.status().reserved() > 0) {
          inReserve++;
          assertThat(journal.status().lastFailure()).as("and said to be in trouble").isPresent();
        }
        work(journal, random.nextInt(5));
        Map<String, CursorEntry> saved = latest(journal);
        if (random.nextInt(3) == 0) {
          faulty.heal();
          assertThat(journal.flush()).isTrue();
          assertThat(journal.status().lastFailure()).isEmpty();
          assertThat(journal.status().reserved()).isZero();
        }
        journal = begin(faulty);
        assertThat(latest(journal)).as("course %s, life %s", course, life).isEqualTo(saved);
      }
      faulty.heal();
      assertThat(journal.flush()).isTrue();
      for (int i = 0; i < 2; i++) {
        assertThat(disk.content("cursors/cursors.reserve." + i))
            .as("nothing is said of what was")
            .containsOnly(0);
      }
    }
    assertThat(inReserve).isGreaterThan(100);
  }

  @Test
  void a_kill_at_any_operation_on_a_full_disk_takes_at_most_the_save_under_way() {
    for (int course = 0; course < 400; course++) {
      PowerCutStorage disk = new PowerCutStorage();
      FaultyStorage killed = new FaultyStorage(disk);
      FaultyStorage faulty = new FaultyStorage(killed);
      CursorJournal journal = begin(faulty);
      fill(faulty, 0);
      long after = random.nextInt(200);
      for (Fault.Operation operation : List.of(Fault.Operation.WRITE, Fault.Operation.FORCE)) {
        killed.inject(Fault.always(operation, Fault.Kind.IO_ERROR).after(after));
      }
      Map<String, CursorEntry> before = latest(journal);
      Map<String, CursorEntry> saved = before;
      for (int step = 0; step < 2_000 && killed.injected() == 0; step++) {
        before = saved;
        work(journal, 1);
        saved = latest(journal);
      }

      assertThat(killed.injected()).isPositive();
      for (Map.Entry<String, CursorEntry> found : latest(open(disk)).entrySet()) {
        assertThat(found.getValue())
            .as("course %s", course)
            .isIn(before.get(found.getKey()), saved.get(found.getKey()));
      }
    }
  }

  @Test
  void power_cuts_on_a_full_disk_take_at_most_what_no_flush_had_confirmed() {
    for (int course = 0; course < 200; course++) {
      PowerCutStorage disk = new PowerCutStorage();
      CursorJournal journal = begin(disk);
      for (int life = 0; life < 4; life++) {
        FaultyStorage faulty = new FaultyStorage(disk);
        fill(faulty, random.nextInt(5));
        journal = begin(faulty);
        Map<String, CursorEntry> confirmed = latest(journal);
        Map<String, Set<CursorEntry>> history = new HashMap<>();
        confirmed.forEach((name, entry) -> history.put(name, new HashSet<>(Set.of(entry))));
        if (random.nextInt(4) > 0) {
          disk.failAfter(random.nextInt(200));
        }
        int heals = random.nextInt(200);
        for (int step = 0; step < 120; step++) {
          if (step == heals) {
            faulty.heal();
          }
          String name = NAMES.get(random.nextInt(NAMES.size()));
          CursorEntry next = step(journal.find(name).orElseThrow());
          journal.save(next);
          history.get(name).add(next);
          if (random.nextInt(5) == 0 && journal.flush()) {
            confirmed = latest(journal);
          }
        }
        disk = disk.cut(random.nextLong());

        for (Map.Entry<String, CursorEntry> found : latest(open(disk)).entrySet()) {
          String name = found.getKey();
          assertThat(history.get(name))
              .as("course %s, life %s", course, life)
              .contains(found.getValue());
          assertThat(found.getValue().cursor().settled())
              .as("course %s, life %s, %s", course, life, name)
              .isGreaterThanOrEqualTo(confirmed.get(name).cursor().settled());
        }
        assertThat(latest(open(disk))).hasSize(NAMES.size());
      }
    }
  }

  @Test
  void a_journal_whose_fsync_fails_on_a_full_disk_is_stood_in_for() {
    PowerCutStorage disk = new PowerCutStorage();
    FaultyStorage faulty = new FaultyStorage(disk);
    CursorJournal journal = begin(faulty);
    faulty.inject(Fault.always(Fault.Operation.FORCE, Fault.Kind.NO_SPACE).on("cursors.journal"));
    work(journal, 3);
    boolean _ = journal.flush();

    assertThat(journal.flush()).isTrue();
    work(journal, 30);
    assertThat(journal.flush()).isTrue();
    assertThat(latest(open(disk.cut(7)))).isEqualTo(latest(journal));
  }

  @Test
  void room_that_could_not_be_taken_is_taken_later_and_grows_with_the_destinations() {
    PowerCutStorage disk = new PowerCutStorage();
    FaultyStorage faulty = new FaultyStorage(disk);
    faulty.inject(
        Fault.always(Fault.Operation.WRITE, Fault.Kind.SHORT_WRITE).on("cursors.reserve"));
    SetClock clock = new SetClock();
    CursorJournal journal = CursorJournal.open(faulty, "cursors", clock, SMALL);
    journal.register(requests(NAMES), log);
    assertThat(journal.status().reserveBytes()).isZero();
    assertThat(journal.flush()).isTrue();

    faulty.heal();
    clock.advance(Duration.ofSeconds(10));
    assertThat(journal.flush()).isTrue();
    long few = journal.status().reserveBytes();
    assertThat(few).isPositive();

    List<String> many = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      many.add("destination-" + i);
    }
    journal.register(requests(many), log);
    clock.advance(Duration.ofSeconds(10));
    assertThat(journal.flush()).isTrue();
    assertThat(journal.status().reserveBytes()).isGreaterThan(10 * few);
    faulty.inject(Fault.always(Fault.Operation.WRITE, Fault.Kind.FULL));
    for (String name : many) {
      journal.save(step(journal.find(name).orElseThrow()));
    }
    assertThat(latest(open(disk))).isEqualTo(latest(journal));
  }

  private static void fill(FaultyStorage faulty, int after) {
    faulty.inject(Fault.always(Fault.Operation.WRITE, Fault.Kind.FULL).after(after));
    faulty.inject(Fault.always(Fault.Operation.OPEN, Fault.Kind.FULL));
  }

  private CursorJournal begin(Storage storage) {
    CursorJournal journal = open(storage);
    journal.register(requests(NAMES), log);
    return journal;
  }

  private static CursorJournal open(Storage storage) {
    return CursorJournal.open(storage, "cursors", new SetClock(), SMALL);
  }

  private static List<CursorRequest> requests(List<String> names) {
    return names.stream()
        .map(name -> CursorRequest.of(name).from(new CursorStart.Beginning()))
        .toList();
  }

  private void work(CursorJournal journal, int steps) {
    for (int i = 0; i < steps; i++) {
      String name = NAMES.get(random.nextInt(NAMES.size()));
      journal.save(step(journal.find(name).orElseThrow()));
      if (random.nextInt(6) == 0) {
        boolean _ = journal.flush();
      }
    }
  }

  /// Completes some positions; now and then apart from the low water, for a while.
  private CursorEntry step(CursorEntry entry) {
    Cursor cursor = entry.cursor();
    boolean apart = cursor.completed().size() < 5 && random.nextInt(3) == 0;
    Position from = apart ? cursor.highWater().plus(1 + random.nextInt(3)) : cursor.lowWater();
    long room =
        apart || cursor.completed().isEmpty()
            ? 9
            : cursor.completed().getFirst().start().offset() - from.offset();
    return entry.complete(
        PositionRange.of(from, 1 + random.nextLong(Math.min(9, room))),
        RecordOutcome.ofCode(random.nextInt(7)));
  }

  private static Map<String, CursorEntry> latest(CursorJournal journal) {
    Map<String, CursorEntry> entries = new HashMap<>();
    journal.entries().forEach(entry -> entries.put(entry.destination(), entry));
    return entries;
  }
}
