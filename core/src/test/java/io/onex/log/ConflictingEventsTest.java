package io.onex.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.onex.bytes.Slice;
import io.onex.segment.Checksum;
import io.onex.storage.LittleEndian;
import io.onex.storage.PowerCutStorage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// One id with two contents is two events; one that takes the id of a conclusion is neither in its
/// way nor kept from the log; ids made to meet in a table do not.
class ConflictingEventsTest {
  private static final String ID = "2f1c9b52-0b3a-4d0e-8f6a-7a1f5d3c9e10";

  private final SentEvents events = new SentEvents();

  private static String event(String id, int content) {
    return """
    {"event_id":"%s","node_id":"n","event_type":"NODE_START","metadata":{"input_state":%d}}\
    """
        .formatted(id, content);
  }

  private static List<Record> all(SegmentedLog log) throws IOException {
    List<Record> records = new ArrayList<>();
    try (LogReader reader = log.reader(log.start())) {
      while (reader.position().compareTo(log.durableEnd()) < 0) {
        records.addAll(reader.read(1_000, 1 << 20).records());
      }
    }
    return records;
  }

  @Test
  void other_content_under_an_id_is_kept_and_its_repeats_are_repeats() throws Exception {
    for (String id : List.of(ID, "run 7", "é".repeat(128))) {
      PowerCutStorage disk = new PowerCutStorage();
      Slice second;
      try (SegmentedLog log = LogFixture.open(disk)) {
        assertThat(events.append(log, event(id, 1)).conflicting()).isZero();
        AppendResult other = events.append(log, event(id, 2));
        assertThat(other.appended()).isEqualTo(1);
        assertThat(other.conflicting()).isEqualTo(1);
        assertThat(other.duplicates()).isEmpty();

        AppendResult again = events.append(log, event(id, 2), event(id, 1), event(id, 3));
        assertThat(again.duplicates()).hasSize(2);
        assertThat(again.conflicting()).isEqualTo(1);
        assertThat(log.state().appends().conflicting()).isEqualTo(2);

        List<Record> records = all(log);
        assertThat(records).hasSize(3);
        second = records.get(1).eventId();
        assertThat(records.get(0).eventId().utf8()).isEqualTo(id);
        assertThat(records.get(1).has(RecordFlags.CONFLICTING)).isTrue();
        assertThat(records.get(1).body().utf8()).isEqualTo(event(id, 2));
        assertThat(records.get(1).nodeId().utf8()).isEqualTo("n");
        assertThat(records.get(1).metadata().utf8()).isEqualTo("{\"input_state\":2}");
        assertFound(log, id, second);
      }
      // After a clean stop, and after a kill that left no file of ids.
      for (boolean clean : new boolean[] {true, false}) {
        if (!clean) {
          for (String name : disk.list("log")) {
            if (name.endsWith(IdIndexFile.SUFFIX)) {
              disk.delete("log/" + name);
            }
          }
        }
        try (SegmentedLog log = LogFixture.open(disk)) {
          assertThat(events.append(log, event(id, 1), event(id, 2), event(id, 3)).duplicates())
              .hasSize(3);
          assertThat(all(log)).hasSize(3);
          assertFound(log, id, second);
        }
      }
    }
  }

  private static void assertFound(SegmentedLog log, String id, Slice second) throws IOException {
    assertThat(log.find(Slice.utf8(id))).contains(new Position(0, 0));
    assertThat(log.find(second)).contains(new Position(0, 1));
    assertThat(log.findConflicting(Slice.utf8(id), 10))
        .containsExactlyInAnyOrder(new Position(0, 1), new Position(0, 2));
    assertThat(log.findConflicting(second, 10)).isEmpty();
  }

