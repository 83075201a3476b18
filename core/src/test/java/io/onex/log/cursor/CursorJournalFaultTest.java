package io.onex.log.cursor;

import static org.assertj.core.api.Assertions.assertThat;

import io.onex.log.InterruptingStorage;
import io.onex.log.MemoryLog;
import io.onex.log.Position;
import io.onex.log.PositionRange;
import io.onex.log.RecordOutcome;
import io.onex.log.SetClock;
import io.onex.storage.Fault;
import io.onex.storage.FaultyStorage;
import io.onex.storage.PowerCutStorage;
import io.onex.storage.Storage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CursorJournalFaultTest {
  private static final List<String> NAMES = List.of("elk", "slack", "zipkin");
  private static final int SMALL = 2_000;

  private final MemoryLog log = MemoryLog.of(5_000);

  @Test
  void a_power_cut_at_any_operation_takes_at_most_what_no_flush_had_confirmed() {
    for (long seed = 1; seed <= 400; seed++) {
      Random random = new Random(seed);
      PowerCutStorage disk = new PowerCutStorage();
      CursorJournal journal = begin(disk);
      Map<String, CursorEntry> confirmed = latest(journal);
      Map<String, List<CursorEntry>> history = new HashMap<>();
      confirmed.forEach((name, entry) -> history.put(name, new ArrayList<>(List.of(entry))));
      disk.failAfter(random.nextInt(120));
      for (int step = 0; step < 120; step++) {
        String name = NAMES.get(random.nextInt(NAMES.size()));
        CursorEntry next = step(journal.find(name).orElseThrow(), random);
        journal.save(next);
        history.get(name).add(next);
        if (random.nextInt(5) == 0 && journal.flush()) {
          confirmed = latest(journal);
        }
      }

      CursorJournal recovered =
          CursorJournal.open(disk.cut(seed), "cursors", new SetClock(), SMALL);

      for (String name : NAMES) {
        CursorEntry found = register(recovered, name).entry();
        assertThat(history.get(name)).as("seed %s, %s", seed, name).contains(found);
        assertThat(found.cursor().settled())
            .as("seed %s, %s", seed, name)
            .isGreaterThanOrEqualTo(confirmed.get(name).cursor().settled());
        assertThat(found.balance(log.durableEnd()).holds()).isTrue();
      }
    }
  }

  @Test
  void on_a_full_disk_saving_goes_on_and_the_journal_heals() {
    for (long seed = 1; seed <= 100; seed++) {
      Random random = new Random(seed);
      PowerCutStorage disk = new PowerCutStorage();
      FaultyStorage faulty = new FaultyStorage(disk);
      CursorJournal journal = begin(faulty);
      List<Fault.Kind> kinds =
          List.of(Fault.Kind.NO_SPACE, Fault.Kind.IO_ERROR, Fault.Kind.SHORT_WRITE);
      Fault.Kind kind = kinds.get(random.nextInt(kinds.size()));
      faulty.inject(Fault.always(Fault.Operation.WRITE, kind).after(random.nextInt(40)));
      for (int i = 0; i < 100; i++) {
        String name = NAMES.get(random.nextInt(NAMES.size()));
        journal.save(step(journal.find(name).orElseThrow(), random));
        if (i % 10 == 0) {
          journal.flush();
        }
      }
      assertThat(journal.flush()).as("seed %s", seed).isFalse();
      assertThat(journal.status().isCurrent()).isFalse();
      assertThat(journal.status().lastFailure().orElseThrow())
          .contains(" of cursors/cursors.journal failed: ");

      faulty.heal();

      assertThat(journal.flush()).as("seed %s", seed).isTrue();
      assertThat(journal.status().isCurrent()).isTrue();
      assertThat(journal.status().lastFailure()).isEmpty();
      assertThat(latest(reopen(disk))).as("seed %s", seed).isEqualTo(latest(journal));
      assertThat(latest(reopen(disk.cut(seed)))).as("seed %s", seed).isEqualTo(latest(journal));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.Operation.class,
      names = {"OPEN", "WRITE", "FORCE", "FORCE_DIRECTORY", "DELETE", "RENAME"})
  void a_replacement_that_fails_anywhere_leaves_a_journal_that_is_whole(Fault.Operation operation) {
    for (long seed = 1; seed <= 40; seed++) {
      Random random = new Random(seed);
      PowerCutStorage disk = new PowerCutStorage();
      FaultyStorage faulty = new FaultyStorage(disk);
      CursorJournal journal = begin(faulty);
      String where = operation == Fault.Operation.FORCE_DIRECTORY ? "" : ".new";
      faulty.inject(Fault.always(operation, Fault.Kind.NO_SPACE).on(where));
      long compactionsBefore = journal.status().compactions();
      work(journal, random, 60);

      assertThat(faulty.injected()).isPositive();
      assertThat(latest(reopen(disk))).as("seed %s", seed).isEqualTo(latest(journal));
      assertThat(journal.status().isCurrent()).isTrue();

      faulty.heal();
      work(journal, random, 60);

      assertThat(journal.flush()).as("seed %s", seed).isTrue();
      assertThat(journal.status().compactions()).isGreaterThan(compactionsBefore);
      assertThat(latest(reopen(disk.cut(seed)))).as("seed %s", seed).isEqualTo(latest(journal));
    }
  }

  @Test
  void a_failed_fsync_is_followed_by_a_new_file_because_the_old_one_cannot_be_trusted() {
    PowerCutStorage disk = new PowerCutStorage();
    FaultyStorage faulty = new FaultyStorage(disk);
    CursorJournal journal = begin(faulty);
    long before = journal.status().compactions();
    work(journal, new Random(1), 3);
    faulty.inject(Fault.once(Fault.Operation.FORCE, Fault.Kind.IO_ERROR));

    assertThat(journal.flush()).isFalse();
    assertThat(journal.status().failedForces()).isEqualTo(1);
    assertThat(journal.flush()).isTrue();

    assertThat(journal.status().compactions()).isEqualTo(before + 1);
    assertThat(latest(reopen(disk.cut(5)))).isEqualTo(latest(journal));
  }

  @Test
  void what_is_saved_while_the_file_is_forced_or_replaced_is_in_the_new_one() {
    PowerCutStorage disk = new PowerCutStorage();
    Random random = new Random(9);
    List<CursorJournal> saving = new ArrayList<>();
    Storage interrupting =
        new InterruptingStorage(
            disk,
            () -> {
              // Once per flush, at its first fsync: nothing saved later makes up for a loss.
              List<CursorJournal> now = List.copyOf(saving);
              saving.clear();
              now.forEach(each -> each.save(step(each.find("elk").orElseThrow(), random)));
            });
    CursorJournal journal = begin(interrupting);
    for (int i = 0; i < 50; i++) {
      journal.save(step(journal.find("slack").orElseThrow(), random));
      saving.add(journal);
      journal.flush();

      assertThat(saving).isEmpty();
      assertThat(latest(reopen(disk))).as("round %s", i).isEqualTo(latest(journal));
    }
    assertThat(journal.status().compactions()).isGreaterThan(3);
    assertThat(journal.flush()).isTrue();
    assertThat(latest(reopen(disk.cut(1)))).isEqualTo(latest(journal));
  }

  @Test
  void a_disk_that_is_full_from_the_start_does_not_stop_the_start() {
    PowerCutStorage disk = new PowerCutStorage();
    FaultyStorage faulty = new FaultyStorage(disk);
    faulty.inject(Fault.always(Fault.Operation.OPEN, Fault.Kind.NO_SPACE));

    CursorJournal journal = begin(faulty);
    work(journal, new Random(2), 30);
    assertThat(journal.status().isCurrent()).isFalse();
    faulty.heal();

    assertThat(journal.flush()).isTrue();
    assertThat(latest(reopen(disk))).isEqualTo(latest(journal)).hasSize(3);
  }

  @Test
  void a_journal_that_cannot_be_read_is_reported_and_every_cursor_starts_over() {
    PowerCutStorage disk = new PowerCutStorage();
    begin(disk);
    FaultyStorage faulty = new FaultyStorage(disk);
    faulty.inject(Fault.always(Fault.Operation.READ, Fault.Kind.IO_ERROR));

    CursorJournal journal = CursorJournal.open(faulty, "cursors", new SetClock(), SMALL);

    assertThat(journal.recovery().getFirst().sentence())
        .contains("cursors/cursors.journal")
        .contains("Input/output error");
    assertThat(register(journal, "elk").events())
        .containsExactly(new CursorEvent.CursorLost("elk", Position.START));
  }

  private CursorJournal begin(Storage storage) {
    CursorJournal journal = CursorJournal.open(storage, "cursors", new SetClock(), SMALL);
    journal.register(
        NAMES.stream()
            .map(name -> CursorRequest.of(name).from(new CursorStart.Beginning()))
            .toList(),
        log);
    return journal;
  }

  private static CursorJournal reopen(Storage storage) {
    return CursorJournal.open(storage, "cursors", new SetClock(), SMALL);
  }

  private CursorRegistration register(CursorJournal journal, String name) {
    return journal.register(List.of(CursorRequest.of(name)), log).getFirst();
  }

  private static void work(CursorJournal journal, Random random, int steps) {
    for (int i = 0; i < steps; i++) {
      String name = NAMES.get(random.nextInt(NAMES.size()));
      journal.save(step(journal.find(name).orElseThrow(), random));
      if (i % 4 == 3) {
        journal.flush();
      }
    }
  }

  private static CursorEntry step(CursorEntry entry, Random random) {
    Position from = entry.cursor().highWater().plus(random.nextInt(3));
    if (random.nextInt(4) == 0) {
      from = entry.cursor().lowWater();
    }
    long room =
        entry.cursor().completed().isEmpty() || from.compareTo(entry.cursor().highWater()) >= 0
            ? 9
            : entry.cursor().completed().getFirst().start().offset() - from.offset();
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
