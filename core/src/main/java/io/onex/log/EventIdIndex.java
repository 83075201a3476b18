package io.onex.log;

import io.onex.segment.Block;
import io.onex.segment.BlockReader;
import io.onex.segment.SegmentProblem;
import io.onex.segment.SegmentProblem.Kind;
import io.onex.segment.SegmentProblems;
import io.onex.segment.SegmentStore;
import io.onex.segment.SegmentSummary;
import io.onex.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/// Where each event id stands, and what was concluded from it: in memory for the segment that is
/// being appended to, in a file for each closed one. The committer adds; any thread finds.
///
/// The open segment has a file, too, written now and then and at the end, so that a start decodes
/// only what was appended after it.
final class EventIdIndex {
  private static final int READ_AHEAD = 1 << 20;

  /// The ids of the open segment are written when there are this many, and twice as many each time.
  private static final int FIRST_WRITTEN = 1 << 17;

  private final Storage storage;
  private final SegmentStore store;
  private final SegmentProblems problems;
  private final IdSeeds seeds;
  private final ConcurrentSkipListMap<Long, SegmentIds> unwritten = new ConcurrentSkipListMap<>();
  private volatile @Nullable SegmentIds open;
  private volatile Written written = new Written(-1, 0, 0);

  /// What the file of the open segment holds.
  private record Written(long segment, int size, long end) {}

  EventIdIndex(Storage storage, SegmentStore store, SegmentProblems problems, IdSeeds seeds) {
    this.storage = storage;
    this.store = store;
    this.problems = problems;
    this.seeds = seeds;
  }

  /// Ids of the segment that is being appended to.
  int openSize() {
    SegmentIds current = open;
    return current == null ? 0 : current.size();
  }

  /// Adds the ids of consecutive durable records. Committer only.
  ///
  /// @param segment first position of the segment they are in
  /// @param first position of the first of them
  void add(long segment, List<RecordKeys> keys, long first) {
    SegmentIds current = open;
    if (current == null || current.firstPosition() != segment) {
      retire();
      current = new SegmentIds(segment);
      open = current;
    }
    long position = first;
    for (RecordKeys part : keys) {
      current.add(part, position);
      position += part.count();
    }
  }

  /// The open segment is closed; its ids wait to be written. Committer only.
  void retire() {
    SegmentIds current = open;
    if (current != null) {
      unwritten.put(current.firstPosition(), current);
      open = null;
    }
  }

  /// Whether [#write] would write ids of the open segment.
  boolean isDue() {
    SegmentIds current = open;
    return current != null && isDue(current);
  }

  private boolean isDue(SegmentIds current) {
    Written known = written;
    int before = known.segment() == current.firstPosition() ? known.size() : 0;
    return current.size() >= Math.max(FIRST_WRITTEN, 2 * before);
  }

  /// Writes the ids of closed segments, and those of the open one when they have doubled. Takes a
  /// good part of a second per segment.
  void write() throws IOException {
    SegmentIds current = open;
    if (current != null && isDue(current)) {
      writeOpen(current);
    }
    writeClosed();
  }

  /// Writes all that is not written. Nothing is added any more.
  void writeAll() throws IOException {
    SegmentIds current = open;
    Written known = written;
    if (current != null
        && (known.segment() != current.firstPosition() || known.end() < current.end())) {
      writeOpen(current);
    }
    writeClosed();
  }

  private void writeOpen(SegmentIds current) throws IOException {
    Optional<String> path = path(current.firstPosition());
    if (path.isPresent()) {
      SegmentIds.Extent extent = current.extent();
      IdIndexFile.write(storage, path.get(), current, extent, seeds);
      written = new Written(current.firstPosition(), extent.records(), extent.end());
    }
  }

  private void writeClosed() throws IOException {
    for (Map.Entry<Long, SegmentIds> entry : unwritten.entrySet()) {
      Optional<String> path = path(entry.getKey());
      if (path.isPresent()) {
        SegmentIds ids = entry.getValue();
        IdIndexFile.write(storage, path.get(), ids, ids.extent(), seeds);
      }
      unwritten.remove(entry.getKey());
    }
  }

  /// Empty once retention has dropped the segment.
  private Optional<String> path(long segment) {
    return store.stem(segment).map(stem -> stem + IdIndexFile.SUFFIX);
  }

  /// The position of the record for which this is the id of that role; newest segment first.
  OptionalLong find(IdRole role, EventKey key) throws IOException {
    long[] found = findAll(role, key, 1);
    return found.length > 0 ? OptionalLong.of(found[0]) : OptionalLong.empty();
  }

