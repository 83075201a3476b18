package io.onex.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onex.bytes.Slice;
import io.onex.log.LogUnavailableException;
import io.onex.storage.FileStorage;
import io.onex.telemetry.Telemetry;
import io.onex.time.Clock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSourceTest {
  private static final int MAX_LINE = 2 << 20;

  @TempDir private Path folder;
  private final List<String> lines = new ArrayList<>();
  private final Set<String> ids = new LinkedHashSet<>();
  private final DrivenClock clock = new DrivenClock();
  private boolean logFull;
  private FileStorage storage;
  private FileSource source;

  @BeforeEach
  void open() throws IOException {
    storage = FileStorage.open(folder.resolve("data"));
    source = source(FileSettings.Start.BEGINNING);
  }

  @AfterEach
  void close() throws IOException {
    source.close();
    storage.close();
  }

  @Test
  void lines_are_taken_once_and_in_order_as_they_are_written() throws Exception {
    write("a.ndjson", "1\n2\n");
    drain();
    write("a.ndjson", "3\n");
    drain();
    drain();
    assertThat(lines).containsExactly("1", "2", "3");
  }

  @Test
  void a_line_waits_until_its_newline_is_written() throws Exception {
    write("a.ndjson", "1\n{\"half\":");
    drain();
    assertThat(lines).containsExactly("1");
    write("a.ndjson", "true}\n");
    drain();
    assertThat(lines).containsExactly("1", "{\"half\":true}");
  }

  @Test
  void a_renamed_file_is_read_to_its_end_and_its_successor_from_the_beginning() throws Exception {
    write("a.ndjson", "1\n");
    drain();
    write("a.ndjson", "2\n");
    Files.move(folder.resolve("a.ndjson"), folder.resolve("a.ndjson.1"));
    write("a.ndjson", "3\n");
    drain();
    assertThat(lines).containsExactlyInAnyOrder("1", "2", "3");
  }

  @Test
  void the_last_line_of_a_renamed_file_is_taken_without_newline_after_the_grace() throws Exception {
    write("a.ndjson", "1\n2");
    drain();
    Files.move(folder.resolve("a.ndjson"), folder.resolve("gone"));
    drain();
    assertThat(lines).containsExactly("1");
    clock.nanos += Duration.ofSeconds(6).toNanos();
    drain();
    assertThat(lines).containsExactly("1", "2");
  }

  @Test
  void a_file_cut_to_nothing_and_written_again_is_read_from_its_beginning() throws Exception {
    write("a.ndjson", "1\n2\n");
    drain();
    Files.writeString(folder.resolve("a.ndjson"), "3\n", StandardOpenOption.TRUNCATE_EXISTING);
    drain();
    assertThat(lines).containsExactly("1", "2", "3");
  }

  @Test
  void a_file_cut_and_grown_past_the_old_place_between_two_looks_is_noticed() throws Exception {
    write("a.ndjson", "1\n2\n");
    drain();
    Files.writeString(
        folder.resolve("a.ndjson"), "3\n4\n5\n6\n", StandardOpenOption.TRUNCATE_EXISTING);
    drain();
    assertThat(lines).containsExactly("1", "2", "3", "4", "5", "6");
  }

  @Test
  void the_same_line_after_a_truncation_has_another_id() throws Exception {
    write("a.ndjson", "1\n");
    drain();
    Files.writeString(folder.resolve("a.ndjson"), "", StandardOpenOption.TRUNCATE_EXISTING);
    drain();
    write("a.ndjson", "1\n");
    drain();
    assertThat(lines).containsExactly("1", "1");
    assertThat(ids).hasSize(2);
  }

  @Test
  void a_restart_goes_on_where_it_stopped() throws Exception {
    write("a.ndjson", "1\n");
    drain();
    restart();
    write("a.ndjson", "2\n");
    drain();
    assertThat(lines).containsExactly("1", "2");
  }

  @Test
  void a_file_renamed_while_the_program_was_down_is_read_to_its_end() throws Exception {
    write("a.ndjson", "1\n");
    drain();
    write("a.ndjson", "2\n");
    Files.move(folder.resolve("a.ndjson"), folder.resolve("a.ndjson.1"));
    write("a.ndjson", "3\n");
    restart();
    drain();
    assertThat(lines).containsExactlyInAnyOrder("1", "2", "3");
  }

  @Test
  void lines_that_are_read_again_after_a_crash_have_the_ids_they_had() throws Exception {
    write("a.ndjson", "1\n2\n");
    drain();
    assertThat(ids).hasSize(2);
    Files.delete(folder.resolve("data/sources/test/positions"));
    // A crash: the position was never saved.
    source = source(FileSettings.Start.BEGINNING);
    drain();
    assertThat(lines).containsExactly("1", "2", "1", "2");
    assertThat(ids).hasSize(2);
  }

  @Test
  void nothing_moves_while_the_log_cannot_append() throws Exception {
    logFull = true;
    write("a.ndjson", "1\n");
    assertThatThrownBy(() -> source.round()).isInstanceOf(LogUnavailableException.class);
    logFull = false;
    drain();
    assertThat(lines).containsExactly("1");
  }

  @Test
  void a_line_over_the_limit_is_offered_by_its_beginning_and_disturbs_no_other() throws Exception {
    write("a.ndjson", "1\n" + "x".repeat(MAX_LINE + 10) + "\n2\n");
    drain();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).isEqualTo("1");
    assertThat(lines.get(1)).hasSize(MAX_LINE + 1);
    assertThat(lines.get(2)).isEqualTo("2");
  }

  @Test
  void a_source_that_starts_at_the_end_skips_only_what_was_there_before_it() throws Exception {
    write("a.ndjson", "old\n");
    source = source(FileSettings.Start.END);
    drain();
    write("a.ndjson", "new\n");
    write("b.ndjson", "from a new file\n");
    drain();
    assertThat(lines).containsExactlyInAnyOrder("new", "from a new file");
  }

  @Test
  void damaged_positions_are_set_aside_and_those_before_them_are_taken() throws Exception {
    write("a.ndjson", "1\n");
    drain();
    write("a.ndjson", "2\n");
    drain();
    Path saved = folder.resolve("data/sources/test/positions");
    byte[] good = Files.readAllBytes(saved);
    for (byte[] damaged : damaged(good)) {
      source.close();
      Files.write(saved, damaged);
      source = source(FileSettings.Start.BEGINNING);
      drain();
      assertThat(Set.copyOf(lines)).containsExactlyInAnyOrder("1", "2");
      assertThat(ids).hasSize(2);
      assertThat(folder.resolve("data/sources/test/positions.damaged")).hasBinaryContent(damaged);
    }
  }

  @Test
  void when_all_positions_are_damaged_all_is_read_again_under_the_ids_it_had() throws Exception {
    write("a.ndjson", "1\n2\n");
    drain();
    write("a.ndjson", "3\n");
    drain();
    source.close();
    Files.write(folder.resolve("data/sources/test/positions"), new byte[0]);
    Files.write(folder.resolve("data/sources/test/positions.previous"), new byte[100]);
    source = source(FileSettings.Start.BEGINNING);
    drain();
    assertThat(lines).containsExactly("1", "2", "3", "1", "2", "3");
    assertThat(ids).hasSize(3);
  }

  @Test
  void positions_of_the_first_version_are_read() throws Exception {
    write("a.ndjson", "1\n2\n");
    write("b\nc.ndjson", "3\n4\n");
    source.close();
    String a = identity("a.ndjson");
    String b = identity("b\nc.ndjson");
    String text =
        "onex file positions 1\n%s\t2\t0\t%s\t%s\n%s\t2\t0\t%s\t%s\n"
            .formatted(
                a,
                check("1\n"),
                folder.resolve("a.ndjson"),
                b,
                check("3\n"),
                folder.resolve("b\nc.ndjson"));
    Files.createDirectories(folder.resolve("data/sources/test"));
    Files.writeString(folder.resolve("data/sources/test/positions"), text + check(text) + "\n");
    source = source(FileSettings.Start.BEGINNING);
    drain();
    assertThat(lines).containsExactlyInAnyOrder("2", "4");
    restart();
    drain();
    assertThat(lines).hasSize(2);
  }

  @Test
  void positions_of_the_second_version_are_read() throws Exception {
    write("a.ndjson", "{\"a\":\"" + "x".repeat(2000) + "\"}\n2\n");
    drain();
    Files.copy(folder.resolve("a.ndjson"), folder.resolve("a.1.ndjson"));
    drain();
    source.close();
    assertThat(lines).hasSize(2);
    Path saved = folder.resolve("data/sources/test/positions");
    StringBuilder text = new StringBuilder("onex file positions 2\n");
    List<String> now = Files.readAllLines(saved);
    assertThat(now.stream().map(line -> line.split("\t", 2)[0])).contains("read", "held");
    for (String line : now.subList(1, now.size() - 1)) {
      List<String> parts = List.of(line.split("\t", -1));
      int added =
          Map.of("read", 3, "cut", 3, "removed", 3, "held", 1).getOrDefault(parts.getFirst(), 0);
      text.append(String.join("\t", parts.subList(0, parts.size() - added))).append('\n');
    }
    Files.writeString(saved, text + check(text.toString()) + "\n");
    source = source(FileSettings.Start.BEGINNING);
    write("a.ndjson", "3\n");
    drain();
    assertThat(lines).hasSize(3).contains("3");
    assertThat(saved).content().startsWith("onex file positions 3\n");
  }

  @Test
  void positions_of_a_newer_version_are_refused_in_a_sentence() throws Exception {
    String text = "onex file positions 4\nwhatever\n";
    Path saved = folder.resolve("data/sources/test/positions");
    Files.createDirectories(saved.getParent());
    Files.writeString(saved, text + check(text) + "\n");
    assertThatThrownBy(() -> source(FileSettings.Start.BEGINNING))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("version 4")
        .hasMessageContaining("newer program");
    assertThat(saved).hasContent(text + check(text));
  }

  @Test
  void a_file_whose_name_is_any_bytes_is_followed_over_a_restart() throws Exception {
    byte[][] names = {{'a', '\n', 'b'}, {(byte) 0xe9}, {0x1b, '['}, {'\t', ' '}, {'%'}};
    int number = 0;
    for (byte[] name : names) {
      byte[] whole = Arrays.copyOf(name, name.length + 7);
      System.arraycopy(".ndjson".getBytes(StandardCharsets.US_ASCII), 0, whole, name.length, 7);
      Files.writeString(RawPath.child(folder, whole), ++number + "\n");
    }
    drain();
    restart();
    drain();
    assertThat(lines).containsExactlyInAnyOrder("1", "2", "3", "4", "5");
  }

  private static List<byte[]> damaged(byte[] good) {
    byte[] flipped = good.clone();
    flipped[30] ^= 1;
    return List.of(
        flipped,
        new byte[0],
        new byte[good.length],
        Arrays.copyOf(good, good.length - 3),
        Arrays.copyOf(good, good.length + 1),
        Arrays.copyOf(good, 5),
        "\n".getBytes(StandardCharsets.US_ASCII));
  }

  private String identity(String name) throws IOException {
    return new DiskTree().facts(folder.resolve(name)).key();
  }

  private static String check(String text) {
    CRC32C crc = new CRC32C();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return Long.toHexString(crc.getValue());
  }

  private void restart() throws IOException {
    source.close();
    source = source(FileSettings.Start.BEGINNING);
  }

  private FileSource source(FileSettings.Start start) throws IOException {
    FileSettings settings =
        new FileSettings(
            "test",
            List.of(new PathPattern(folder + "/*.ndjson")),
            start,
            Duration.ofMillis(250),
            Duration.ofSeconds(5),
            MAX_LINE);
    return new FileSource(settings, this::take, storage, new Telemetry(), clock, new Random(1));
  }

  private void take(Slice taken, String file, LineIds lineIds) throws LogUnavailableException {
    if (logFull) {
      throw new LogUnavailableException("full", new IOException("no space"));
    }
    int offset = 0;
    for (String line : taken.utf8().lines().toList()) {
      lines.add(line);
      ids.add(lineIds.idOf(Slice.utf8(line), offset).utf8());
      offset += line.length() + 1;
    }
  }

  private void drain() throws Exception {
    while (source.round()) {
      // Goes on until nothing is left to read.
    }
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(
        folder.resolve(name), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static final class DrivenClock implements Clock {
    private long nanos;

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
