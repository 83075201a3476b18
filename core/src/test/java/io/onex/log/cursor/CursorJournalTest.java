package io.onex.log.cursor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onex.bytes.Slice;
import io.onex.log.MemoryLog;
import io.onex.log.Position;
import io.onex.log.PositionRange;
import io.onex.log.RecordOutcome;
import io.onex.log.SetClock;
import io.onex.storage.PowerCutStorage;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class CursorJournalTest {
  private static final String PATH = "cursors/" + CursorJournal.FILE_NAME;

  private final PowerCutStorage storage = new PowerCutStorage();
  private final MemoryLog log = MemoryLog.of(1_000);

  @Test
  void a_new_destination_begins_where_its_configuration_says() {
    begunWith("elk");

    List<CursorRegistration> begun =
        open()
            .register(
                List.of(
                    CursorRequest.of("a"),
                    CursorRequest.of("b").from(new CursorStart.Beginning()),
                    CursorRequest.of("c").from(new CursorStart.Time(500))),
                log);

    assertThat(begun)
        .extracting(each -> each.entry().cursor().first().offset())
        .containsExactly(1_000L, 0L, 499L);
  }

  @Test
  void what_was_saved_is_there_after_a_kill_without_any_flush() {
    CursorJournal journal = begunWith("elk");
    CursorEntry saved =
        worked(journal.find("elk").orElseThrow())
            .withStanding(CursorStanding.PAUSED, "the system refused the credentials (401)")
            .withState(Slice.utf8("digest of 3"));
    journal.save(saved);

    CursorJournal again = open();

    assertThat(again.recovery()).isEmpty();
    assertThat(again.find("elk")).contains(saved);
    assertThat(register(again, "elk").entry()).isEqualTo(saved);
  }

  @Test
  void a_registered_destination_survives_a_power_cut_at_once() {
    CursorEntry begun = begunWith("elk").find("elk").orElseThrow();

    CursorJournal again = CursorJournal.open(storage.cut(1), "cursors", new SetClock());

    assertThat(again.find("elk")).contains(begun);
  }

  @Test
  void an_empty_journal_loses_no_record_and_says_so() throws IOException {
    CursorJournal journal = begunWith("elk");
    journal.save(worked(journal.find("elk").orElseThrow()));
    storage.damage(PATH, new byte[0]);
    log.retainFrom(40);

    CursorJournal again = open();
    CursorRegistration lost = register(again, "elk");

    assertThat(again.recovery())
        .containsExactly(new CursorEvent.JournalUnusable(PATH, "it is empty"));
    assertThat(lost.entry().cursor().lowWater()).isEqualTo(new Position(0, 40));
    assertThat(lost.events())
        .containsExactly(new CursorEvent.CursorLost("elk", new Position(0, 40)));
    assertThat(open().recovery()).isEmpty();
  }

  @Test
  void a_missing_journal_beside_a_log_with_records_counts_as_lost() throws IOException {
    assertThat(register(open(), "elk").events())
        .containsExactly(new CursorEvent.CursorLost("elk", Position.START));

    assertThat(
            CursorJournal.open(new PowerCutStorage(), "x", new SetClock())
                .register(List.of(CursorRequest.of("elk")), MemoryLog.of(0))
                .getFirst()
                .events())
        .containsExactly(new CursorEvent.Began("elk", Position.START));
  }

  @Test
  void a_destination_added_later_is_new_although_the_log_holds_records() {
    begunWith("elk");

    assertThat(register(open(), "slack").entry().cursor().first()).isEqualTo(log.durableEnd());
  }

  @Test
  void a_torn_tail_is_passed_over_in_silence() throws IOException {
    CursorJournal journal = begunWith("elk");
    CursorEntry before = worked(journal.find("elk").orElseThrow());
    journal.save(before);
    byte[] good = storage.content(PATH);
    journal.save(before.complete(new PositionRange(at(300), at(301)), RecordOutcome.LOST));
    byte[] longer = storage.content(PATH);
    for (int cut = good.length; cut < longer.length; cut += 7) {
      storage.damage(PATH, Arrays.copyOf(longer, cut));

      CursorJournal again = open();

      assertThat(again.recovery()).isEmpty();
      assertThat(again.find("elk")).contains(before);
    }
  }

  @Test
  void a_damaged_entry_is_named_and_the_one_before_it_used() throws IOException {
    CursorJournal journal = begunWith("elk", "zipkin");
    CursorEntry first = journal.find("elk").orElseThrow();
    int from = storage.content(PATH).length;
    CursorEntry worked = worked(first);
    journal.save(worked);
    journal.save(worked(journal.find("zipkin").orElseThrow()));
    byte[] bytes = storage.content(PATH);
    bytes[from + 50] ^= 1;
    storage.damage(PATH, bytes);

    CursorJournal again = open();

    assertThat(again.find("elk")).contains(first);
    assertThat(again.find("zipkin").orElseThrow().ledger().delivered()).isEqualTo(200);
    assertThat(again.recovery()).singleElement().isInstanceOf(CursorEvent.EntryDamaged.class);
    assertThat(again.recovery().getFirst().sentence()).contains("offset " + from);
  }

  @Test
  void a_flipped_byte_anywhere_never_moves_a_cursor_forward_or_forgets_a_destination()
      throws IOException {
    CursorJournal journal = begunWith("elk", "zipkin", "slack");
    for (int i = 0; i < 40; i++) {
      for (String name : List.of("elk", "zipkin", "slack")) {
        CursorEntry entry = journal.find(name).orElseThrow();
        PositionRange next = PositionRange.of(entry.cursor().lowWater(), 1);
        journal.save(entry.complete(next, RecordOutcome.DELIVERED));
      }
    }
    byte[] bytes = storage.content(PATH);
    for (int offset = 0; offset < bytes.length; offset += 97) {
      flip(bytes, offset, journal);
    }
    for (int offset = 0; offset < 600; offset++) {
      flip(bytes, offset, journal);
    }
  }

  private void flip(byte[] bytes, int offset, CursorJournal intact) throws IOException {
    byte[] flipped = bytes.clone();
    flipped[offset] ^= 0x20;
    PowerCutStorage disk = new PowerCutStorage();
    disk.open(PATH).close();
    disk.damage(PATH, flipped);
    CursorJournal journal = CursorJournal.open(disk, "cursors", new SetClock());
    for (String name : List.of("elk", "zipkin", "slack")) {
      CursorEntry found = register(journal, name).entry();
      long reached = found.cursor().lowWater().offset();
      assertThat(reached).as("flip at %s", offset).isBetween(39L, 40L);
      assertThat(reached)
          .isLessThanOrEqualTo(intact.find(name).orElseThrow().cursor().lowWater().offset());
      assertThat(found.balance(log.durableEnd()).holds()).isTrue();
    }
  }

  @Test
  void a_flip_in_a_compacted_file_loses_at_most_one_cursor_and_that_one_starts_over()
      throws IOException {
    CursorJournal journal = begunWith("elk", "zipkin");
    for (String name : List.of("elk", "zipkin")) {
      journal.save(worked(journal.find(name).orElseThrow()));
    }
    fillUntilCompacted(journal);
    byte[] bytes = storage.content(PATH);
    for (int offset = 0; offset < bytes.length; offset++) {
      byte[] flipped = bytes.clone();
      flipped[offset] ^= 1;
      storage.damage(PATH, flipped);
      List<CursorRegistration> found =
          open().register(List.of(CursorRequest.of("elk"), CursorRequest.of("zipkin")), log);
      assertThat(found)
          .as("flip at %s", offset)
          .filteredOn(each -> each.entry().cursor().lowWater().equals(Position.START))
          .hasSizeLessThanOrEqualTo(1)
          .allSatisfy(
              each -> assertThat(each.events()).first().isInstanceOf(CursorEvent.CursorLost.class));
      assertThat(found).noneMatch(each -> each.entry().cursor().first().equals(log.durableEnd()));
    }
  }

  @Test
  void a_large_journal_is_replaced_by_the_latest_entries() throws IOException {
    CursorJournal journal = begunWith("elk");
    fillUntilCompacted(journal);

    assertThat(storage.content(PATH).length).isLessThan(2_000);
    assertThat(storage.list("cursors"))
        .containsExactly(CursorJournal.FILE_NAME, "cursors.reserve.0", "cursors.reserve.1");
    assertThat(open().find("elk")).isEqualTo(journal.find("elk"));
  }

  private static void fillUntilCompacted(CursorJournal journal) {
    CursorEntry entry = journal.find("elk").orElseThrow();
    byte[] state = new byte[1 << 20];
    for (int i = 0; i < 4; i++) {
      journal.save(entry.withState(Slice.of(state)));
    }
    journal.save(entry);
    long before = journal.status().compactions();
    assertThat(journal.flush()).isTrue();
    assertThat(journal.status().compactions()).isEqualTo(before + 1);
  }

  @Test
  void a_renamed_destination_keeps_its_cursor_and_the_old_name_is_gone() {
    CursorJournal journal = begunWith("elk");
    CursorEntry worked = worked(journal.find("elk").orElseThrow());
    journal.save(worked);

    CursorJournal again = open();
    CursorRegistration renamed =
        again.register(List.of(CursorRequest.of("search").previously("elk")), log).getFirst();

    assertThat(renamed.entry()).isEqualTo(worked.renamedTo("search"));
    assertThat(renamed.events()).containsExactly(new CursorEvent.Renamed("search", "elk"));
    CursorJournal third = open();
    assertThat(third.find("elk")).isEmpty();
    assertThat(
            third
                .register(List.of(CursorRequest.of("search").previously("elk")), log)
                .getFirst()
                .events())
        .isEmpty();
  }

  @Test
  void removed_and_disabled_destinations_keep_their_cursors_and_pending_counts() {
    CursorJournal journal = begunWith("elk", "slack");
    CursorEntry worked = worked(journal.find("elk").orElseThrow());
    journal.save(worked);
    assertThat(journal.retain(Set.of("slack")))
        .containsExactly(new CursorEvent.Removed("elk", worked.cursor().lowWater()));
    assertThat(journal.retain(Set.of("slack"))).isEmpty();

    CursorJournal again = open();
    assertThat(again.find("elk").orElseThrow().standing()).isEqualTo(CursorStanding.REMOVED);
    CursorEntry disabled =
        again.register(List.of(CursorRequest.of("elk").disabled()), log).getFirst().entry();
    assertThat(disabled.standing()).isEqualTo(CursorStanding.DISABLED);
    log.addEvents(10);
    assertThat(disabled.balance(log.durableEnd()).pending()).isEqualTo(810);
    assertThat(register(again, "elk").entry())
        .isEqualTo(worked.withStanding(CursorStanding.ACTIVE, ""));
  }

  @Test
  void a_destination_that_left_is_forgotten_after_its_grace_which_no_stop_or_kill_shortens() {
    CursorJournal journal = begunWith("elk", "slack");
    journal.save(worked(journal.find("elk").orElseThrow()));
    Position low = journal.find("elk").orElseThrow().cursor().lowWater();
    journal.save(
        journal
            .find("slack")
            .orElseThrow()
            .complete(new PositionRange(at(0), at(300)), RecordOutcome.DELIVERED));
    journal.retain(Set.of("slack"));
    Duration grace = Duration.ofMinutes(10);

    assertThat(journal.letPass(minutes(4), grace)).isEmpty();
    CursorJournal again = open();
    again.register(List.of(CursorRequest.of("slack")), log);
    again.retain(Set.of("slack"));
    assertThat(again.find("elk").orElseThrow().awayMicros()).isEqualTo(minutes(4));
    assertThat(again.slowest()).contains(low);
    assertThat(again.letPass(minutes(5), grace)).isEmpty();
    CursorEntry back = register(again, "elk").entry();
    assertThat(back.cursor().lowWater()).isEqualTo(low);
    assertThat(back.awayMicros()).isZero();
    assertThat(again.letPass(minutes(5), grace)).isEmpty();

    again.retain(Set.of("slack"));
    assertThat(again.letPass(minutes(10), grace))
        .containsExactly(new CursorEvent.Forgotten("elk", low));
    again.flush();
    CursorJournal later = open();
    assertThat(later.find("elk")).isEmpty();
    assertThat(register(later, "elk").events())
        .containsExactly(new CursorEvent.Began("elk", log.durableEnd()));
  }

  private static long minutes(int count) {
    return count * 60_000_000L;
  }

  @Test
  void a_log_that_recovered_shorter_clamps_the_cursor_and_the_ledger_still_balances() {
    CursorJournal journal = begunWith("elk");
    journal.save(worked(journal.find("elk").orElseThrow()));
    log.shortenTo(150);

    CursorRegistration clamped = register(open(), "elk");

    assertThat(clamped.events())
        .containsExactly(new CursorEvent.Clamped("elk", at(300), at(150), 100));
    log.addEvents(30);
    LedgerBalance balance = clamped.entry().balance(log.durableEnd());
    assertThat(balance.holds()).isTrue();
    assertThat(balance.pending()).isEqualTo(80);
  }

  @Test
  void what_retention_took_is_counted_as_expired() {
    CursorJournal journal = begunWith("elk");
    journal.save(worked(journal.find("elk").orElseThrow()));
    log.retainFrom(250);

    CursorRegistration overtaken = register(open(), "elk");

    assertThat(overtaken.events()).containsExactly(new CursorEvent.Overtaken("elk", 100, at(250)));
    assertThat(overtaken.entry().ledger().expired()).isEqualTo(100);
    assertThat(overtaken.entry().balance(log.durableEnd()).holds()).isTrue();
  }

  @Test
  void nobody_saves_a_destination_without_registering_it() {
    CursorJournal journal = begunWith("elk");

    assertThatThrownBy(() -> journal.save(CursorEntry.at("typo", Position.START)))
        .hasMessage("destination typo has no cursor: register it first");
  }

  @Test
  void the_flusher_makes_saved_cursors_survive_a_power_cut() {
    CursorJournal journal = begunWith("elk");
    CursorEntry saved = worked(journal.find("elk").orElseThrow());
    try (CursorJournalFlusher _ = CursorJournalFlusher.start(journal, Duration.ofMillis(5))) {
      long before = storage.operations();
      journal.save(saved);
      Awaitility.await().until(() -> storage.operations() >= before + 2);
    }

    assertThat(CursorJournal.open(storage.cut(3), "cursors", new SetClock()).find("elk"))
        .contains(saved);
  }

  /// 100 delivered, 100 open, 100 delivered.
  private static CursorEntry worked(CursorEntry entry) {
    return entry
        .complete(new PositionRange(at(0), at(100)), RecordOutcome.DELIVERED)
        .complete(new PositionRange(at(200), at(300)), RecordOutcome.DELIVERED);
  }

  private CursorJournal open() {
    return CursorJournal.open(storage, "cursors", new SetClock());
  }

  private CursorRegistration register(CursorJournal journal, String name) {
    return journal.register(List.of(CursorRequest.of(name)), log).getFirst();
  }

  private CursorJournal begunWith(String... names) {
    CursorJournal journal = open();
    journal.register(
        Arrays.stream(names)
            .map(name -> CursorRequest.of(name).from(new CursorStart.Beginning()))
            .toList(),
        log);
    return journal;
  }

  private static Position at(long offset) {
    return new Position(0, offset);
  }
}
