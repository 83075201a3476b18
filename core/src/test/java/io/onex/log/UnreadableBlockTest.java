package io.onex.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onex.segment.BlockEntry;
import io.onex.segment.SegmentProblem;
import io.onex.segment.SegmentSummary;
import io.onex.storage.FileStorage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk that answers reads of one place with an error, for a while or for good.
class UnreadableBlockTest {
  private static final int RECORDS = 40;

  @TempDir private Path folder;
  private final SetClock clock = new SetClock();
  private final List<SegmentProblem> problems = new ArrayList<>();
  private BadSectorStorage storage;
  private FileStorage files;
  private SegmentedLog log;

  private final Map<Long, String> paths = new HashMap<>();
  private final Map<Long, BlockEntry> blocks = new HashMap<>();

  /// Every record is a block of its own, and none of them is in memory.
  @BeforeEach
  void open() throws Exception {
    files = FileStorage.open(folder);
    storage = new BadSectorStorage(files);
    try (SegmentedLog first = LogFixture.open(storage)) {
      for (int i = 0; i < RECORDS; i++) {
        LogFixture.append(first, "r" + i, "{\"n\":" + i + "}");
      }
    }
    try (LogInspection inspection = LogInspection.open(storage, LogFixture.SMALL)) {
      for (SegmentSummary segment : inspection.segments()) {
        for (BlockEntry block : inspection.blocks(segment)) {
          paths.put(block.firstPosition(), segment.file());
          blocks.put(block.firstPosition(), block);
        }
      }
    }
    assertThat(blocks).hasSize(RECORDS);
    log =
        SegmentedLog.open(
            new SegmentedLog.Setup(
                storage,
                LogFixture.SMALL,
                clock,
                Position.START,
                RetentionGuard.NONE,
                problems::add));
    problems.clear();
  }

  @AfterEach
  void close() throws IOException {
    log.close();
    files.close();
  }

  /// Makes the middle of the block at `position` unreadable.
  private void spoil(long position) {
    BlockEntry block = blocks.get(position);
    long middle = block.offset() + block.bytes() / 2;
    storage.spoil(paths.get(position), middle, middle + 1);
  }

  private static void assertUnreadable(LogReader reader) {
    Position before = reader.position();
    assertThatThrownBy(() -> reader.read(RECORDS, 1 << 20))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Input/output error");
    assertThat(reader.position()).isEqualTo(before);
  }

  private static List<String> idsOf(RecordBatch batch) {
    return batch.records().stream().map(record -> record.eventId().utf8()).toList();
  }

  @Test
  void a_block_that_is_unreadable_for_a_while_is_waited_for() throws Exception {
    spoil(20);
    try (LogReader reader = log.reader(new Position(0, 20))) {
      for (int i = 0; i < 3 * UnreadableBlocks.TRIES; i++) {
        assertUnreadable(reader);
      }
      clock.advance(UnreadableBlocks.PATIENCE.multipliedBy(10));
      storage.heal();
      assertThat(idsOf(reader.read(1, 4096))).containsExactly("r20");
    }
    assertThat(problems).isEmpty();
    assertThat(log.state().positionsLost()).isZero();
  }

  @Test
  void a_block_that_was_read_in_between_begins_anew() {
    UnreadableBlocks unreadable = new UnreadableBlocks(clock);
    for (int i = 1; i < UnreadableBlocks.TRIES; i++) {
      assertThat(unreadable.failed(20)).isFalse();
    }
    clock.advance(UnreadableBlocks.PATIENCE);
    unreadable.read(20);

    assertThat(unreadable.failed(20)).isFalse();
  }

  @Test
  void time_alone_does_not_give_a_block_up() {
    spoil(20);
    try (LogReader reader = log.reader(new Position(0, 20))) {
      assertUnreadable(reader);
      clock.advance(UnreadableBlocks.PATIENCE.multipliedBy(10));
      for (int i = 2; i < UnreadableBlocks.TRIES; i++) {
        assertUnreadable(reader);
      }
    }
    assertThat(problems).isEmpty();
  }

  @Test
  void one_that_stays_unreadable_is_named_and_lost_and_the_rest_is_read() throws Exception {
    spoil(20);
    try (LogReader reader = log.reader(Position.START)) {
      assertThat(idsOf(reader.read(20, 1 << 20))).endsWith("r18", "r19");
      Duration each = UnreadableBlocks.PATIENCE.dividedBy(UnreadableBlocks.TRIES - 1);
      for (int i = 1; i < UnreadableBlocks.TRIES; i++) {
        assertUnreadable(reader);
        clock.advance(each);
      }
      clock.advance(each);

      RecordBatch rest = reader.read(RECORDS, 1 << 20);

      assertThat(rest.start()).isEqualTo(new Position(0, 20));
      assertThat(idsOf(rest)).startsWith("r21", "r22").endsWith("r39").hasSize(19);
    }
    assertThat(problems).hasSize(1);
    SegmentProblem problem = problems.getFirst();
    assertThat(problem.kind()).isEqualTo(SegmentProblem.Kind.UNREADABLE_BLOCK);
    assertThat(problem.file()).isEqualTo(paths.get(20L));
    assertThat(problem.offset()).isEqualTo(blocks.get(20L).offset());
    assertThat(problem.message()).contains("check the disk").contains("lost: positions 20 to 20");
    assertThat(log.state().positionsLost()).isEqualTo(1);

    try (LogReader later = log.reader(new Position(0, 19))) {
      assertThat(idsOf(later.read(2, 4096))).as("nobody waits again").containsExactly("r19", "r21");
    }
    assertThat(problems).as("it is named once").hasSize(1);
    storage.heal();
    try (LogReader healed = log.reader(new Position(0, 20))) {
      assertThat(idsOf(healed.read(1, 4096))).as("what comes back is read").containsExactly("r20");
    }
  }

  @Test
  void reading_ahead_into_a_bad_place_does_not_spoil_the_blocks_before_it() throws Exception {
    spoil(RECORDS - 1);
    try (LogReader reader = log.reader(Position.START)) {
      List<String> ids = new ArrayList<>();
      while (ids.size() < RECORDS - 1) {
        ids.addAll(idsOf(reader.read(1, 4096)));
      }
      assertThat(ids).endsWith("r37", "r38");
      assertUnreadable(reader);
    }
  }
}
