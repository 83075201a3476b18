package io.onex.segment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onex.segment.SegmentProblem.Kind;
import io.onex.storage.Fault;
import io.onex.storage.FaultyStorage;
import io.onex.storage.PowerCutStorage;
import io.onex.storage.Storage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SegmentStoreTest {
  private static final SegmentOptions SMALL = new SegmentOptions("data", 0, 4096);

  private final BlockCodec codec = new BlockCodec(Compression.STANDARD);
  private final SegmentProblems problems = SegmentProblems.silent();

  private SegmentStore open(Storage storage) throws IOException {
    return open(storage, 0);
  }

  private SegmentStore open(Storage storage, long floor) throws IOException {
    return SegmentStore.open(storage, SMALL, floor, problems, codec);
  }

  private void append(SegmentStore store, int count, String text) throws IOException {
    if (store.isFull()) {
      store.roll();
    }
    byte[] raw = text.getBytes(UTF_8);
    store.stage(codec.encode(raw, 0, raw.length), count, store.stagedEnd());
    store.commit();
  }

  private static Map<Long, String> readAll(SegmentStore store) throws IOException {
    Map<Long, String> blocks = new TreeMap<>();
    try (BlockReader reader = store.reader(1024)) {
      long position = store.start();
      Optional<Block> block = reader.read(position);
      while (block.isPresent()) {
        blocks.put(block.get().header().firstPosition(), new String(block.get().raw(), UTF_8));
        block = reader.read(block.get().header().endPosition());
      }
    }
    return blocks;
  }

  /// Twenty blocks of three positions in several segments, closed in good order.
  private PowerCutStorage filled() throws IOException {
    PowerCutStorage disk = new PowerCutStorage();
    try (SegmentStore store = open(disk)) {
      for (int i = 0; i < 20; i++) {
        append(store, 3, text(i));
      }
    }
    return disk;
  }

  private static PowerCutStorage copy(PowerCutStorage original) throws IOException {
    PowerCutStorage copy = new PowerCutStorage();
    for (String name : original.list("data")) {
      copy.open("data/" + name).close();
      copy.damage("data/" + name, original.content("data/" + name));
    }
    return copy;
  }

  private static String text(int i) {
    byte[] noise = new byte[i % 2 == 0 ? 900 : 100];
    new Random(i).nextBytes(noise);
    return i + " " + HexFormat.of().formatHex(noise);
  }

  private static List<String> segmentFiles(Storage disk) throws IOException {
    return disk.list("data").stream()
        .filter(name -> name.endsWith(".segment"))
        .map(name -> "data/" + name)
        .toList();
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void a_log_written_with_any_compression_is_read_with_any_other(Compression compression)
      throws IOException {
    String text = "{\"node_id\":\"n\",\"event_id\":\"%08d\"}".formatted(7).repeat(200);
    byte[] raw = text.getBytes(UTF_8);
    int stored;
    try (BlockCodec writing = new BlockCodec(compression)) {
      stored = writing.encode(raw, 0, raw.length).storedBytes();
      PowerCutStorage disk = new PowerCutStorage();
      SegmentStore store = SegmentStore.open(disk, SMALL, 0, problems, writing);
      store.stage(writing.encode(raw, 0, raw.length), 3, 1);
      store.commit();
      store.close();
      for (Compression other : Compression.values()) {
        try (BlockCodec reading = new BlockCodec(other)) {
          SegmentStore again = SegmentStore.open(disk, SMALL, 0, problems, reading);
          assertThat(readAll(again)).containsExactly(Map.entry(0L, text));
          again.close();
        }
      }
    }
    if (compression == Compression.NONE) {
      assertThat(stored).isEqualTo(raw.length);
    } else {
      assertThat(stored).isLessThan(raw.length / 4);
    }
  }

  @Test
  void blocks_are_read_back_in_order_across_segments_and_restarts() throws IOException {
    PowerCutStorage disk = filled();

    SegmentStore store = open(disk);

    assertThat(store.segments()).hasSizeGreaterThan(2);
    Map<Long, String> blocks = readAll(store);
    assertThat(blocks).hasSize(20);
    for (int i = 0; i < 20; i++) {
      assertThat(blocks).containsEntry(3L * i, text(i));
    }
    assertThat(problems.counts()).isEmpty();
  }

  @Test
  void a_flipped_byte_anywhere_costs_at_most_its_block_and_is_named() throws IOException {
    PowerCutStorage original = filled();
    Map<Long, String> whole = readAll(open(original));
    for (String path : segmentFiles(original)) {
      int length = original.content(path).length;
      for (int offset = 0; offset < length; offset += 31) {
        PowerCutStorage disk = copy(original);
        byte[] content = disk.content(path);
        content[offset] ^= 0x10;
        disk.damage(path, content);
        SegmentProblems found = SegmentProblems.silent();

        SegmentStore store = SegmentStore.open(disk, SMALL, 60, found, codec);
        Map<Long, String> blocks = readAll(store);

        assertThat(whole).as("%s byte %d", path, offset).containsAllEntriesOf(blocks);
        assertThat(blocks.size()).as("%s byte %d", path, offset).isGreaterThanOrEqualTo(19);
        assertThat(store.end()).isEqualTo(60);
        if (blocks.size() == 19) {
          assertThat(found.positionsLost()).as("%s byte %d", path, offset).isEqualTo(3);
          assertThat(found.latest())
              .anyMatch(problem ->
                  problem.message().contains("lost") && problem.file().startsWith("data"));
        }
      }
    }
  }

  @Test
  void a_torn_tail_is_cut_and_positions_behind_it_are_used_again_only_when_unacknowledged()
      throws IOException {
    PowerCutStorage disk = filled();
    String last = segmentFiles(disk).getLast();
    byte[] content = disk.content(last);
    byte[] torn = Arrays.copyOf(content, content.length - 5);
    disk.damage(last, torn);

    SegmentStore store = open(disk);

    assertThat(store.end()).isEqualTo(57);
    assertThat(problems.counts()).containsEntry(Kind.TORN_TAIL, 1L);
    append(store, 1, "next");
    assertThat(readAll(open(disk))).containsEntry(57L, "next");
  }

  @Test
  void a_store_that_lost_acknowledged_positions_begins_a_new_epoch_behind_them()
      throws IOException {
    PowerCutStorage disk = filled();
    String last = segmentFiles(disk).getLast();
    disk.damage(last, Arrays.copyOf(disk.content(last), 70));

    SegmentStore store = open(disk, 60);
    long lost = 60 - store.segments().getLast().endPosition();
    append(store, 1, "after");

    assertThat(lost).isPositive();
    assertThat(problems.positionsLost()).isEqualTo(lost);
    assertThat(store.epoch()).isEqualTo(1);
    assertThat(readAll(store)).containsEntry(60L, "after");
    SegmentProblems again = SegmentProblems.silent();
    assertThat(SegmentStore.open(disk, SMALL, 61, again, codec).epoch()).isEqualTo(1);
    assertThat(again.positionsLost()).isZero();
  }

  @Test
  void empty_foreign_copied_and_missing_files_never_stop_a_start() throws IOException {
    PowerCutStorage disk = filled();
    List<String> files = segmentFiles(disk);
    disk.damage(files.get(1), new byte[0]);
    try (var copy = disk.open("data/0000000099-0000000000000000000.segment")) {
      copy.write(ByteBuffer.wrap(disk.content(files.get(0))), 0);
    }
    disk.open("data/notes.segment").write(ByteBuffer.wrap(new byte[10]), 0);
    disk.open("data/0000000100-0000000000000000070.segment").close();
    disk.delete(files.get(2));

    SegmentStore store = open(disk, 60);
    Map<Long, String> blocks = readAll(store);

    assertThat(problems.counts())
        .containsEntry(Kind.EMPTY_FILE, 2L)
        .containsEntry(Kind.FOREIGN_FILE, 2L)
        .containsEntry(Kind.MISSING_POSITIONS, 1L);
    assertThat(problems.positionsLost()).isEqualTo(60 - 3L * blocks.size());
    append(store, 1, "next");
    assertThat(readAll(open(disk, 61))).hasSize(blocks.size() + 1).containsEntry(60L, "next");
  }

  @Test
  void a_damaged_index_is_made_anew_from_the_segment() throws IOException {
    PowerCutStorage disk = filled();
    for (String name : disk.list("data")) {
      if (name.endsWith(".blocks")) {
        byte[] content = disk.content("data/" + name);
        content[content.length / 2] ^= 1;
        disk.damage("data/" + name, content);
      }
    }

    assertThat(readAll(open(disk))).hasSize(20);
    assertThat(problems.counts()).containsKey(Kind.REBUILT_INDEX);
    assertThat(problems.positionsLost()).isZero();
  }

  @Test
  void a_failed_force_gives_the_segment_up_and_the_next_block_begins_another() throws IOException {
    PowerCutStorage disk = new PowerCutStorage();
    FaultyStorage storage = new FaultyStorage(disk);
    SegmentStore store = open(storage);
    append(store, 1, "first");
    storage.inject(Fault.once(Fault.Operation.FORCE, Fault.Kind.IO_ERROR));

    assertThatThrownBy(() -> append(store, 1, "failed")).hasMessageContaining("Input/output error");
    store.rollBack();
    append(store, 1, "second");

    assertThat(readAll(store)).containsExactly(Map.entry(0L, "first"), Map.entry(1L, "second"));
    assertThat(store.segments()).hasSize(2);
    assertThat(readAll(open(disk))).hasSize(2);
  }

  @Test
  void dropping_takes_whole_segments_from_the_old_end() throws IOException {
    PowerCutStorage disk = filled();
    SegmentStore store = open(disk);
    long second = store.segments().get(1).firstPosition();

    store.dropBefore(second + 1);

    assertThat(store.start()).isEqualTo(second);
    assertThat(disk.list("data")).noneMatch(name -> name.startsWith("0000000001-"));
    assertThat(readAll(open(disk)).keySet()).allMatch(position -> position >= second);
  }

  @Test
  void whatever_a_power_cut_leaves_all_committed_blocks_are_there_and_nothing_else()
      throws IOException {
    long base = Long.getLong("onex.seed", 4711);
    System.out.println("power cuts of segments: 400 seeds from " + base);
    for (long seed = base; seed < base + 400; seed++) {
      Random random = new Random(seed);
      PowerCutStorage disk = new PowerCutStorage();
      Map<Long, String> committed = new TreeMap<>();
      for (int life = 0; life < 3; life++) {
        disk = live(disk, committed, random);
        SegmentProblems found = SegmentProblems.silent();
        SegmentStore store = SegmentStore.open(disk, SMALL, 0, found, codec);
        Map<Long, String> blocks = readAll(store);
        assertThat(blocks).as("seed %d", seed).containsAllEntriesOf(committed);
        assertThat(found.positionsLost()).as("seed %d", seed).isZero();
        committed.putAll(blocks);
        store.close();
      }
    }
  }

  /// Runs a store until the disk goes down; commits land in `committed`.
  private PowerCutStorage live(PowerCutStorage disk, Map<Long, String> committed, Random random)
      throws IOException {
    SegmentStore store = open(disk);
    disk.failAfter(random.nextInt(60));
    try {
      for (int i = 0; i < 40; i++) {
        Map<Long, String> staged = new TreeMap<>();
        for (int j = random.nextInt(3); j >= 0; j--) {
          String text = random.nextLong() + text(random.nextInt(20));
          staged.put(store.stagedEnd(), text);
          byte[] raw = text.getBytes(UTF_8);
          store.stage(codec.encode(raw, 0, raw.length), 1 + random.nextInt(4), 0);
        }
        store.commit();
        committed.putAll(staged);
        if (store.isFull()) {
          store.roll();
        }
      }
    } catch (IOException e) {
      store.rollBack();
    }
    return disk.cut(random.nextLong());
  }
}
