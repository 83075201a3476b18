package io.onex.source.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.onex.bytes.Slice;
import io.onex.storage.PowerCutStorage;
import io.onex.storage.Storage;
import io.onex.telemetry.Telemetry;
import io.onex.time.Clock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a rotation does to a file, one thing at a time.
class RotationTest {
  private static final Path LOG = Path.of("/logs/app.log");

  private final SimulatedTree tree = new SimulatedTree();
  private final List<String> lines = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();
  private final DrivenClock clock = new DrivenClock();
  private final PowerCutStorage storage = new PowerCutStorage();
  private FileSettings.Start start = FileSettings.Start.BEGINNING;
  private String pattern = "/logs/**/*log*";
  private FileSource source;
  private Runnable duringTake = () -> {};

  @BeforeEach
  void folder() {
    tree.nowMicros = clock.wallMicros();
    tree.folder(Path.of("/logs/old"));
    tree.folder(Path.of("/logs/other"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "app.log.1",
        "app.log-20260101",
        "app-2026-01-01.log",
        "app.1.log",
        "app.log.bak",
        "old/app.log.1"
      })
  void a_copy_before_a_cut_is_not_read_again(String name) throws Exception {
    open();
    write(LOG, "1\n2\n");
    settle();
    copy(LOG, Path.of("/logs", name));
    tree.at(LOG).truncate();
    write(LOG, "3\n");
    settle();
    assertThat(lines).containsExactlyInAnyOrder("1", "2", "3");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void what_was_written_between_the_last_look_and_a_copy_is_read_from_the_copy(boolean matched)
      throws Exception {
    pattern = matched ? "/logs/app.log*" : "/logs/app.log";
    open();
    write(LOG, "1\n2\n");
    settle();
    write(LOG, "3\n");
    copy(LOG, Path.of("/logs/app.log.1"));
    tree.at(LOG).truncate();
    write(LOG, "4\n");
    settle();
    assertThat(lines).containsExactlyInAnyOrder("1", "2", "3", "4");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_rotation_that_was_packed_while_nobody_looked_is_read_on(boolean gzip) throws Exception {
    open();
    write(LOG, "1\n2\n");
    settle();
    source.close();
    write(LOG, "3\n");
    byte[] content = tree.at(LOG).content;
    tree.remove(LOG);
    write(LOG, "4\n");
    tree.create(Path.of("/logs/app.log.1.x"))
        .write(0, gzip ? gzip(content) : Zstd.compress(content));
    open();
    settle();
    restartAndSettle();
    assertThat(lines).containsExactlyInAnyOrder("1", "2", "3", "4");
  }

  @Test
  void a_copy_with_the_number_of_what_was_rewritten_while_nobody_looked_is_not_it()
      throws Exception {
    open();
    write(LOG, "1\n2\n");
    settle();
    int number = tree.at(LOG).number;
    source.close();
    copy(LOG, Path.of("/logs/new"));
    tree.rename(Path.of("/logs/new"), LOG);
    copy(LOG, Path.of("/logs/app.log.1"));
    assertThat(tree.at(Path.of("/logs/app.log.1")).number).isEqualTo(number);
    open();
    var _ = source.round();
    tree.at(LOG).truncate();
    write(LOG, "3\n");
    settle();
    assertThat(lines).containsExactlyInAnyOrder("1", "2", "3");
  }

  @ParameterizedTest
  @CsvSource({
    "made at one time and written to, 1, 5, 1, 7, 20, false",
    "made at two times, 1, 5, 7, 7, 20, true",
    "made at two times and not written to before, 5, 5, 6, 7, 20, true",
    "no time of making and written to, 5, 5, 7, 7, 20, false",
    "no time of making and written anew, 5, 5, 7, 7, 10, true",
    "not known before, 0, 5, 7, 7, 20, false",
    "not known now, 1, 5, 0, 7, 20, false"
  })
  void files_of_one_number_that_were_made_at_different_times_are_different(
      String what,
      long born,
      long changed,
      long bornNow,
      long changedNow,
      long sizeNow,
      boolean isAnother) {
    FileFacts before = new FileFacts(FileFacts.Kind.FILE, "1", 10, changed, born);
    FileFacts now = new FileFacts(FileFacts.Kind.FILE, "1", sizeNow, changedNow, bornNow);
    assertThat(before.isFollowedBy(now)).as(what).isEqualTo(isAnother);
  }

  /// Before each thing in turn that the gateway asks of the file system in a look.
  @ParameterizedTest
  @ValueSource(strings = {"renamed", "copied and cut", "rewritten", "rewritten twice"})
  void what_happens_while_the_gateway_looks_changes_nothing(String what) throws Exception {
    int asked = 1;
    for (int at = 0; at < asked; at++) {
      tree.paths().forEach(tree::remove);
      lines.clear();
      open();
      String name = at + "-";
      write(LOG, name + "1\n" + name + "2\n");
      settle();
      write(LOG, name + "3\n");
      asked = roundWith(at, what);
      tree.meanwhile = () -> {};
      write(LOG, name + "5\n");
      settle();
      source.close();
      assertThat(lines.stream().map(line -> line.replace(name, "")))
          .as("%s at %d", what, at)
          .containsExactlyInAnyOrder("1", "2", "3", "4", "5");
    }
    assertThat(asked).isGreaterThan(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"renamed", "copied and cut", "rewritten", "rewritten twice"})
  void what_happens_while_the_log_takes_lines_changes_nothing(String what) throws Exception {
    open();
    write(LOG, "1\n2\n");
    settle();
    write(LOG, "3\n");
    duringTake =
        () -> {
          duringTake = () -> {};
          happen(what);
        };
    settle();
    write(LOG, "5\n");
    settle();
    restartAndSettle();
    assertThat(lines).containsExactlyInAnyOrder("1", "2", "3", "4", "5");
  }

  /// @return how often the file system was asked
  private int roundWith(int at, String what) throws Exception {
    AtomicInteger asked = new AtomicInteger();
    tree.meanwhile =
        () -> {
          if (asked.getAndIncrement() == at) {
            happen(what);
          }
        };
    var _ = source.round();
    return asked.get();
  }

  private void happen(String what) {
    clock.nanos += 1_000_000;
    tree.nowMicros = clock.wallMicros();
    switch (what) {
      case "renamed" -> {
        tree.rename(LOG, Path.of("/logs/app.log.1"));
        write(LOG, "4\n");
      }
      case "copied and cut" -> {
        copy(LOG, Path.of("/logs/app.log.1"));
        long size = tree.at(LOG).content.length;
        tree.at(LOG).truncate();
        tree.at(LOG).write(size, bytes("4\n"));
      }
      case "rewritten" -> rewrite();
      default -> {
        rewrite();
        rewrite();
      }
    }
    if (what.startsWith("rewritten")) {
      write(LOG, "4\n");
    }
  }

  private void rewrite() {
    copy(LOG, Path.of("/logs/app.log-sed"));
    tree.rename(Path.of("/logs/app.log-sed"), LOG);
  }

  @Test
  void a_hole_in_front_of_a_line_is_passed_over() throws Exception {
    open();
    write(LOG, "1\n");
    settle();
    tree.at(LOG).truncate();
    tree.at(LOG).write(5000, bytes("2\n3\n"));
    settle();
    tree.at(LOG).write(9000, bytes("4\n"));
    settle();
    assertThat(lines).containsExactly("1", "2", "3", "4");
  }

  @Test
  void another_file_with_the_inode_and_the_first_line_of_one_given_up_is_new() throws Exception {
    open();
    write(LOG, "start\n");
    int number = tree.at(LOG).number;
    settle();
    tree.remove(LOG);
    settle();
    write(LOG, "start\nmore\n");
    assertThat(tree.at(LOG).number).isEqualTo(number);
    settle();
    assertThat(lines).containsExactly("start", "start", "more");
    assertThat(ids).hasSize(3);
  }

  @Test
  void files_of_two_programs_that_begin_alike_are_both_read() throws Exception {
    open();
    write(LOG, "start\n");
    settle();
    write(Path.of("/logs/other/app.log"), "start\n");
    write(Path.of("/logs/worker.log"), "start\n");
    settle();
    write(Path.of("/logs/other/app.log"), "a\n");
    write(Path.of("/logs/worker.log"), "b\n");
    settle();
    assertThat(lines).containsExactlyInAnyOrder("start", "start", "start", "a", "b");
    assertThat(ids).hasSize(5);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_file_rewritten_by_rename_is_read_once(boolean down) throws Exception {
    open();
    write(LOG, "1\n2\n");
    settle();
    if (down) {
      source.close();
    }
    copy(LOG, Path.of("/logs/sed"));
    tree.rename(Path.of("/logs/sed"), LOG);
    write(LOG, "3\n");
    if (down) {
      open();
    }
    settle();
    assertThat(lines).containsExactly("1", "2", "3");
  }

  @Test
  void what_was_made_while_the_gateway_was_down_is_new_whatever_from_says() throws Exception {
    start = FileSettings.Start.END;
    write(LOG, "old\n");
    open();
    settle();
    source.close();
    write(Path.of("/logs/b.log"), "1\n");
    write(LOG, "2\n");
    open();
    settle();
    assertThat(lines).containsExactlyInAnyOrder("1", "2");
  }

  @Test
  void packed_kinds_that_are_not_unpacked_and_bombs_are_passed_over() throws Exception {
    open();
    tree.create(Path.of("/logs/a.log")).write(0, new byte[] {(byte) 0xfd, '7', 'z', 'X', 'Z', 0});
    tree.create(Path.of("/logs/b.log")).write(0, Zstd.compress(new byte[80 << 20]));
    write(LOG, "1\n");
    settle();
    assertThat(lines).containsExactly("1");
  }

  @Test
  void positions_survive_a_power_cut_at_any_moment() throws Exception {
    for (int operations = 0; operations < 40; operations++) {
      PowerCutStorage disk = new PowerCutStorage();
      TailPositions positions = new TailPositions(disk, "sources/test");
      SavedTails first = saved(1);
      positions.save(first);
      positions.save(saved(2));
      disk.failAfter(operations);
      int tried = 2;
      try {
        for (; tried < 10; tried++) {
          positions.save(saved(tried + 1));
        }
      } catch (IOException e) {
        // The power went.
      }
      SavedTails after = new TailPositions(disk.cut(operations), "sources/test").load().saved();
      assertThat(after.floor()).isBetween(tried, tried + 1);
    }
  }

  private static SavedTails saved(int floor) {
    return new SavedTails(7, floor, List.of("/a/*"), List.of(), List.of());
  }

  private void open() throws IOException {
    Storage disk = storage;
    source =
        new FileSource(
            new FileSettings(
                "test",
                List.of(new PathPattern(pattern)),
                start,
                Duration.ofMillis(250),
                Duration.ofSeconds(5),
                1 << 16),
            this::take,
            disk,
            new Telemetry(),
            clock,
            new Random(1),
            tree);
  }

  private void restartAndSettle() throws Exception {
    source.close();
    open();
    settle();
  }

  /// Looks for half a minute.
  private void settle() throws Exception {
    for (int i = 0; i < 30; i++) {
      while (source.round()) {
        // Goes on until nothing is left to read.
      }
      clock.nanos += 1_000_000_000L;
      tree.nowMicros = clock.wallMicros();
    }
  }

  private void write(Path path, String text) {
    SimulatedTree.Inode inode = tree.at(path) == null ? tree.create(path) : tree.at(path);
    inode.write(inode.content.length, bytes(text));
  }

  private void copy(Path from, Path to) {
    tree.create(to).write(0, tree.at(from).content);
  }

  private void take(Slice taken, String file, LineIds lineIds) {
    duringTake.run();
    int offset = 0;
    for (String line : taken.utf8().lines().toList()) {
      lines.add(line);
      ids.add(lineIds.idOf(Slice.utf8(line), offset).utf8());
      offset += line.length() + 1;
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  private static final class DrivenClock implements Clock {
    private long nanos = 1_000_000_000_000L;

    @Override
    public long wallMicros() {
      return nanos / 1000;
    }

    @Override
    public long monotonicNanos() {
      return nanos;
    }
  }
}
