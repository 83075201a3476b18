package io.onex.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.onex.bytes.Slice;
import io.onex.segment.SegmentProblem.Kind;
import io.onex.storage.Fault;
import io.onex.storage.FaultyStorage;
import io.onex.storage.PowerCutStorage;
import io.onex.storage.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SegmentedLogTest {
  private static final String NOISE = HexFormat.of().formatHex(noise());

  private static byte[] noise() {
    byte[] bytes = new byte[200];
    new Random(1).nextBytes(bytes);
    return bytes;
  }

  /// Appends `count` records `id-N`, several to a batch, with ingest time N ms.
  private static void fill(Log log, int from, int count) throws Exception {
    for (int i = from; i < from + count; ) {
      RecordWriter batch = LogFixture.batch();
      for (int j = 0; j < 3 && i < from + count; j++, i++) {
        LogFixture.add(batch, "id-" + i, i + NOISE.substring(i % 100), i * 1000L);
      }
      log.append(batch);
    }
  }

  private static List<String> ids(List<LogFixture.Seen> seen) {
    return seen.stream().map(LogFixture.Seen::id).toList();
  }

  @Test
  void what_was_appended_is_read_back_in_order_from_memory_and_from_disk() throws Exception {
    try (SegmentedLog log = LogFixture.open(new PowerCutStorage())) {
      fill(log, 0, 500);

      List<LogFixture.Seen> seen = LogFixture.readAll(log);

      assertThat(seen).hasSize(500);
      for (int i = 0; i < 500; i++) {
        assertThat(seen.get(i))
            .isEqualTo(new LogFixture.Seen(i, "id-" + i, i + NOISE.substring(i % 100)));
      }
      assertThat(log.state().segments()).isGreaterThan(2);
      try (LogReader late = log.reader(Position.START);
          LogReader current = log.reader(new Position(0, 495))) {
        assertThat(late.readInMemory(10, 1 << 20).isEmpty()).isTrue();
        assertThat(late.position()).isEqualTo(Position.START);
        assertThat(current.readInMemory(10, 1 << 20).records()).hasSize(5);
      }
    }
  }

  @Test
  void everything_is_there_after_a_restart_and_positions_go_on() throws Exception {
    PowerCutStorage disk = new PowerCutStorage();
    try (SegmentedLog log = LogFixture.open(disk)) {
      fill(log, 0, 300);
    }

    try (SegmentedLog log = LogFixture.open(disk)) {
      AppendResult next = LogFixture.append(log, "next", "x");

      assertThat(next.start()).isEqualTo(new Position(0, 300));
      assertThat(LogFixture.readAll(log)).hasSize(301);
      assertThat(log.logTimeMicros()).isEqualTo(1_000);
      assertThat(log.state().problems()).isEmpty();
    }
  }

  @Test
  void many_writers_share_commits_and_each_gets_its_own_positions() throws Exception {
    Map<String, Position> acknowledged = new ConcurrentHashMap<>();
    try (SegmentedLog log = LogFixture.open(new PowerCutStorage())) {
      List<Thread> writers = new ArrayList<>();
      for (int w = 0; w < 32; w++) {
        int writer = w;
        writers.add(
            Thread.ofVirtual()
                .start(() -> {
                  for (int i = 0; i < 50; i++) {
                    String id = writer + "/" + i;
                    try {
                      acknowledged.put(id, LogFixture.append(log, id, NOISE).start());
                    } catch (LogUnavailableException | InterruptedException e) {
                      throw new IllegalStateException(e);
                    }
                  }
                }));
      }
      for (Thread writer : writers) {
        writer.join();
      }

      List<LogFixture.Seen> seen = LogFixture.readAll(log);

      assertThat(seen).hasSize(32 * 50);
      for (LogFixture.Seen record : seen) {
        assertThat(acknowledged).containsEntry(record.id(), new Position(0, record.position()));
      }
      assertThat(log.state().appends().commits()).isLessThan(32 * 50);
    }
  }

  @Test
  void a_large_batch_becomes_several_blocks_and_is_read_back_whole() throws Exception {
    PowerCutStorage disk = new PowerCutStorage();
    try (SegmentedLog log = LogFixture.open(disk)) {
      RecordWriter batch = LogFixture.batch();
      for (int i = 0; i < 2000; i++) {
        LogFixture.add(batch, "id-" + i, "body " + i);
      }
      assertThat(batch.encoded().length()).isGreaterThan(PreparedBatch.OWN_BLOCK_BYTES);

      AppendResult result = log.append(batch);
      AppendResult repeated = log.append(LogFixture.add(batch, "one more", "x"));

      assertThat(result.appended()).isEqualTo(2000);
      assertThat(repeated.duplicates()).hasSize(2000);
      assertThat(repeated.start()).isEqualTo(new Position(0, 2000));
      assertThat(repeated.appended()).isEqualTo(1);
    }
    try (SegmentedLog log = LogFixture.open(disk)) {
      assertThat(LogFixture.readAll(log))
          .hasSize(2001)
          .last()
          .extracting("id")
          .isEqualTo("one more");
    }
  }

  @Test
  void blocks_of_a_large_batch_without_duplicates_keep_their_order_among_those_with()
      throws Exception {
    try (SegmentedLog log = LogFixture.open(new PowerCutStorage())) {
      fill(log, 700, 1);
      RecordWriter batch = LogFixture.batch();
      List<String> expected = new ArrayList<>(List.of("id-700"));
      for (int i = 0; i < 1000; i++) {
        LogFixture.add(batch, "id-" + i, i + NOISE);
        if (i != 700) {
          expected.add("id-" + i);
        }
      }

      AppendResult result = log.append(batch);

      assertThat(result.duplicates()).containsExactly(new AppendResult.Duplicate(700, true));
      assertThat(result.appended()).isEqualTo(999);
      assertThat(ids(LogFixture.readAll(log))).isEqualTo(expected);
      assertThat(log.find(Slice.utf8("id-999"))).contains(new Position(0, 999));
    }
  }

  @Test
  void memory_that_is_used_again_never_changes_what_was_acknowledged() throws Exception {
    long seed = System.nanoTime();
    System.out.println("large batches on a failing disk: seed " + seed);
    Random random = new Random(seed);
    PowerCutStorage disk = new PowerCutStorage();
    FaultyStorage storage = new FaultyStorage(disk);
    Map<String, String> acknowledged = new ConcurrentHashMap<>();
    LogConfig config = LogFixture.SMALL.withSegmentBytes(4 << 20);
    try (SegmentedLog log = LogFixture.open(storage, config)) {
      for (int round = 0; round < 12; round++) {
        if (round % 3 == 1) {
          storage.inject(
              Fault.once(Fault.Operation.WRITE, Fault.Kind.SHORT_WRITE).after(round % 5));
        }
        List<Thread> writers = new ArrayList<>();
        for (int w = 0; w < 4; w++) {
          String name = round + "/" + w + "/";
          long bodies = random.nextLong();
          writers.add(
              Thread.ofPlatform().start(() -> appendLarge(log, name, bodies, acknowledged)));
        }
        // One of them gives up waiting while the committer may still read what it gave.
        writers.get(random.nextInt(4)).interrupt();
        for (Thread writer : writers) {
          writer.join();
        }
      }
    }
    try (SegmentedLog log = LogFixture.open(disk, config)) {
      Map<String, String> read =
          LogFixture.readAll(log).stream()
              .collect(Collectors.toMap(LogFixture.Seen::id, LogFixture.Seen::body));
      assertThat(acknowledged).isNotEmpty();
      assertThat(read).containsAllEntriesOf(acknowledged);
    }
  }

  private static void appendLarge(
      Log log, String name, long seed, Map<String, String> acknowledged) {
    Random random = new Random(seed);
    Map<String, String> bodies = new LinkedHashMap<>();
    RecordWriter batch = LogFixture.batch();
    for (int i = 0; i < 300; i++) {
      String body = Long.toHexString(random.nextLong()) + NOISE.substring(random.nextInt(100));
      bodies.put(name + i, body);
      LogFixture.add(batch, name + i, body);
    }
    try {
      log.append(batch);
      acknowledged.putAll(bodies);
    } catch (LogUnavailableException | InterruptedException e) {
      // Not acknowledged: it may be there or not.
    }
  }

  @Test
  void readers_share_the_bytes_of_a_block_from_memory_and_from_disk() throws Exception {
    PowerCutStorage disk = new PowerCutStorage();
    try (SegmentedLog log = LogFixture.open(disk)) {
      fill(log, 0, 30);
      assertThatTwoReadersShareBytes(log);
    }
    try (SegmentedLog log = LogFixture.open(disk)) {
      assertThatTwoReadersShareBytes(log);
    }
  }

  private static void assertThatTwoReadersShareBytes(Log log) throws IOException {
    try (LogReader one = log.reader(log.start());
        LogReader other = log.reader(log.start())) {
      List<Record> first = one.read(3, 1 << 20).records();
      List<Record> second = other.read(2, 1 << 20).records();

      assertThat(first).hasSize(3);
      assertThat(second).hasSize(2);
      for (int i = 0; i < 2; i++) {
        assertThat(second.get(i).position()).isEqualTo(first.get(i).position());
        assertThat(second.get(i).body()).isEqualTo(first.get(i).body());
        assertThat(second.get(i).body().array()).isSameAs(first.get(i).body().array());
      }
    }
  }

  @Test
  void the_window_of_ids_tells_since_when_it_knows_them() throws Exception {
    try (SegmentedLog log = LogFixture.open(new PowerCutStorage())) {
      assertThat(log.state().duplicates().oldestMicros()).isZero();
      log.append(LogFixture.add(LogFixture.batch(), "a", "{}", 5_000_000));
      log.append(LogFixture.add(LogFixture.batch(), "b", "{}", 9_000_000));
      assertThat(log.state().duplicates().oldestMicros()).isEqualTo(5_000_000);
    }
  }

  @Test
  void a_duplicate_is_known_in_its_batch_across_batches_and_across_restarts() throws Exception {
    String uuid = "0190b3a2-7c1e-7000-8000-00000000ABCD";
    PowerCutStorage disk = new PowerCutStorage();
    try (SegmentedLog log = LogFixture.open(disk)) {
      RecordWriter batch = LogFixture.batch();
      LogFixture.add(batch, uuid, "first");
      LogFixture.add(batch, uuid.toLowerCase(Locale.ROOT), "first");
      LogFixture.add(batch, "text id", "second");
      AppendResult result = log.append(batch);

      assertThat(result.duplicates()).containsExactly(new AppendResult.Duplicate(1, true));
      assertThat(result.appended()).isEqualTo(2);
      fill(log, 0, 200);
    }
    try (SegmentedLog log = LogFixture.open(disk)) {
      AppendResult again = LogFixture.append(log, uuid, "first");

      assertThat(again.duplicates()).containsExactly(new AppendResult.Duplicate(0, true));
      assertThat(again.start()).isEqualTo(again.end()).isEqualTo(log.durableEnd());
      assertThat(log.state().duplicates().ids()).isEqualTo(202);
    }
  }

  @Test
  void the_oldest_ids_are_forgotten_first() throws Exception {
    try (SegmentedLog log =
        LogFixture.open(new PowerCutStorage(), LogFixture.SMALL.withRememberedIds(10))) {
      fill(log, 0, 30);

      assertThat(LogFixture.append(log, "id-25", 25 + NOISE.substring(25)).duplicates()).hasSize(1);
      assertThat(LogFixture.append(log, "id-5", "x").appended()).isEqualTo(1);
      assertThat(log.state().duplicates().ids()).isEqualTo(10);
    }
  }

  @Test
  void a_full_disk_refuses_at_once_and_heals_by_itself() throws Exception {
    FaultyStorage storage = new FaultyStorage(new PowerCutStorage());
    try (SegmentedLog log = LogFixture.open(storage)) {
      LogFixture.append(log, "before", "1");
      for (Fault.Operation operation :
          List.of(Fault.Operation.WRITE, Fault.Operation.FORCE, Fault.Operation.OPEN)) {
        storage.inject(Fault.always(operation, Fault.Kind.NO_SPACE));
        if (operation == Fault.Operation.OPEN) {
          storage.inject(Fault.once(Fault.Operation.FORCE, Fault.Kind.IO_ERROR));
        }
        for (int attempt = 0; attempt < 3; attempt++) {
          assertThatThrownBy(() -> LogFixture.append(log, "during", "2"))
              .isInstanceOf(LogUnavailableException.class)
              .hasMessageContaining("the log in 'log' cannot append");
        }
        assertThat(log.state().unavailable()).contains("cannot append");
        assertThat(ids(LogFixture.readAll(log))).doesNotContain("during");
        storage.heal();
        assertThat(LogFixture.append(log, "after " + operation, "3").appended()).isEqualTo(1);
        assertThat(log.state().unavailable()).isEmpty();
      }
      assertThat(LogFixture.append(log, "during", "2").duplicates()).isEmpty();
      assertThat(ids(LogFixture.readAll(log)))
          .containsExactly("before", "after WRITE", "after FORCE", "after OPEN", "during");
    }
    try (SegmentedLog log = LogFixture.open(storage)) {
      assertThat(LogFixture.readAll(log)).hasSize(5);
    }
  }

  @Test
  void a_disk_with_too_little_room_left_is_not_filled_up() throws Exception {
    PowerCutStorage disk = new PowerCutStorage();
    Storage nearlyFull = new NearlyFullStorage(disk, 100 << 20);
    try (SegmentedLog log =
        LogFixture.open(nearlyFull, LogFixture.SMALL.withMinFreeBytes(200 << 20))) {
      assertThatThrownBy(() -> LogFixture.append(log, "id", "x"))
          .isInstanceOf(LogUnavailableException.class)
          .hasMessageContaining("100 MiB left");
    }
  }

  @Test
  void a_log_that_is_opened_without_room_says_so_and_notices_room_although_nobody_appends()
      throws Exception {
    FaultyStorage storage = new FaultyStorage(new PowerCutStorage());
    storage.leave(100 << 20);
    try (SegmentedLog log =
        LogFixture.open(storage, LogFixture.SMALL.withMinFreeBytes(200 << 20))) {
      assertThat(log.state().unavailable())
          .startsWith("the log in 'log' cannot append: the disk has 100 MiB left");
      assertThatThrownBy(() -> LogFixture.append(log, "id", "x"))
          .isInstanceOf(LogUnavailableException.class);

      storage.heal();
      await()
          .atMost(Duration.ofSeconds(5))
          .untilAsserted(() -> assertThat(log.state().unavailable()).isEmpty());
      assertThat(LogFixture.append(log, "id", "x").appended()).isEqualTo(1);
    }
  }

  @Test
  void retention_removes_old_segments_and_says_which_cursor_lost_what() throws Exception {
    PowerCutStorage disk = new PowerCutStorage();
    RecordingGuard guard = new RecordingGuard(new Position(0, 10));
    SetClock clock = new SetClock();
    LogConfig config = LogFixture.SMALL.withRetention(Duration.ofDays(365_000), 40 << 10);
    Position start;
    try (SegmentedLog log =
        SegmentedLog.open(
            new SegmentedLog.Setup(disk, config, clock, Position.START, guard, problem -> {}))) {
      fill(log, 0, 1000);
      assertThat(log.state().level()).isEqualTo(BacklogLevel.CRITICAL);

      log.enforceRetention();

      start = log.start();
      assertThat(start.offset()).isGreaterThan(10);
      assertThat(log.state().bytes()).isLessThan((40 + 16) << 10);
      assertThat(log.state().overtaken())
          .last()
          .isEqualTo(
              new RetentionGuard.Overtaken("slow", new PositionRange(new Position(0, 10), start)));
      assertThat(LogFixture.readFrom(log, Position.START).getFirst().position())
          .isEqualTo(start.offset());
      assertThat(log.find(Slice.utf8("id-5"))).isEmpty();
    }
    try (SegmentedLog log = LogFixture.open(disk, config)) {
      assertThat(log.start()).isEqualTo(start);
      assertThat(log.state().positionsLost()).isZero();
    }
  }

  @Test
  void nothing_is_removed_while_cursors_cannot_count_it() throws Exception {
    PowerCutStorage disk = new PowerCutStorage();
    RecordingGuard guard = new RecordingGuard(new Position(0, 10));
    guard.fail = true;
    LogConfig config = LogFixture.SMALL.withRetention(Duration.ofDays(365_000), 40 << 10);
    try (SegmentedLog log =
        SegmentedLog.open(
            new SegmentedLog.Setup(
                disk, config, new SetClock(), Position.START, guard, problem -> {}))) {
      fill(log, 0, 1000);

      assertThatThrownBy(log::enforceRetention).hasMessageContaining("journal");

      assertThat(log.start()).isEqualTo(Position.START);
      assertThat(LogFixture.readAll(log)).hasSize(1000);
    }
  }

  @Test
  void an_event_id_leads_to_its_position_in_open_and_closed_segments() throws Exception {
    PowerCutStorage disk = new PowerCutStorage();
    try (SegmentedLog log = LogFixture.open(disk)) {
      fill(log, 0, 400);
      for (int i = 0; i < 400; i += 13) {
        assertThat(log.find(Slice.utf8("id-" + i))).contains(new Position(0, i));
      }
      assertThat(log.find(Slice.utf8("unknown"))).isEmpty();
    }
    assertThat(disk.list("log")).anyMatch(name -> name.endsWith(".ids"));
    try (SegmentedLog log = LogFixture.open(disk)) {
      for (int i = 0; i < 400; i += 13) {
        assertThat(log.find(Slice.utf8("id-" + i))).contains(new Position(0, i));
      }
    }
  }

  @Test
  void a_clean_stop_leaves_all_ids_in_files_and_a_cut_later_costs_only_what_came_after()
      throws Exception {
    PowerCutStorage disk = new PowerCutStorage();
    LogConfig config = LogFixture.SMALL.withSegmentBytes(1 << 20);
    try (SegmentedLog log = LogFixture.open(disk, config)) {
      fill(log, 0, 300);
    }
    assertThat(idsInFile(disk)).isEqualTo(new SegmentIds.Extent(300, 0, 0, 300));

    SegmentedLog doomed = LogFixture.open(disk, config);
    assertThat(doomed.find(Slice.utf8("id-299"))).contains(new Position(0, 299));
    fill(doomed, 300, 200);
    PowerCutStorage cut = disk.cut(7);
    assertThatThrownBy(doomed::close).isInstanceOf(UncheckedIOException.class);

    try (SegmentedLog log = LogFixture.open(cut, config)) {
      assertThat(log.state().duplicates().ids()).isEqualTo(500);
      for (int id : new int[] {0, 299, 300, 499}) {
        assertThat(LogFixture.append(log, "id-" + id, id + NOISE.substring(id % 100)).duplicates())
            .hasSize(1);
        assertThat(log.find(Slice.utf8("id-" + id))).contains(new Position(0, id));
      }
    }
  }

  private static SegmentIds.Extent idsInFile(Storage disk) throws IOException {
    String name =
        disk.list("log").stream().filter(file -> file.endsWith(".ids")).findFirst().orElseThrow();
    return IdIndexFile.read(disk, "log/" + name, 0, LogFixture.seeds(disk))
        .orElseThrow()
        .ids()
        .extent();
  }

  @Test
  void a_damaged_id_index_is_made_anew() throws Exception {
    PowerCutStorage disk = new PowerCutStorage();
    try (SegmentedLog log = LogFixture.open(disk)) {
      fill(log, 0, 400);
    }
    for (String name : disk.list("log")) {
      if (name.endsWith(".ids")) {
        byte[] content = disk.content("log/" + name);
        content[IdSection.PAGE_BYTES + 10] ^= 1;
        disk.damage("log/" + name, content);
      }
    }
    try (SegmentedLog log = LogFixture.open(disk)) {
      assertThat(log.find(Slice.utf8("id-3"))).contains(new Position(0, 3));
      assertThat(LogFixture.append(log, "id-3", 3 + NOISE.substring(3)).duplicates()).hasSize(1);
      assertThat(log.state().problems()).containsOnlyKeys(Kind.REBUILT_INDEX);
    }
  }

  @Test
  void a_time_leads_to_the_first_position_at_or_after_it() throws Exception {
    try (SegmentedLog log = LogFixture.open(new PowerCutStorage())) {
      fill(log, 0, 300);

      assertThat(log.positionAt(0)).isEqualTo(Position.START);
      assertThat(log.positionAt(123_000)).isEqualTo(new Position(0, 123));
      assertThat(log.positionAt(122_001)).isEqualTo(new Position(0, 123));
      assertThat(log.positionAt(299_001)).isEqualTo(log.durableEnd());
      assertThat(log.logTimeMicros()).isEqualTo(299_000);
    }
  }

  @Test
  void a_waiting_reader_is_woken_by_the_next_append_and_by_close() throws Exception {
    SegmentedLog log = LogFixture.open(new PowerCutStorage());
    List<Boolean> answers = Collections.synchronizedList(new ArrayList<>());
    Thread waiter =
        Thread.ofVirtual()
            .start(() -> {
              try {
                answers.add(log.awaitBeyond(Position.START, Duration.ofMinutes(5)));
                answers.add(log.awaitBeyond(new Position(0, 1), Duration.ofMinutes(5)));
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    LogFixture.append(log, "id", "x");
    while (answers.isEmpty() && waiter.isAlive()) {
      Thread.onSpinWait();
    }
    log.close();
    waiter.join();

    assertThat(answers).containsExactly(true, false);
    assertThatThrownBy(() -> LogFixture.append(log, "late", "x"))
        .isInstanceOf(LogUnavailableException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void a_log_shorter_than_a_cursor_goes_on_behind_the_cursor() throws Exception {
    PowerCutStorage disk = new PowerCutStorage();
    try (SegmentedLog log = LogFixture.open(disk)) {
      fill(log, 0, 10);
    }
    SegmentedLog.Setup setup =
        new SegmentedLog.Setup(
            disk,
            LogFixture.SMALL,
            new SetClock(),
            new Position(0, 25),
            RetentionGuard.NONE,
            problem -> {});

    try (SegmentedLog log = SegmentedLog.open(setup)) {
      assertThat(log.durableEnd()).isEqualTo(new Position(0, 25));
      assertThat(LogFixture.append(log, "next", "x").start()).isEqualTo(new Position(0, 25));
      assertThat(log.state().epoch()).isEqualTo(1);
      assertThat(log.state().positionsLost()).isEqualTo(15);
      try (LogReader reader = log.reader(new Position(0, 5))) {
        RecordBatch batch = reader.read(100, 1 << 20);
        assertThat(batch.records()).hasSize(6);
        assertThat(batch.end()).isEqualTo(new Position(0, 26));
      }
    }
  }

  @Test
  void a_flipped_byte_costs_one_block_that_is_named_whether_at_start_or_when_read()
      throws Exception {
    PowerCutStorage original = new PowerCutStorage();
    try (SegmentedLog log = LogFixture.open(original)) {
      fill(log, 0, 150);
    }
    Map<String, byte[]> files =
        original.list("log").stream()
            .collect(Collectors.toMap(name -> name, name -> content(original, "log/" + name)));
    int cases = 0;
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      for (int offset = 0; offset < file.getValue().length; offset += 97) {
        PowerCutStorage disk = new PowerCutStorage();
        for (Map.Entry<String, byte[]> each : files.entrySet()) {
          disk.open("log/" + each.getKey()).close();
          byte[] bytes = each.getValue().clone();
          if (each.getKey().equals(file.getKey())) {
            bytes[offset] ^= 0x40;
          }
          disk.damage("log/" + each.getKey(), bytes);
        }
        try (SegmentedLog log = LogFixture.open(disk)) {
          List<LogFixture.Seen> seen = LogFixture.readAll(log);
          String where = file.getKey() + " byte " + offset;
          assertThat(seen.size()).as(where).isGreaterThanOrEqualTo(147);
          assertThat(log.state().positionsLost()).as(where).isEqualTo(150 - seen.size());
          assertThat(log.durableEnd().offset()).as(where).isEqualTo(150);
          assertThat(ids(seen)).isSubsetOf(idsUpTo(150));
        }
        cases++;
      }
    }
    assertThat(cases).isGreaterThan(300);
  }

  private static List<String> idsUpTo(int count) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add("id-" + i);
    }
    return all;
  }

  private static byte[] content(PowerCutStorage disk, String path) {
    try {
      return disk.content(path);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class RecordingGuard implements RetentionGuard {
    private final Position slowest;
    private boolean fail;

    RecordingGuard(Position slowest) {
      this.slowest = slowest;
    }

    @Override
    public Optional<Position> slowest() {
      return Optional.of(slowest);
    }

    @Override
    public List<Overtaken> expire(Position newStart) throws IOException {
      if (fail) {
        throw new IOException("the cursor journal cannot be written");
      }
      return List.of(new Overtaken("slow", new PositionRange(slowest, newStart)));
    }
  }
}