  @Test
  void an_id_of_a_conflict_is_the_same_everywhere() throws Exception {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      try (SegmentedLog log = LogFixture.open(new PowerCutStorage())) {
        events.append(log, event(ID, 1 + 5 * i));
        events.append(log, event(ID, 2));
        ids.add(all(log).get(1).eventId().utf8());
      }
    }
    assertThat(ids.get(0)).isEqualTo(ids.get(1));
  }

  @Test
  void a_batch_of_one_id_keeps_each_content_once_and_in_order() throws Exception {
    try (SegmentedLog log = LogFixture.open(new PowerCutStorage())) {
      List<String> batch = new ArrayList<>();
      for (int i = 0; i < 3_000; i++) {
        batch.add(i % 3 == 0 ? event("other-" + i, 0) : event(ID, i / 2 % 500));
      }
      AppendResult result = events.append(log, batch.toArray(String[]::new));

      assertThat(result.appended()).isEqualTo(1_500);
      assertThat(result.conflicting()).isEqualTo(499);
      assertThat(result.duplicates()).hasSize(1_500);
      List<String> bodies = all(log).stream().map(record -> record.body().utf8()).toList();
      assertThat(bodies).isEqualTo(batch.stream().distinct().toList());
      assertThat(events.append(log, batch.toArray(String[]::new)).duplicates()).hasSize(3_000);
    }
  }

  @Test
  void somebody_who_takes_the_id_of_a_conflict_first_suppresses_nothing() throws Exception {
    try (SegmentedLog log = LogFixture.open(new PowerCutStorage())) {
      events.append(log, event(ID, 1), event(ID, 2));
      String taken = all(log).get(1).eventId().utf8();
      try (SegmentedLog aimed = LogFixture.open(new PowerCutStorage())) {
        events.append(aimed, event(taken, 9), event(ID, 1));
        assertThat(events.append(aimed, event(ID, 2)).conflicting()).isEqualTo(1);
        assertThat(events.append(aimed, event(ID, 2)).duplicates()).hasSize(1);
        assertThat(aimed.findConflicting(Slice.utf8(ID), 10)).hasSize(1);
      }
    }
  }

  @Test
  void an_event_with_the_id_of_a_conclusion_neither_suppresses_it_nor_is_suppressed()
      throws Exception {
    for (boolean eventFirst : new boolean[] {true, false}) {
      PowerCutStorage disk = new PowerCutStorage();
      try (SegmentedLog log = LogFixture.open(disk)) {
        for (boolean isEvent : new boolean[] {eventFirst, !eventFirst}) {
          AppendResult result =
              isEvent
                  ? events.append(log, event(ID, 1))
                  : log.append(LogFixture.addConclusion(LogFixture.batch(), ID, "cause"));
          assertThat(result.appended()).isEqualTo(1);
          assertThat(result.conflicting()).isZero();
        }
      }
      Position event = new Position(0, eventFirst ? 0 : 1);
      Position conclusion = new Position(0, eventFirst ? 1 : 0);
      try (SegmentedLog log = LogFixture.open(disk)) {
        assertThat(log.find(Slice.utf8(ID))).contains(event);
        assertThat(log.findConclusion(Slice.utf8(ID))).contains(conclusion);
        assertThat(log.findCausedBy(Slice.utf8("cause"))).contains(conclusion);
        // Each is still known as a repeat.
        assertThat(log.append(LogFixture.addConclusion(LogFixture.batch(), ID, "cause")).appended())
            .isZero();
        assertThat(events.append(log, event(ID, 1)).appended()).isZero();
      }
    }
  }

  @Test
  void ids_made_for_one_place_of_the_published_hash_stand_apart() {
    int count = 10_000;
    DuplicateWindow aimed = new DuplicateWindow(100_000, 0, new IdSeeds(11, 22, 33, 44));
    DuplicateWindow random = new DuplicateWindow(100_000, 0, new IdSeeds(11, 22, 33, 44));
    for (long i = 0; i < count; i++) {
      long high = 0x1234567890abcdefL ^ Long.rotateLeft(i, 32);
      assertThat(EventKey.fingerprint(high, i))
          .isEqualTo(EventKey.fingerprint(0x1234567890abcdefL, 0));
      aimed.add(high, i, 0, 1);
      random.add(EventKey.mix(i + 1), EventKey.mix(~i), 0, 1);
    }
    System.out.printf(
        "longest walk in the window: random ids %d cells, aimed ones %d%n",
        random.longestWalk(), aimed.longestWalk());
    assertThat(aimed.longestWalk()).isLessThan(200);
    assertThat(random.longestWalk()).isLessThan(200);
  }

  @Test
  void a_file_of_ids_of_version_3_still_answers() throws Exception {
    PowerCutStorage disk = new PowerCutStorage();
    int count = 400;
    LogConfig config = LogFixture.SMALL.withRememberedIds(100_000);
    try (SegmentedLog log = LogFixture.open(disk, config)) {
      for (int i = 0; i < count; i++) {
        events.append(log, event("id-" + i, i));
        log.append(LogFixture.addConclusion(LogFixture.batch(), "c-" + i, "id-" + i));
      }
    }
    for (String name : disk.list("log")) {
      if (name.endsWith(IdIndexFile.SUFFIX)) {
        early(disk, "log/" + name);
      }
    }
    disk.delete("secret");
    try (SegmentedLog log = LogFixture.open(disk, config)) {
      assertThat(log.state().duplicates().ids()).isEqualTo(2 * count);
      for (int i = 0; i < count; i++) {
        assertThat(log.find(Slice.utf8("id-" + i))).contains(new Position(0, 2L * i));
        assertThat(log.findConclusion(Slice.utf8("c-" + i))).contains(new Position(0, 2L * i + 1));
        assertThat(log.findCausedBy(Slice.utf8("id-" + i))).contains(new Position(0, 2L * i + 1));
        AppendResult again = events.append(log, event("id-" + i, i).replace("\":", "\" : "));
        assertThat(again.appended()).as("repeat of id-%d", i).isZero();
        assertThat(
                log.append(LogFixture.addConclusion(LogFixture.batch(), "c-" + i, "id-" + i))
                    .appended())
            .isZero();
      }
      // Another spelling is a repeat, other content is none.
      assertThat(events.append(log, event("id-3", 3).replace("\":", "\" : ")).appended()).isZero();
      assertThat(events.append(log, event("id-3", 99)).conflicting()).isEqualTo(1);
      assertThat(events.append(log, event("id-3", 99)).appended()).isZero();
      assertThat(log.find(Slice.utf8("id-399"))).isPresent();
      assertThat(log.findConflicting(Slice.utf8("id-3"), 5)).hasSize(1);
    }
    assertThat(disk.exists("secret")).isTrue();
  }

  /// Writes a file of ids as version 3 had it, from the page of that format.
  private static void early(PowerCutStorage disk, String path) throws IOException {
    byte[] now = disk.content(path);
    long first = (long) LittleEndian.I64.get(now, 8);
    long end = (long) LittleEndian.I64.get(now, 24);
    int records = (int) LittleEndian.I32.get(now, 16);
    int causes = (int) LittleEndian.I32.get(now, 20);
    int pages = (records + 169) / 170;
    byte[] early = new byte[4096 * (1 + pages + (causes + 169) / 170)];
    System.arraycopy(now, 0, early, 0, 32);
    early[4] = 3;
    LittleEndian.I64.set(early, 4080, end);
    List<byte[]> entries = new ArrayList<>();
    try (SegmentedLog log = LogFixture.open(copy(disk), LogFixture.SMALL)) {
      for (int i = 0; i < records; i++) {
        byte[] entry = entry(now, 1, i);
        int delta = (int) LittleEndian.I32.get(entry, 20);
        try (LogReader reader = log.reader(new Position(0, first + delta))) {
          byte[] body = reader.read(1, 1 << 20).records().getFirst().body().toByteArray();
          LittleEndian.I32.set(entry, 16, Checksum.of(body, 0, body.length));
        }
        entries.add(entry);
      }
    }
    put(early, 1, entries);
    entries.clear();
    for (int i = 0; i < causes; i++) {
      entries.add(entry(now, 1 + pages, i));
    }
    put(early, 1 + pages, entries);
    for (int page = 0; page < early.length / 4096; page++) {
      LittleEndian.I64.set(early, page * 4096 + 4080, end);
      LittleEndian.I32.set(early, page * 4096 + 4092, Checksum.of(early, page * 4096, 4092));
    }
    disk.damage(path, early);
  }

  private static PowerCutStorage copy(PowerCutStorage disk) throws IOException {
    PowerCutStorage copy = new PowerCutStorage();
    for (String folder : List.of("", "log")) {
      for (String name : disk.list(folder)) {
        String path = folder.isEmpty() ? name : folder + "/" + name;
        copy.open(path).close();
        copy.damage(path, disk.content(path));
      }
    }
    return copy;
  }

  private static byte[] entry(byte[] file, int firstPage, int i) {
    int at = (firstPage + i / 170) * 4096 + i % 170 * 24;
    return java.util.Arrays.copyOfRange(file, at, at + 24);
  }

  private static void put(byte[] file, int firstPage, List<byte[]> entries) {
    entries.sort(
        Comparator.comparingLong((byte[] entry) ->
                EventKey.fingerprint(
                        (long) LittleEndian.I64.get(entry, 0),
                        (long) LittleEndian.I64.get(entry, 8))
                    >> 20)
            .thenComparingInt(entry -> (int) LittleEndian.I32.get(entry, 20)));
    for (int i = 0; i < entries.size(); i++) {
      System.arraycopy(entries.get(i), 0, file, (firstPage + i / 170) * 4096 + i % 170 * 24, 24);
    }
  }

  @Test
  void with_another_secret_the_ids_are_made_anew_and_nothing_is_forgotten() throws Exception {
    PowerCutStorage disk = new PowerCutStorage();
    try (SegmentedLog log = LogFixture.open(disk)) {
      for (int i = 0; i < 200; i++) {
        events.append(log, event("id-" + i, i), event("id-" + i, -1 - i));
      }
    }
    byte[] secret = disk.content("secret");
    secret[20] ^= 1;
    disk.damage("secret", secret);
    try (SegmentedLog log = LogFixture.open(disk)) {
      assertThat(disk.exists("secret.damaged")).isTrue();
      for (int i = 0; i < 200; i++) {
        assertThat(events.append(log, event("id-" + i, i), event("id-" + i, -1 - i)).appended())
            .isZero();
        assertThat(log.findConflicting(Slice.utf8("id-" + i), 5)).hasSize(1);
      }
      Optional<Position> found = log.find(Slice.utf8("id-199"));
      assertThat(found).contains(new Position(0, 398));
    }
  }

  @Test
  void what_a_power_cut_leaves_of_conflicts_is_known_again() throws Exception {
    for (int seed = 0; seed < 20; seed++) {
      PowerCutStorage disk = new PowerCutStorage();
      SegmentedLog doomed = LogFixture.open(disk);
      for (int i = 0; i < 60; i++) {
        events.append(doomed, event("id-" + i % 20, i / 20));
      }
      PowerCutStorage survivor = disk.cut(seed);
      try (SegmentedLog log = LogFixture.open(survivor)) {
        for (int i = 0; i < 60; i++) {
          assertThat(events.append(log, event("id-" + i % 20, i / 20)).appended())
              .as("seed %d, event %d", seed, i)
              .isZero();
        }
        assertThat(all(log)).hasSize(60);
        assertThat(log.findConflicting(Slice.utf8("id-7"), 10)).hasSize(2);
      }
      try {
        doomed.close();
      } catch (java.io.UncheckedIOException powerIsOff) {
        assertThat(powerIsOff).hasCauseInstanceOf(IOException.class);
      }
    }
  }
}
