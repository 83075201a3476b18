package io.onex.segment;

import io.onex.storage.Storage;
import io.onex.storage.StorageFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the durable blocks of a [SegmentStore]. One thread at a time; reads the disk, so it
/// belongs on a platform thread.
public final class BlockReader implements Closeable {
  private final SegmentStore store;
  private final Storage storage;
  private final SegmentProblems problems;
  private final BlockCodec codec;
  private final int readAheadBytes;
  private @Nullable OpenSegment current;

  private record OpenSegment(
      Segment segment, StorageFile file, FileBytes bytes, BlockIndex index) {}

  BlockReader(
      SegmentStore store,
      Storage storage,
      SegmentProblems problems,
      BlockCodec codec,
      int readAheadBytes) {
    this.store = store;
    this.storage = storage;
    this.problems = problems;
    this.codec = codec;
    this.readAheadBytes = Math.max(readAheadBytes, BlockHeader.BYTES);
  }

  /// The block that contains `position`, or the next one that can be read when it was lost or
  /// dropped; empty at the durable end. Damaged blocks are skipped and named.
  ///
  /// @throws UnreadableBlockException when the device does not give the bytes of a block; asked
  ///   again, it may, and [#giveUp] goes on without them
  /// @throws IOException when a file cannot be opened, or an index not be read
  public Optional<Block> read(long position) throws IOException {
    long from = position;
    while (true) {
      Optional<OpenSegment> opened = open(from);
      if (opened.isEmpty()) {
        return Optional.empty();
      }
      OpenSegment segment = opened.get();
      Optional<BlockEntry> entry = segment.index().firstEndingAfter(from);
      if (entry.isEmpty()) {
        from = Math.max(from + 1, segment.segment().end());
        continue;
      }
      Optional<Block> block = block(segment, entry.get());
      if (block.isPresent()) {
        return block;
      }
      damaged(segment.segment().path(), entry.get());
      from = entry.get().endPosition();
    }
  }

  /// Names a block that the device does not give, as lost.
  ///
  /// @return the position after it, where reading goes on
  public long giveUp(UnreadableBlockException unreadable) {
    BlockEntry entry = unreadable.entry();
    problems.add(problem(SegmentProblem.Kind.UNREADABLE_BLOCK, unreadable.path(), entry));
    return entry.endPosition();
  }

  /// Names a block whose content is not what its reader expects.
  public void damaged(Block block) {
    OpenSegment open = current;
    if (open != null) {
      open.index()
          .firstEndingAfter(block.header().firstPosition())
          .ifPresent(entry -> damaged(open.segment().path(), entry));
    }
  }

  private void damaged(String path, BlockEntry entry) {
    problems.add(problem(SegmentProblem.Kind.DAMAGED_BLOCK, path, entry));
  }

  private static SegmentProblem problem(SegmentProblem.Kind kind, String path, BlockEntry entry) {
    return new SegmentProblem(
        kind, path, entry.offset(), entry.bytes(), entry.firstPosition(), entry.count());
  }

  private Optional<Block> block(OpenSegment segment, BlockEntry entry) throws IOException {
    int at;
    try {
      at = segment.bytes().fetch(entry.offset(), entry.bytes(), segment.segment().state().bytes());
    } catch (IOException e) {
      throw new UnreadableBlockException(segment.segment().path(), entry, e);
    }
    if (at < 0) {
      return Optional.empty();
    }
    byte[] array = segment.bytes().array();
    Optional<BlockHeader> header =
        BlockHeader.decode(array, at)
            .filter(found -> BlockEntry.of(found, entry.offset()).equals(entry));
    if (header.isEmpty()) {
      return Optional.empty();
    }
    byte[] raw = codec.decode(header.get(), array, at + BlockHeader.BYTES);
    return raw == null ? Optional.empty() : Optional.of(new Block(header.get(), raw));
  }

  private Optional<OpenSegment> open(long position) throws IOException {
    long from = position;
    while (true) {
      Optional<Segment> wanted = store.segmentAt(from);
      if (wanted.isEmpty()) {
        return Optional.empty();
      }
      OpenSegment open = current;
      if (open != null && open.segment().name().equals(wanted.get().name())) {
        return Optional.of(open);
      }
      close();
      try {
        return Optional.of(open(wanted.get()));
      } catch (NoSuchFileException e) {
        from = afterMissing(wanted.get(), from);
      }
    }
  }

  /// The store forgets a segment before retention removes its file, so one that it still knows was
  /// taken away by somebody else.
  private long afterMissing(Segment segment, long position) {
    if (!store.knows(segment)) {
      return position;
    }
    long first = segment.firstPosition();
    problems.add(
        new SegmentProblem(
            SegmentProblem.Kind.MISSING_POSITIONS,
            segment.path(),
            0,
            0,
            first,
            segment.end() - first));
    return Math.max(position, segment.end());
  }

  private OpenSegment open(Segment segment) throws IOException {
    StorageFile file = storage.openForReading(segment.path());
    try {
      OpenSegment opened =
          new OpenSegment(segment, file, new FileBytes(file, readAheadBytes), store.index(segment));
      current = opened;
      return opened;
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    if (current != null) {
      current.file().close();
      current = null;
    }
  }
}
