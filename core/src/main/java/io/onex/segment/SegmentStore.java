package io.onex.segment;

import io.onex.segment.SegmentProblem.Kind;
import io.onex.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/// A directory of segment files: blocks are appended at one end, read anywhere, and dropped at the
/// other end a segment at a time.
///
/// Appending is [#stage] any number of times, then [#commit], which forces; or [#rollBack] after a
/// failure of either. Those, [#roll] and [#close] belong to one thread. Everything else may be
/// called by any thread, and sees only what was forced. Positions are ordinals that the blocks use
/// up one after the other; after damage some are skipped, never used twice.
public final class SegmentStore implements AutoCloseable {
  private final Storage storage;
  private final SegmentOptions options;
  private final SegmentProblems problems;
  private final BlockCodec codec;
  private final ConcurrentSkipListMap<Long, Segment> segments = new ConcurrentSkipListMap<>();
  private long highestSequence;
  private int epoch;
  private volatile @Nullable SegmentWriter writer;
  private volatile long end;

  private SegmentStore(
      Storage storage, SegmentOptions options, SegmentProblems problems, BlockCodec codec) {
    this.storage = storage;
    this.options = options;
    this.problems = problems;
    this.codec = codec;
  }

  /// Opens the store in its directory and repairs what needs it; damage is named, never fatal.
  ///
  /// @param floor everything before this position is known to have been acknowledged or otherwise
  ///   used; when the files end before it, a new epoch begins there and the rest is named as
  ///   missing
  /// @param problems is told what was wrong
  /// @param codec reads and writes the blocks; stays the caller's
  /// @throws IOException when the directory cannot be read or written at all
  public static SegmentStore open(
      Storage storage,
      SegmentOptions options,
      long floor,
      SegmentProblems problems,
      BlockCodec codec)
      throws IOException {
    SegmentStore store = new SegmentStore(storage, options, problems, codec);
    store.recover(floor, true);
    return store;
  }

  /// Opens the store for reading only, changing nothing; for inspection of any directory.
  ///
  /// @param floor as for [#open]
  public static SegmentStore inspect(
      Storage storage,
      SegmentOptions options,
      long floor,
      SegmentProblems problems,
      BlockCodec codec)
      throws IOException {
    SegmentStore store = new SegmentStore(storage, options, problems, codec);
    store.recover(floor, false);
    return store;
  }

  private void recover(long floor, boolean repair) throws IOException {
    SegmentRecovery.Outcome outcome =
        new SegmentRecovery(storage, options, problems, repair).run(floor);
    highestSequence = outcome.highestSequence();
    for (Segment segment : outcome.segments()) {
      segments.put(segment.firstPosition(), segment);
      epoch = Math.max(epoch, segment.epoch());
    }
    end = Math.max(outcome.namedEnd(), floor);
    if (floor > outcome.namedEnd()) {
      problems.add(
          new SegmentProblem(
              Kind.MISSING_POSITIONS,
              options.directory(),
              0,
              0,
              outcome.namedEnd(),
              floor - outcome.namedEnd()));
    }
    boolean shorter = !segments.isEmpty() && end > segments.lastEntry().getValue().end();
    if (shorter || (segments.isEmpty() && floor > 0)) {
      epoch++;
    } else if (repair && outcome.appendable()) {
      writer = SegmentWriter.resume(storage, options, segments.lastEntry().getValue());
    }
  }

  /// The oldest position that can be read; [#end] when there is none.
  public long start() {
    Map.Entry<Long, Segment> first = segments.firstEntry();
    return first == null ? end : first.getKey();
  }

  /// The position just past the last block that was forced.
  public long end() {
    return end;
  }

  /// Rises each time positions had to be skipped.
  public int epoch() {
    return epoch;
  }

  /// The segments, oldest first.
  public List<SegmentSummary> segments() {
    List<SegmentSummary> summaries = new ArrayList<>();
    for (Segment segment : segments.values()) {
      Segment.State state = segment.state();
      summaries.add(
          new SegmentSummary(
              segment.path(),
              segment.epoch(),
              segment.firstPosition(),
              state.end(),
              state.bytes(),
              state.newestMicros(),
              segment.openIndex() != null));
    }
    return summaries;
  }

  /// Path without suffix of the segment that begins at `firstPosition`, empty when there is none:
  /// companions of a segment have it in common and are dropped together with it.
  public Optional<String> stem(long firstPosition) {
    return Optional.ofNullable(segments.get(firstPosition))
        .map(segment -> options.directory() + "/" + segment.name().stem());
  }

  /// The blocks of the segment that begins at `firstPosition`.
  public List<BlockEntry> blocks(long firstPosition) throws IOException {
    Segment segment = segments.get(firstPosition);
    List<BlockEntry> entries = new ArrayList<>();
    if (segment != null) {
      BlockIndex index = index(segment);
      for (int i = 0; i < index.size(); i++) {
        entries.add(index.get(i));
      }
    }
    return entries;
  }

  /// A reader of the blocks; one thread at a time.
  ///
  /// @param readAheadBytes how much is read from the file at a time, at least a block's header
  public BlockReader reader(int readAheadBytes) {
    return new BlockReader(this, storage, problems, codec, readAheadBytes);
  }

  /// Adds a block to those that the next [#commit] makes durable.
  ///
  /// @param count positions it takes up, at least 1
  /// @param newestMicros greatest time of its records
  /// @throws IOException when the disk is full or fails; then [#rollBack]
  public void stage(EncodedBlock block, int count, long newestMicros) throws IOException {
    writer().stage(block, count, newestMicros, end);
  }

  /// The position that the next staged block will begin at.
  public long stagedEnd() {
    SegmentWriter current = writer;
    return current == null ? end : current.stagedEnd();
  }

