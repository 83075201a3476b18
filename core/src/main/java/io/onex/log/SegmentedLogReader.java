package io.onex.log;

import io.onex.segment.Block;
import io.onex.segment.BlockReader;
import io.onex.segment.SegmentStore;
import io.onex.segment.UnreadableBlockException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads from the blocks in memory while it keeps up, from disk a block at a time while it does
/// not.
final class SegmentedLogReader implements LogReader {
  private static final int READ_AHEAD = 256 << 10;

  private final SegmentedLog log;
  private final SegmentStore store;
  private final RecentBlocks recent;
  private final ReadBlocks read;
  private final UnreadableBlocks unreadable;
  private long position;
  private @Nullable BlockReader disk;
  private @Nullable RecordBlock loaded;

  SegmentedLogReader(
      SegmentedLog log,
      SegmentStore store,
      RecentBlocks recent,
      ReadBlocks read,
      UnreadableBlocks unreadable,
      long position) {
    this.log = log;
    this.store = store;
    this.recent = recent;
    this.read = read;
    this.unreadable = unreadable;
    this.position = position;
  }

  @Override
  public RecordBatch read(int maxRecords, int maxBytes) throws IOException {
    return read(maxRecords, maxBytes, false);
  }

  @Override
  public RecordBatch readInMemory(int maxRecords, int maxBytes) {
    try {
      return read(maxRecords, maxBytes, true);
    } catch (IOException e) {
      throw new UncheckedIOException("the disk was read although only memory was asked for", e);
    }
  }

  private RecordBatch read(int maxRecords, int maxBytes, boolean onlyInMemory) throws IOException {
    if (maxRecords < 1 || maxBytes < 1) {
      throw new IllegalArgumentException("a batch has room for at least one record and one byte");
    }
    Position start = position();
    long end = log.durableEnd().offset();
    long next = Math.max(position, Math.min(log.start().offset(), end));
    List<Record> records = new ArrayList<>(Math.min(maxRecords, 1024));
    long bytes = 0;
    while (next < end && records.size() < maxRecords && bytes < maxBytes) {
      Optional<RecordBlock> block = inMemoryAt(next);
      if (block.isEmpty() && onlyInMemory) {
        break;
      }
      if (block.isEmpty()) {
        block = readAt(next);
      }
      if (block.isEmpty() || block.get().first() >= end) {
        next = end;
        break;
      }
      RecordRun run = block.get().run();
      int from = (int) Math.max(0, next - block.get().first());
      int to = from;
      while (to < run.count() && records.size() + to - from < maxRecords && bytes < maxBytes) {
        bytes += run.length(to++);
      }
      block.get().addTo(records, from, to);
      next = block.get().first() + to;
    }
    // Positions that retention overtook are covered by the batch that holds what comes after them.
    if (!onlyInMemory || !records.isEmpty()) {
      position = next;
    }
    return new RecordBatch(records, start, position());
  }

  private Optional<RecordBlock> inMemoryAt(long offset) {
    RecordBlock last = loaded;
    if (last != null && last.first() <= offset && last.end() > offset) {
      return Optional.of(last);
    }
    Optional<RecordBlock> shared = recent.find(offset);
    if (shared.isPresent()) {
      loaded = null;
      closeDisk();
    }
    return shared;
  }

  /// The block with the record at `offset`, or the next one when it was lost.
  private Optional<RecordBlock> readAt(long offset) throws IOException {
    loaded = null;
    Optional<RecordBlock> found = read.find(offset);
    if (found.isEmpty()) {
      found = fromDisk(offset);
      found.ifPresent(read::add);
    }
    loaded = found.orElse(null);
    return found;
  }

  private Optional<RecordBlock> fromDisk(long offset) throws IOException {
    BlockReader reader = disk;
    if (reader == null) {
      reader = store.reader(READ_AHEAD);
      disk = reader;
    }
    long from = offset;
    while (true) {
      Optional<Block> block;
      try {
        block = reader.read(from);
      } catch (UnreadableBlockException e) {
        if (!unreadable.failed(e.firstPosition())) {
          throw e;
        }
        from = reader.giveUp(e);
        continue;
      }
      if (block.isEmpty()) {
        return Optional.empty();
      }
      unreadable.read(block.get().header().firstPosition());
      byte[] raw = block.get().raw();
      RecordRun run = RecordRun.of(raw, raw.length, block.get().header().count());
      if (run != null) {
        return Optional.of(new RecordBlock(block.get().header().firstPosition(), run));
      }
      reader.damaged(block.get());
      from = block.get().header().endPosition();
    }
  }

  @Override
  public Position position() {
    return new Position(0, position);
  }

  @Override
  public void seek(Position target) {
    position = target.offset();
    loaded = null;
  }

  private void closeDisk() {
    BlockReader reader = disk;
    disk = null;
    if (reader == null) {
      return;
    }
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close a segment that was read", e);
    }
  }

  @Override
  public void close() {
    loaded = null;
    closeDisk();
  }
}
