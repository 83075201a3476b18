package io.onex.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onex.bytes.Slice;
import io.onex.event.EventType;
import io.onex.segment.Checksum;
import io.onex.segment.SegmentProblem.Kind;
import io.onex.storage.LittleEndian;
import io.onex.storage.PowerCutStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The index of ids leads from the id of a cause to the record that names it, wherever that stands.
class CauseIndexTest {
  private static final LogConfig ONE_SEGMENT = LogFixture.SMALL.withSegmentBytes(1 << 20);
  private static final String FILLING = "xyz".repeat(50);

  /// Appends events `e-N` at the even and their conclusions `c-N` at the odd positions.
  private static void fill(Log log, int from, int count) throws Exception {
    for (int i = from; i < from + count; i++) {
      RecordWriter batch = LogFixture.batch();
      LogFixture.add(batch, "e-" + i, i + FILLING.substring(i % 100));
      LogFixture.addConclusion(batch, "c-" + i, "e-" + i);
      log.append(batch);
    }
  }

  private static Optional<Position> causedBy(SegmentedLog log, String id) throws IOException {
    return log.findCausedBy(Slice.utf8(id));
  }

  private static void assertAllFound(SegmentedLog log, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      assertThat(causedBy(log, "e-" + i)).as("e-%d", i).contains(new Position(0, 2L * i + 1));
      assertThat(log.find(Slice.utf8("e-" + i))).contains(new Position(0, 2L * i));
    }
    assertThat(causedBy(log, "c-3")).as("a conclusion that nothing came of").isEmpty();
    assertThat(causedBy(log, "e-" + count)).as("an event that is not there").isEmpty();
  }

  private static List<String> idFiles(PowerCutStorage disk) throws IOException {
    return disk.list("log").stream()
        .filter(name -> name.endsWith(IdIndexFile.SUFFIX))
        .map(name -> "log/" + name)
        .toList();
  }

  @Test
  void a_cause_leads_to_its_record_in_open_and_closed_segments_and_after_a_restart()
      throws Exception {
    PowerCutStorage disk = new PowerCutStorage();
    try (SegmentedLog log = LogFixture.open(disk)) {
      fill(log, 0, 300);
      assertThat(log.state().segments()).isGreaterThan(3);
      assertAllFound(log, 300);
    }
    for (int restart = 0; restart < 2; restart++) {
      try (SegmentedLog log = LogFixture.open(disk)) {
        assertAllFound(log, 300);
        assertThat(log.state().problems()).isEmpty();
      }
    }
    assertThat(idFiles(disk)).hasSizeGreaterThan(3);
  }

  @Test
  void a_record_is_found_more_than_100_000_records_and_some_segments_after_its_cause()
      throws Exception {
    LogConfig config =
        LogConfig.DEFAULT
            .withSegmentBytes(128 << 10)
            .withRetention(Duration.ofDays(365_000), 1L << 30)
            .withMinFreeBytes(0);
    try (SegmentedLog log = LogFixture.open(new PowerCutStorage(), config)) {
      LogFixture.append(log, "end", "{}");
      RecordWriter between = LogFixture.batch();
      Random bodies = new Random(1);
      for (int i = 0; i < 100_001; i++) {
        LogFixture.add(between, "between-" + i, Long.toString(bodies.nextLong()));
        if (between.count() == 10_000) {
          log.append(between);
          between.clear();
        }
      }
      log.append(between);
      assertThat(log.state().segments()).isGreaterThan(3);
      assertThat(causedBy(log, "end")).isEmpty();

      log.append(LogFixture.addConclusion(LogFixture.batch(), "ended", "end"));

      assertThat(causedBy(log, "end")).contains(new Position(0, 100_002));
      assertThat(log.find(Slice.utf8("end"))).contains(Position.START);
    }
  }

  /// As a kill leaves it: the file of ids ends where the last clean stop was.
  @Test
  void what_was_appended_after_the_file_of_ids_was_written_is_found_after_a_cut() throws Exception {
    PowerCutStorage disk = new PowerCutStorage();
    try (SegmentedLog log = LogFixture.open(disk, ONE_SEGMENT)) {
      fill(log, 0, 100);
    }
    SegmentedLog doomed = LogFixture.open(disk, ONE_SEGMENT);
    fill(doomed, 100, 100);
    int stale = 0;
    for (int seed = 0; seed < 8; seed++) {
      PowerCutStorage cut = disk.cut(seed);
      stale += isStale(cut) ? 1 : 0;
      for (int restart = 0; restart < 2; restart++) {
        try (SegmentedLog log = LogFixture.open(cut, ONE_SEGMENT)) {
          assertAllFound(log, 200);
          assertThat(log.state().duplicates().ids()).as("seed %d", seed).isEqualTo(400);
        }
      }
    }
    assertThat(stale).as("cuts that left the file of the clean stop").isPositive();
    assertThatThrownBy(doomed::close).isInstanceOf(UncheckedIOException.class);
  }

  private static boolean isStale(PowerCutStorage disk) throws IOException {
    for (String file : idFiles(disk)) {
      Optional<SegmentIds> ids =
          IdIndexFile.read(disk, file, 0, LogFixture.seeds(disk)).map(IdIndexFile.Contents::ids);
      if (ids.isPresent()) {
        assertThat(ids.get().extent()).isEqualTo(new SegmentIds.Extent(200, 100, 0, 200));
        return true;
      }
    }
    return false;
  }

  @Test
  void any_damaged_page_of_a_file_of_ids_is_made_anew_from_the_segment() throws Exception {
    PowerCutStorage disk = new PowerCutStorage();
    try (SegmentedLog log = LogFixture.open(disk, ONE_SEGMENT)) {
      fill(log, 0, 300);
    }
    String file = idFiles(disk).getFirst();
    byte[] sound = disk.content(file);
    assertThat(sound.length / IdSection.PAGE_BYTES).as("header, 600 ids, 300 causes").isEqualTo(7);
    for (int page = 0; page < sound.length / IdSection.PAGE_BYTES; page++) {
      byte[] content = sound.clone();
      content[page * IdSection.PAGE_BYTES + 18] ^= 1;
      disk.damage(file, content);

      try (SegmentedLog log = LogFixture.open(disk, ONE_SEGMENT)) {
        assertAllFound(log, 300);
        assertThat(log.state().duplicates().ids()).isEqualTo(600);
      }
      assertThat(disk.content(file)).as("page %d", page).isEqualTo(sound);
    }
  }

  @Test
  void a_file_of_ids_that_is_damaged_while_the_log_runs_is_made_anew_by_the_look_up()
      throws Exception {
    PowerCutStorage disk = new PowerCutStorage();
    try (SegmentedLog log = LogFixture.open(disk)) {
      fill(log, 0, 300);
    }
    try (SegmentedLog log = LogFixture.open(disk)) {
      for (String file : idFiles(disk)) {
        byte[] content = disk.content(file);
        content[content.length - 1] ^= 1;
        disk.damage(file, content);
      }

      assertAllFound(log, 300);

      assertThat(log.state().problems()).containsOnlyKeys(Kind.REBUILT_INDEX);
    }
  }

  @Test
  void files_of_ids_of_the_version_without_causes_are_made_anew() throws Exception {
    PowerCutStorage disk = new PowerCutStorage();
    try (SegmentedLog log = LogFixture.open(disk)) {
      fill(log, 0, 300);
    }
    for (String file : idFiles(disk)) {
      disk.damage(file, asVersion2(disk.content(file)));
    }
    try (SegmentedLog log = LogFixture.open(disk)) {
      assertAllFound(log, 300);
      assertThat(log.state().problems()).containsOnlyKeys(Kind.REBUILT_INDEX);
    }
  }

  private static byte[] asVersion2(byte[] file) {
    file[4] = 2;
    LittleEndian.I32.set(file, 20, 0);
    int checked = IdSection.PAGE_BYTES - Integer.BYTES;
    LittleEndian.I32.set(file, checked, Checksum.of(file, 0, checked));
    return file;
  }

  @Test
  void files_of_ids_that_are_gone_are_made_anew() throws Exception {
    PowerCutStorage disk = new PowerCutStorage();
    try (SegmentedLog log = LogFixture.open(disk)) {
      fill(log, 0, 300);
    }
    for (String file : idFiles(disk)) {
      disk.delete(file);
    }
    try (SegmentedLog log = LogFixture.open(disk)) {
      assertAllFound(log, 300);
    }
  }

  @Test
  void causes_take_no_room_among_the_ids_that_duplicates_are_known_by() throws Exception {
    LogConfig config = LogFixture.SMALL.withRememberedIds(40);
    PowerCutStorage disk = new PowerCutStorage();
    try (SegmentedLog log = LogFixture.open(disk, config)) {
      RecordWriter conclusion = LogFixture.addConclusion(LogFixture.batch(), "early", "later");
      log.append(conclusion);
      assertThat(LogFixture.append(log, "later", "x").duplicates()).isEmpty();
      fill(log, 0, 100);
      assertThat(log.state().duplicates().ids()).isEqualTo(40);
    }
    try (SegmentedLog log = LogFixture.open(disk, config)) {
      assertThat(log.state().duplicates().ids()).isEqualTo(40);
      assertThat(LogFixture.append(log, "e-80", 80 + FILLING.substring(80)).duplicates())
          .hasSize(1);
      assertThat(
              log.append(LogFixture.addConclusion(LogFixture.batch(), "c-80", "e-80")).duplicates())
          .hasSize(1);
      assertThat(LogFixture.append(log, "e-79", "x").duplicates()).isEmpty();
    }
  }

  @Test
  void duplicates_lead_nowhere_and_do_not_move_where_other_causes_lead() throws Exception {
    try (SegmentedLog log = LogFixture.open(new PowerCutStorage())) {
      fill(log, 0, 3);
      RecordWriter mixed = LogFixture.batch();
      LogFixture.add(mixed, "e-0", 0 + FILLING);
      LogFixture.addConclusion(mixed, "c-10", "e-10");
      LogFixture.addConclusion(mixed, "c-1", "of a duplicate");
      LogFixture.add(mixed, "new", "x");
      LogFixture.addConclusion(mixed, "c-11", "e-11");
      LogFixture.add(mixed, "e-2", 2 + FILLING.substring(2));

      assertThat(log.append(mixed).duplicates()).hasSize(3);

      assertThat(causedBy(log, "e-10")).contains(new Position(0, 6));
      assertThat(causedBy(log, "e-11")).contains(new Position(0, 8));
      assertThat(causedBy(log, "of a duplicate")).isEmpty();
    }
  }

  @Test
  void nothing_is_found_in_a_segment_that_retention_removed() throws Exception {
    LogConfig config = LogFixture.SMALL.withRetention(Duration.ofDays(365_000), 40 << 10);
    try (SegmentedLog log = LogFixture.open(new PowerCutStorage(), config)) {
      fill(log, 0, 1_000);
      log.enforceRetention();
      assertThat(log.start().offset()).isGreaterThan(3);

      assertThat(causedBy(log, "e-1")).isEmpty();
      assertThat(causedBy(log, "e-999")).contains(new Position(0, 1_999));
    }
  }

  @Test
  void the_key_is_that_of_the_text_without_escapes() throws Exception {
    String uuid = "0190b3a2-7c1e-7000-8000-00000000ABCD";
    List<String> ids =
        List.of(
            uuid,
            "q\"b\\s/c\u0001n\nt\tü€𝄞",
            "\\".repeat(256),
            "\u0002".repeat(256),
            "€".repeat(85) + "x");
    List<String> escaped =
        List.of(
            uuid,
            "q\\\"b\\\\s\\/c\\u0001n\\nt\\tü\\u20AC\\ud834\\udd1e",
            "\\\\".repeat(256),
            "\\u0002".repeat(256),
            "€".repeat(85) + "x");
    PowerCutStorage disk = new PowerCutStorage();
    try (SegmentedLog log = LogFixture.open(disk)) {
      RecordWriter batch = LogFixture.batch();
      for (int i = 0; i < ids.size(); i++) {
        LogFixture.addConclusion(
            batch, "c-" + i, escaped.get(i).getBytes(StandardCharsets.UTF_8), "\",\"more\":[0]}");
      }
      log.append(batch);
      for (int i = 0; i < ids.size(); i++) {
        assertThat(causedBy(log, ids.get(i))).as(ids.get(i)).contains(new Position(0, i));
      }
      assertThat(causedBy(log, escaped.get(1))).isEmpty();
    }
    for (String file : idFiles(disk)) {
      disk.delete(file);
    }
    try (SegmentedLog log = LogFixture.open(disk)) {
      for (int i = 0; i < ids.size(); i++) {
        assertThat(causedBy(log, ids.get(i))).as(ids.get(i)).contains(new Position(0, i));
      }
    }
  }

  @Test
  void a_cause_far_behind_in_a_long_body_is_found() throws Exception {
    byte[] body =
        ("{\"error\":\"" + "x".repeat(200_000) + "\",\"end_event_id\":\"far\"}")
            .getBytes(StandardCharsets.UTF_8);
    RecordWriter batch = conclusion().body(body, 0, body.length).cause(5, 3);
    batch.end();
    try (SegmentedLog log = LogFixture.open(new PowerCutStorage())) {
      log.append(batch);

      assertThat(causedBy(log, "far")).contains(Position.START);
    }
  }

  @Test
  void a_cause_that_is_not_in_the_body_is_refused() throws Exception {
    byte[] body = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
    try (SegmentedLog log = LogFixture.open(new PowerCutStorage())) {
      for (int[] extent : new int[][] {{body.length + 1, 1}, {3, 4}}) {
        RecordWriter batch = conclusion().body(body, 0, body.length).cause(extent[0], extent[1]);
        batch.end();

        assertThatThrownBy(() -> log.append(batch)).isInstanceOf(IllegalArgumentException.class);
      }
      assertThat(log.durableEnd()).isEqualTo(Position.START);
    }
    assertThatThrownBy(() -> conclusion().cause(0x1_0000, 3)).hasMessageContaining("65535");
  }

  private static RecordWriter conclusion() {
    return LogFixture.batch()
        .begin(RecordKind.DERIVED, EventType.OPERATION_ENDED, Slice.utf8("ended"), 1_000, 1);
  }
}