  /// Makes the staged blocks survive a power cut, then visible.
  ///
  /// @throws IOException when the disk is full or fails; then [#rollBack]
  public void commit() throws IOException {
    SegmentWriter current = writer;
    if (current != null) {
      end = current.commit();
    }
  }

  /// Forgets the staged blocks; their positions will be used by others. After a failed force the
  /// segment is given up, because what the operating system still holds of it cannot be trusted.
  public void rollBack() {
    SegmentWriter current = writer;
    if (current != null && !current.rollBack()) {
      closeWriter();
    }
  }

  /// First position of the segment that is being appended to; empty when the next staged block
  /// begins one.
  public OptionalLong openSegment() {
    SegmentWriter current = writer;
    return current == null
        ? OptionalLong.empty()
        : OptionalLong.of(current.segment().firstPosition());
  }

  /// Whether the open segment has reached its size.
  public boolean isFull() {
    SegmentWriter current = writer;
    return current != null && current.bytes() >= options.segmentBytes();
  }

  /// Closes the open segment; the next staged block begins a new one. Nothing may be staged.
  public void roll() {
    closeWriter();
  }

  /// Removes the closed segments that end at or before `position`, oldest first.
  ///
  /// @throws IOException when a file cannot be removed; those before it are
  public void dropBefore(long position) throws IOException {
    boolean dropped = false;
    for (Map.Entry<Long, Segment> entry : segments.entrySet()) {
      Segment segment = entry.getValue();
      SegmentWriter current = writer;
      boolean open = current != null && current.segment() == segment;
      if (open || segment.end() > position) {
        break;
      }
      segments.remove(entry.getKey());
      remove(segment);
      dropped = true;
    }
    if (dropped) {
      storage.forceDirectory(options.directory());
    }
  }

  private void remove(Segment segment) throws IOException {
    // The segment itself goes first: a companion without it is harmless, the reverse costs a scan.
    storage.delete(segment.path());
    SegmentWriter.removeCompanions(storage, options, segment);
  }

  boolean knows(Segment segment) {
    return segments.containsKey(segment.firstPosition());
  }

  /// The segment that contains `position`, or the first one after it.
  Optional<Segment> segmentAt(long position) {
    Map.Entry<Long, Segment> floor = segments.floorEntry(position);
    if (floor != null && floor.getValue().end() > position) {
      return Optional.of(floor.getValue());
    }
    Map.Entry<Long, Segment> next = segments.higherEntry(position);
    while (next != null && next.getValue().isEmpty()) {
      next = segments.higherEntry(next.getKey());
    }
    return next == null ? Optional.empty() : Optional.of(next.getValue());
  }

  /// The first position of a block that holds a record of `micros` or later; [#end] when none.
  public long positionOfBlockAt(long micros) throws IOException {
    for (Segment segment : segments.values()) {
      if (segment.state().newestMicros() >= micros) {
        Optional<BlockEntry> entry = index(segment).firstNewerThan(micros);
        if (entry.isPresent()) {
          return entry.get().firstPosition();
        }
      }
    }
    return end;
  }

  BlockIndex index(Segment segment) throws IOException {
    BlockIndex open = segment.openIndex();
    if (open != null) {
      return open;
    }
    String path = BlockIndexFile.path(options.directory(), segment.name());
    Optional<BlockIndex> read = BlockIndexFile.read(storage, path, segment.name());
    return read.isPresent() ? read.get() : rebuiltIndex(segment, path);
  }

  private BlockIndex rebuiltIndex(Segment segment, String path) throws IOException {
    BlockIndex index = new BlockIndex();
    SegmentScan scan;
    try (var file = storage.openForReading(segment.path())) {
      scan = SegmentScan.of(file, segment.firstPosition(), segment.end());
    }
    for (int i = 0; i < scan.size(); i++) {
      index.add(scan.entry(i));
    }
    problems.add(new SegmentProblem(Kind.REBUILT_INDEX, path, 0, 0, segment.firstPosition(), 0));
    return index;
  }

  private SegmentWriter writer() throws IOException {
    SegmentWriter current = writer;
    if (current == null) {
      Map.Entry<Long, Segment> last = segments.lastEntry();
      highestSequence++;
      current =
          SegmentWriter.create(
              storage,
              options,
              new SegmentHeader(
                  options.partition(),
                  epoch,
                  highestSequence,
                  end,
                  last == null ? end : last.getValue().end()));
      // In this order, so that retention never takes a segment without writer for a closed one.
      writer = current;
      segments.put(end, current.segment());
    }
    return current;
  }

  private void closeWriter() {
    SegmentWriter closing = writer;
    writer = null;
    if (closing == null) {
      return;
    }
    closing.close();
    Segment segment = closing.segment();
    if (segment.isEmpty()) {
      segments.remove(segment.firstPosition());
      closing.discard(storage);
      return;
    }
    BlockIndex index = segment.openIndex();
    if (index == null) {
      return;
    }
    try {
      BlockIndexFile.write(
          storage,
          BlockIndexFile.path(options.directory(), segment.name()),
          segment.name(),
          segment.end(),
          segment.state().bytes(),
          index);
      // Only if retention has not dropped it meanwhile.
      segments.replace(segment.firstPosition(), segment, segment.closed());
    } catch (IOException e) {
      // The index in memory goes on serving; the file is made anew by the next start.
      problems.add(
          new SegmentProblem(Kind.REBUILT_INDEX, segment.path(), 0, 0, segment.firstPosition(), 0));
    }
  }

  /// Closes the files. What was staged and not committed is forgotten.
  @Override
  public void close() {
    SegmentWriter current = writer;
    if (current != null) {
      writer = null;
      current.rollBack();
      current.close();
    }
  }
}
