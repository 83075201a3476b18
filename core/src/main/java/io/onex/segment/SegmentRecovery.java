package io.onex.segment;

import io.onex.segment.SegmentProblem.Kind;
import io.onex.segment.SegmentScan.Gap;
import io.onex.storage.Storage;
import io.onex.storage.StorageFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds out what a directory of segments holds after whatever happened to it.
///
/// Closed segments are known from their block index without being read; only the last one is
/// scanned, and cut off behind its last block that can have been acknowledged. A segment ends where
/// its successor begins: what it holds beyond was never acknowledged and is not looked at.
final class SegmentRecovery {
  private final Storage storage;
  private final SegmentOptions options;
  private final SegmentProblems problems;
  private final boolean repair;
  private final List<Found> found = new ArrayList<>();
  private final List<Segment> segments = new ArrayList<>();
  private long highestSequence;
  private long namedEnd;

  /// @param header empty when it is damaged
  private record Found(SegmentName name, String path, Optional<SegmentHeader> header) {
    long previousEnd() {
      return header.map(SegmentHeader::previousEnd).orElse(name.firstPosition());
    }

    int epoch() {
      return header.map(SegmentHeader::epoch).orElse(0);
    }
  }

  /// What was found.
  ///
  /// @param segments in the order of their positions; only the last can be open
  /// @param highestSequence of any file, whether it belongs or not
  /// @param namedEnd position up to which all losses have been named
  /// @param appendable whether appending may go on in the last segment
  record Outcome(List<Segment> segments, long highestSequence, long namedEnd, boolean appendable) {}

  /// @param repair whether files may be changed: empty ones removed, torn ones cut, indexes rebuilt
  SegmentRecovery(
      Storage storage, SegmentOptions options, SegmentProblems problems, boolean repair) {
    this.storage = storage;
    this.options = options;
    this.problems = problems;
    this.repair = repair;
  }

  /// @param durableFloor everything before this position is known to have been acknowledged
  Outcome run(long durableFloor) throws IOException {
    for (String file : storage.list(options.directory())) {
      if (file.endsWith(SegmentName.SUFFIX)) {
        find(file);
      }
    }
    for (int i = 0; i + 1 < found.size(); i++) {
      closedSegment(found.get(i), found.get(i + 1));
    }
    boolean appendable = false;
    if (!found.isEmpty()) {
      Segment last = scanned(found.getLast(), Long.MAX_VALUE, durableFloor, new BlockIndex());
      appendable = found.getLast().header().isPresent() && namedEnd <= last.end();
      if (appendable && repair) {
        cut(last);
      }
      segments.add(last);
      namedEnd = Math.max(namedEnd, last.end());
    }
    return new Outcome(List.copyOf(segments), highestSequence, namedEnd, appendable);
  }

  private void find(String fileName) throws IOException {
    String path = options.directory() + "/" + fileName;
    Optional<SegmentName> name = SegmentName.parse(fileName);
    if (name.isEmpty()) {
      problem(Kind.FOREIGN_FILE, path, 0, 0, 0);
      return;
    }
    highestSequence = Math.max(highestSequence, name.get().sequence());
    try (StorageFile file = storage.openForReading(path)) {
      if (file.size() == 0) {
        problem(Kind.EMPTY_FILE, path, 0, name.get().firstPosition(), 0);
        if (repair) {
          storage.delete(path);
        }
        return;
      }
      add(new Found(name.get(), path, header(file)));
    }
  }

  private Optional<SegmentHeader> header(StorageFile file) throws IOException {
    FileBytes bytes = new FileBytes(file, SegmentHeader.BYTES);
    int at = bytes.fetch(0, SegmentHeader.BYTES, file.size());
    return at < 0 ? Optional.empty() : SegmentHeader.decode(bytes.array());
  }

  private void add(Found candidate) {
    boolean copied =
        candidate.header().map(header -> !header.name().equals(candidate.name())).orElse(false);
    boolean backwards =
        !found.isEmpty()
            && candidate.name().firstPosition() < found.getLast().name().firstPosition();
    if (copied || backwards) {
      problem(Kind.FOREIGN_FILE, candidate.path(), 0, candidate.name().firstPosition(), 0);
      return;
    }
    if (candidate.header().isEmpty()) {
      problem(Kind.DAMAGED_HEADER, candidate.path(), 0, candidate.name().firstPosition(), 0);
    }
    found.add(candidate);
  }

