package io.onex.log;

import io.onex.segment.Block;
import io.onex.segment.BlockCodec;
import io.onex.segment.BlockEntry;
import io.onex.segment.BlockReader;
import io.onex.segment.Compression;
import io.onex.segment.SegmentOptions;
import io.onex.segment.SegmentProblem;
import io.onex.segment.SegmentProblems;
import io.onex.segment.SegmentStore;
import io.onex.segment.SegmentSummary;
import io.onex.storage.Storage;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Looks into the files of a log that is not open, changing nothing. One thread at a time.
public final class LogInspection implements AutoCloseable {
  private static final int READ_AHEAD = 1 << 20;

  private final SegmentProblems problems = SegmentProblems.silent();
  private final BlockCodec codec = new BlockCodec(Compression.NONE);
  private final SegmentStore store;

  private LogInspection(Storage storage, LogConfig config, long floor) throws IOException {
    this.store =
        SegmentStore.inspect(
            storage,
            new SegmentOptions(config.directory(), 0, config.segmentBytes()),
            floor,
            problems,
            codec);
  }

  /// Opens the log of a data directory.
  ///
  /// @throws IOException when its files cannot be read at all
  public static LogInspection open(Storage storage, LogConfig config) throws IOException {
    long highWater = 0;
    if (storage.exists(LogMarks.path(config.directory()))) {
      try (LogMarks marks = LogMarks.open(storage, config.directory())) {
        highWater = marks.highWater();
      }
    }
    return new LogInspection(storage, config, highWater);
  }

  /// The segments, oldest first.
  public List<SegmentSummary> segments() {
    return store.segments();
  }

  /// The blocks of a segment, in order.
  ///
  /// @throws IOException when its file cannot be read
  public List<BlockEntry> blocks(SegmentSummary segment) throws IOException {
    return store.blocks(segment.firstPosition());
  }

  /// The problems found so far; all there are after [#verify].
  public List<SegmentProblem> problems() {
    return problems.latest();
  }

  /// Shows the records from `from` on, in order, until `visitor` answers false.
  ///
  /// @throws IOException when a file cannot be read
  public void records(Position from, Predicate<Record> visitor) throws IOException {
    try (BlockReader reader = store.reader(READ_AHEAD)) {
      long next = from.offset();
      for (Optional<Block> block = reader.read(next);
          block.isPresent();
          block = reader.read(block.get().header().endPosition())) {
        if (!show(reader, block.get(), next, visitor)) {
          return;
        }
      }
    }
  }

  private static boolean show(
      BlockReader reader, Block block, long from, Predicate<Record> visitor) {
    Optional<RecordRun> run = run(reader, block);
    long first = block.header().firstPosition();
    for (int i = (int) Math.max(0, from - first); run.isPresent() && i < run.get().count(); i++) {
      RecordFrame frame =
          new RecordFrame(run.get().array(), run.get().start(i), new Position(0, first + i));
      if (!visitor.test(Record.of(frame))) {
        return false;
      }
    }
    return true;
  }

  private static Optional<RecordRun> run(BlockReader reader, Block block) {
    RecordRun run = RecordRun.of(block.raw(), block.raw().length, block.header().count());
    if (run == null) {
      reader.damaged(block);
    }
    return Optional.ofNullable(run);
  }

  /// Reads every block and checks it.
  ///
  /// @throws IOException when a file cannot be read
  public Report verify() throws IOException {
    long blocks = 0;
    long records = 0;
    long rawBytes = 0;
    long storedBytes = 0;
    try (BlockReader reader = store.reader(READ_AHEAD)) {
      for (Optional<Block> block = reader.read(store.start());
          block.isPresent();
          block = reader.read(block.get().header().endPosition())) {
        if (run(reader, block.get()).isPresent()) {
          blocks++;
          records += block.get().header().count();
          rawBytes += block.get().header().rawBytes();
          storedBytes += block.get().header().storedBytes();
        }
      }
    }
    return new Report(
        new Position(0, store.start()),
        new Position(0, store.end()),
        store.segments().size(),
        blocks,
        records,
        rawBytes,
        storedBytes,
        problems.positionsLost(),
        problems.latest());
  }

  /// What a log holds.
  ///
  /// @param start oldest position
  /// @param end just past the newest one
  /// @param segments files
  /// @param blocks that can be read
  /// @param records in them
  /// @param rawBytes their encoded size
  /// @param storedBytes their size in the files
  /// @param positionsLost to damage
  /// @param problems what is wrong, oldest first; at most a thousand
  public record Report(
      Position start,
      Position end,
      int segments,
      long blocks,
      long records,
      long rawBytes,
      long storedBytes,
      long positionsLost,
      List<SegmentProblem> problems) {
    public Report {
      problems = List.copyOf(problems);
    }
  }

  @Override
  public void close() {
    store.close();
    codec.close();
  }
}