  /// As [#find], the first `most` of them; those of the newest segment come first.
  long[] findAll(IdRole role, EventKey key, int most) throws IOException {
    SegmentIds current = open;
    long[] found = current == null ? new long[0] : current.findAll(role, key, most);
    for (SegmentSummary segment : store.segments().reversed()) {
      if (found.length >= most) {
        return found;
      }
      if (current == null || segment.firstPosition() != current.firstPosition()) {
        long[] more = findAll(segment, role, key, most - found.length);
        found = Arrays.copyOf(found, found.length + more.length);
        System.arraycopy(more, 0, found, found.length - more.length, more.length);
      }
    }
    return found;
  }

  private long[] findAll(SegmentSummary segment, IdRole role, EventKey key, int most)
      throws IOException {
    long first = segment.firstPosition();
    SegmentIds inMemory = unwritten.get(first);
    if (inMemory != null) {
      return inMemory.findAll(role, key, most);
    }
    Optional<String> path = path(first);
    if (path.isEmpty()) {
      return new long[0];
    }
    long end = segment.endPosition();
    return switch (IdIndexFile.findAll(storage, path.get(), first, end, role, key, most, seeds)) {
      case IdIndexFile.Answer.Positions(long[] offsets) -> offsets;
      case IdIndexFile.Answer.Position(OptionalLong offset) -> offset.stream().toArray();
      case IdIndexFile.Answer.Unusable() -> rebuilt(segment).findAll(role, key, most);
    };
  }

  /// The ids of the last segments, oldest segment first, until there are `wanted`; the segment that
  /// will be appended to is taken over.
  List<SegmentIds> restore(int wanted) throws IOException {
    List<SegmentIds> restored = new ArrayList<>();
    long total = 0;
    OptionalLong appendable = store.openSegment();
    for (SegmentSummary segment : store.segments().reversed()) {
      if (total >= wanted) {
        break;
      }
      long first = segment.firstPosition();
      SegmentIds ids;
      if (appendable.isPresent() && appendable.getAsLong() == first) {
        ids = appendable(segment);
        open = ids;
      } else {
        ids = closed(segment);
      }
      restored.addFirst(ids);
      total += ids.size();
    }
    return restored;
  }

  private SegmentIds appendable(SegmentSummary segment) throws IOException {
    Optional<IdIndexFile.Contents> read = read(segment);
    // What is added has digests of another sort than an early file.
    if (read.isEmpty() || read.get().early() || read.get().ids().end() > segment.endPosition()) {
      return scanned(segment, new SegmentIds(segment.firstPosition()));
    }
    SegmentIds ids = read.get().ids();
    written = new Written(segment.firstPosition(), ids.size(), ids.end());
    return scanned(segment, ids);
  }

  private SegmentIds closed(SegmentSummary segment) throws IOException {
    Optional<IdIndexFile.Contents> read = read(segment);
    if (read.isEmpty()) {
      return rebuilt(segment);
    }
    SegmentIds ids = read.get().ids();
    if (read.get().early() || ids.end() < segment.endPosition()) {
      // An early file does not know what the events said. Or it was still open when the ids were
      // written, and the program was killed soon afterwards.
      SegmentIds from = read.get().early() ? new SegmentIds(segment.firstPosition()) : ids;
      ids = scanned(segment, from);
      unwritten.put(segment.firstPosition(), ids);
    }
    return ids;
  }

  private Optional<IdIndexFile.Contents> read(SegmentSummary segment) throws IOException {
    Optional<String> path = path(segment.firstPosition());
    return path.isEmpty()
        ? Optional.empty()
        : IdIndexFile.read(storage, path.get(), segment.firstPosition(), seeds);
  }

  private SegmentIds rebuilt(SegmentSummary segment) throws IOException {
    SegmentIds ids = scanned(segment, new SegmentIds(segment.firstPosition()));
    long first = segment.firstPosition();
    path(first)
        .ifPresent(path -> {
          problems.add(new SegmentProblem(Kind.REBUILT_INDEX, path, 0, 0, first, 0));
          unwritten.put(first, ids);
        });
    return ids;
  }

  /// Adds what stands in the segment behind the end of `ids`.
  private SegmentIds scanned(SegmentSummary segment, SegmentIds ids) throws IOException {
    try (BlockReader reader = store.reader(READ_AHEAD)) {
      long position = ids.end();
      while (position < segment.endPosition()) {
        Optional<Block> block = reader.read(position);
        if (block.isEmpty() || block.get().header().firstPosition() >= segment.endPosition()) {
          break;
        }
        byte[] raw = block.get().raw();
        RecordRun run = RecordRun.of(raw, raw.length, block.get().header().count());
        if (run == null) {
          reader.damaged(block.get());
        } else {
          ids.add(RecordKeys.of(run, seeds), block.get().header().firstPosition());
        }
        position = block.get().header().endPosition();
      }
    }
    ids.reaches(segment.endPosition());
    return ids;
  }
}
