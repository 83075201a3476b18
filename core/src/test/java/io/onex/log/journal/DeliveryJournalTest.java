package io.onex.log.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.onex.log.Position;
import io.onex.log.PositionRange;
import io.onex.log.RecordOutcome;
import io.onex.storage.Fault;
import io.onex.storage.FaultyStorage;
import io.onex.storage.PowerCutStorage;
import io.onex.storage.Storage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class DeliveryJournalTest {
  private final PowerCutStorage disk = new PowerCutStorage();

  @Test
  void neighbours_that_ended_alike_within_a_second_are_one_entry() throws IOException {
    DeliveryJournal journal = open(disk);
    journal.append(entry(0, 10, RecordOutcome.DELIVERED, 0, 1));
    journal.append(entry(10, 20, RecordOutcome.DELIVERED, 400_000, 1));
    journal.append(entry(20, 30, RecordOutcome.DELIVERED, 999_999, 1));

    assertThat(journal.lookup(at(25))).containsExactly(entry(0, 30, RecordOutcome.DELIVERED, 0, 1));
    assertThat(journal.status().bytes()).isEqualTo(DeliveryJournalEntry.BYTES);
  }

  @Test
  void another_time_outcome_attempt_or_place_is_another_entry() throws IOException {
    DeliveryJournal journal = open(disk);
    journal.append(entry(0, 10, RecordOutcome.DELIVERED, 0, 1));
    journal.append(entry(10, 20, RecordOutcome.DELIVERED, 1_000_000, 1));
    journal.append(entry(20, 30, RecordOutcome.FILTERED, 1_000_000, 1));
    journal.append(entry(30, 40, RecordOutcome.FILTERED, 1_000_000, 2));
    journal.append(entry(50, 60, RecordOutcome.FILTERED, 1_000_000, 2));

    assertThat(journal.status().bytes()).isEqualTo(5 * DeliveryJournalEntry.BYTES);
    assertThat(journal.lookup(at(45))).isEmpty();
    assertThat(journal.lookup(at(35)))
        .containsExactly(entry(30, 40, RecordOutcome.FILTERED, 1_000_000, 2));
  }

  @Test
  void a_look_up_finds_what_a_scan_of_all_entries_finds_also_after_a_restart() throws IOException {
    long seed = 42;
    Random random = new Random(seed);
    List<DeliveryJournalEntry> all = new ArrayList<>();
    DeliveryJournal journal = open(disk);
    for (int i = 0; i < 3_000; i++) {
      int from = i * 10 + random.nextInt(400);
      all.add(
          entry(
              from,
              from + 1 + random.nextInt(30),
              RecordOutcome.ofCode(random.nextInt(7)),
              i * 2_000_000L,
              random.nextInt(9)));
      journal.append(all.getLast());
      if (i % 700 == 699) {
        journal = open(disk);
      }
    }
    for (int position = 0; position < 31_000; position += 13) {
      Position wanted = at(position);
      assertThat(journal.lookup(wanted))
          .as("seed %s", seed)
          .containsExactlyElementsOf(
              all.stream().filter(entry -> entry.range().contains(wanted)).toList());
    }
  }

  @Test
  void a_look_up_reads_a_block_and_not_the_file() throws IOException {
    DeliveryJournal journal = open(disk);
    for (int i = 0; i < 2_000; i++) {
      journal.append(entry(2 * i, 2 * i + 1, RecordOutcome.DELIVERED, i, 1));
    }
    assertThat(journal.lookup(at(2_000))).hasSize(1);
    FaultyStorage counting = new FaultyStorage(disk);
    counting.inject(new Fault(Fault.Operation.READ, Fault.Kind.IO_ERROR, "", 2, 1));
    DeliveryJournalFile file =
        new DeliveryJournalFile(onlyFile(), 2_000L * DeliveryJournalEntry.BYTES);
    assertThat(file.lookup(disk, at(2_000))).hasSize(1);

    assertThat(file.lookup(counting, at(2_000))).hasSize(1);
    assertThat(counting.injected()).isZero();
  }

  @Test
  void a_flipped_byte_costs_one_entry_and_is_counted() throws IOException {
    DeliveryJournal journal = open(disk);
    for (int i = 0; i < 100; i++) {
      journal.append(entry(2 * i, 2 * i + 1, RecordOutcome.DELIVERED, i, 1));
    }
    String path = onlyFile();
    byte[] bytes = disk.content(path);
    for (int offset = 0; offset < bytes.length; offset += 97) {
      byte[] flipped = bytes.clone();
      flipped[offset] ^= 0x10;
      disk.damage(path, flipped);
      DeliveryJournal again = open(disk);
      int found = 0;
      for (int i = 0; i < 100; i++) {
        found += again.lookup(at(2 * i)).size();
      }
      assertThat(found).as("flip at %s", offset).isEqualTo(99);
      assertThat(again.status().damaged()).isEqualTo(1);
    }
  }

  @Test
  void a_full_disk_delays_entries_and_loses_none() throws IOException {
    FaultyStorage faulty = new FaultyStorage(disk);
    DeliveryJournal journal = open(faulty);
    faulty.inject(Fault.always(Fault.Operation.WRITE, Fault.Kind.SHORT_WRITE));
    for (int i = 0; i < 100; i++) {
      journal.append(entry(2 * i, 2 * i + 1, RecordOutcome.DELIVERED, i, 1));
    }
    assertThat(journal.status().behind()).isEqualTo(100);
    assertThat(journal.status().lastFailure().orElseThrow()).contains("No space left on device");
    assertThat(journal.lookup(at(10))).hasSize(1);

    faulty.heal();
    journal.append(entry(1_000, 1_001, RecordOutcome.DELIVERED, 0, 1));

    assertThat(journal.status().behind()).isZero();
    DeliveryJournal again = open(disk);
    for (int i = 0; i < 100; i++) {
      assertThat(again.lookup(at(2 * i))).hasSize(1);
    }
  }

  @Test
  void what_was_forced_survives_a_power_cut_and_a_cut_never_invents_an_entry() throws IOException {
    for (long seed = 1; seed <= 100; seed++) {
      PowerCutStorage cutDisk = new PowerCutStorage();
      DeliveryJournal journal = open(cutDisk);
      for (int i = 0; i < 150; i++) {
        journal.append(entry(2 * i, 2 * i + 1, RecordOutcome.DELIVERED, i, 1));
        if (i == 99) {
          journal.force();
        }
      }
      DeliveryJournal again = open(cutDisk.cut(seed));
      for (int i = 0; i < 150; i++) {
        DeliveryJournalEntry written = entry(2 * i, 2 * i + 1, RecordOutcome.DELIVERED, i, 1);
        List<DeliveryJournalEntry> found = again.lookup(at(2 * i));
        assertThat(found).as("seed %s", seed).allMatch(written::equals);
        // The sector that holds the last forced entry also holds the first ones after it.
        if (i < 99) {
          assertThat(found).as("seed %s, entry %s", seed, i).hasSize(1);
        }
      }
    }
  }

  @Test
  void old_files_go_when_the_journal_is_large_or_the_log_has_moved_on() throws IOException {
    DeliveryJournal journal = DeliveryJournal.open(disk, "deliveries", "elk", 1_000, 10);
    for (int i = 0; i < 200; i++) {
      journal.append(entry(2 * i, 2 * i + 1, RecordOutcome.DELIVERED, i, 1));
    }
    assertThat(journal.status().bytes()).isBetween(600L, 1_400L);
    assertThat(journal.lookup(at(0))).isEmpty();
    assertThat(journal.lookup(at(398))).hasSize(1);

    journal.dropBelow(at(390));

    assertThat(disk.list("deliveries/elk")).hasSize(1);
    assertThat(journal.lookup(at(398))).hasSize(1);
  }

  @Test
  void destinations_of_any_name_have_folders_of_their_own() {
    assertThat(JournalFolder.of("elk-prod_2")).isEqualTo("elk-prod_2");
    assertThat(JournalFolder.of("../Ü")).isEqualTo("%2e%2e%2f%c3%9c");
    assertThat(JournalFolder.of("Elk")).isNotEqualToIgnoringCase("elk");
    String many = "x".repeat(254);
    assertThat(JournalFolder.of(many + "a"))
        .hasSizeLessThan(140)
        .isNotEqualTo(JournalFolder.of(many + "b"));
  }

  @Test
  void the_bytes_are_those_of_the_format_page() throws IOException {
    open(disk).append(entry(5, 8, RecordOutcome.DEAD_LETTERED, 77, 3));

    ByteBuffer bytes = ByteBuffer.wrap(disk.content(onlyFile())).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(bytes.remaining()).isEqualTo(36);
    assertThat(bytes.getLong(0)).isEqualTo(5);
    assertThat(bytes.getLong(8)).isEqualTo(8);
    assertThat(bytes.getLong(16)).isEqualTo(77);
    assertThat(bytes.getInt(24)).isZero();
    assertThat(bytes.getInt(28)).isEqualTo(3 * 16 + 4);
    CRC32C crc = new CRC32C();
    crc.update(new byte[8]);
    crc.update(bytes.array(), 0, 32);
    assertThat(bytes.getInt(32)).isEqualTo((int) crc.getValue());
  }

  private String onlyFile() throws IOException {
    return "deliveries/elk/" + disk.list("deliveries/elk").getFirst();
  }

  private static DeliveryJournal open(Storage storage) {
    return DeliveryJournal.open(storage, "deliveries", "elk");
  }

  private static DeliveryJournalEntry entry(
      int from, int to, RecordOutcome outcome, long time, int attempt) {
    return new DeliveryJournalEntry(new PositionRange(at(from), at(to)), outcome, time, attempt);
  }

  private static Position at(int offset) {
    return new Position(0, offset);
  }
}