  private void closedSegment(Found closed, Found successor) throws IOException {
    long limit = successor.name().firstPosition();
    Optional<Segment> known = fromIndex(closed);
    long expectedEnd = Math.min(successor.previousEnd(), limit);
    Segment segment = known.isPresent() ? known.get() : rebuilt(closed, limit, expectedEnd);
    if (segment.end() < expectedEnd) {
      problem(
          Kind.MISSING_POSITIONS, successor.path(), 0, segment.end(), expectedEnd - segment.end());
    }
    if (!segment.isEmpty()) {
      segments.add(segment);
    }
  }

  private Optional<Segment> fromIndex(Found closed) throws IOException {
    long fileBytes;
    try (StorageFile file = storage.openForReading(closed.path())) {
      fileBytes = file.size();
    }
    return BlockIndexFile.summary(
            storage, BlockIndexFile.path(options.directory(), closed.name()), closed.name())
        .filter(summary -> summary.segmentBytes() <= fileBytes)
        .map(summary ->
            new Segment(
                closed.name(),
                closed.path(),
                closed.epoch(),
                new Segment.State(summary.end(), summary.segmentBytes(), summary.newestMicros()),
                null));
  }

  private Segment rebuilt(Found closed, long limit, long end) throws IOException {
    BlockIndex index = new BlockIndex();
    Segment scanned = scanned(closed, limit, end, index);
    if (!scanned.isEmpty()) {
      String path = BlockIndexFile.path(options.directory(), closed.name());
      problem(Kind.REBUILT_INDEX, path, 0, closed.name().firstPosition(), 0);
      if (repair) {
        BlockIndexFile.write(
            storage, path, closed.name(), scanned.end(), scanned.state().bytes(), index);
      }
    }
    return scanned.closed();
  }

  /// Cuts off what follows the last whole block, so that it never comes back behind a new one.
  private void cut(Segment last) throws IOException {
    try (StorageFile file = storage.open(last.path())) {
      if (file.size() > last.state().bytes()) {
        file.truncate(last.state().bytes());
        file.force();
      }
    }
  }

  /// Scans a segment, naming what is wrong with it, and keeps the blocks up to the first gap that
  /// nothing proves to have been acknowledged.
  private Segment scanned(Found which, long limit, long durableFloor, BlockIndex index)
      throws IOException {
    SegmentScan scan;
    try (StorageFile file = storage.openForReading(which.path())) {
      scan = SegmentScan.of(file, which.name().firstPosition(), limit);
    }
    long durable = Math.min(Math.max(scan.provenDurable(), durableFloor), limit);
    long cut = Long.MAX_VALUE;
    for (Gap gap : scan.gaps()) {
      if (gap.firstPosition() < durable) {
        damaged(which, gap, durable);
      } else {
        problem(
            Kind.TORN_TAIL,
            which.path(),
            gap.offset(),
            gap.firstPosition(),
            0,
            gap.endOffset() - gap.offset());
        cut = gap.offset();
        break;
      }
    }
    Segment segment =
        new Segment(
            which.name(),
            which.path(),
            which.epoch(),
            new Segment.State(which.name().firstPosition(), SegmentHeader.BYTES, Long.MIN_VALUE),
            index);
    for (int i = 0; i < scan.size() && scan.entry(i).offset() < cut; i++) {
      segment.publish(scan.entry(i));
    }
    return segment;
  }

  private void damaged(Found which, Gap gap, long durable) {
    long end = gap.endPosition() > gap.firstPosition() ? gap.endPosition() : durable;
    problem(
        Kind.DAMAGED_BLOCK,
        which.path(),
        gap.offset(),
        gap.firstPosition(),
        end - gap.firstPosition(),
        gap.endOffset() - gap.offset());
    namedEnd = Math.max(namedEnd, end);
  }

  private void problem(Kind kind, String path, long offset, long first, long positions) {
    problem(kind, path, offset, first, positions, 0);
  }

  private void problem(
      Kind kind, String path, long offset, long first, long positions, long bytes) {
    problems.add(new SegmentProblem(kind, path, offset, bytes, first, positions));
  }
}
