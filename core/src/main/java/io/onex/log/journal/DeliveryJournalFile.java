package io.onex.log.journal;

import io.onex.log.Position;
import io.onex.log.PositionRange;
import io.onex.storage.Storage;
import io.onex.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One file of a delivery journal: entries of equal size, in the order they were settled, which is
/// not the order of their positions.
///
/// In memory stands, for each block of [#BLOCK_ENTRIES] entries, the span of positions it covers; a
/// look-up reads only the blocks whose span holds the position. The index of a file that is no
/// longer appended to is built when it is first asked for.
final class DeliveryJournalFile {
  static final int BLOCK_ENTRIES = 64;

  private static final int BLOCK_BYTES = BLOCK_ENTRIES * DeliveryJournalEntry.BYTES;

  private final String path;
  private @Nullable List<Span> index;
  private long entries;
  private volatile long damaged;
  private long bytes;

  /// The positions that a block covers; offsets of all partitions together.
  private record Span(long from, long to) {
    Span with(PositionRange range) {
      return new Span(Math.min(from, range.start().offset()), Math.max(to, range.end().offset()));
    }

    boolean contains(long offset) {
      return offset >= from && offset < to;
    }
  }

  private static final Span NOTHING = new Span(Long.MAX_VALUE, Long.MIN_VALUE);

  DeliveryJournalFile(String path, long bytes) {
    this.path = path;
    this.bytes = bytes;
    this.entries = bytes / DeliveryJournalEntry.BYTES;
  }

  String path() {
    return path;
  }

  long bytes() {
    return bytes;
  }

  /// Places for entries, damaged ones included.
  long entries() {
    return entries;
  }

  /// Entries found damaged when the index was built.
  long damaged() {
    return damaged;
  }

  /// Writes `entry` as the last one, in place of the one before when `replacing`.
  void write(StorageFile file, DeliveryJournalEntry entry, boolean replacing) throws IOException {
    long place = replacing ? entries - 1 : entries;
    long offset = place * DeliveryJournalEntry.BYTES;
    file.write(entry.encode(offset), offset);
    entries = place + 1;
    bytes = entries * DeliveryJournalEntry.BYTES;
    List<Span> spans = index == null ? new ArrayList<>() : index;
    int block = (int) (place / BLOCK_ENTRIES);
    while (spans.size() <= block) {
      spans.add(NOTHING);
    }
    spans.set(block, spans.get(block).with(entry.range()));
    index = spans;
  }

  /// The highest position covered, plus one; 0 when there is none.
  long positionsEnd(Storage storage) throws IOException {
    return index(storage).stream().mapToLong(Span::to).filter(to -> to > 0).max().orElse(0);
  }

  /// The entries that cover `position`, in the order they were settled.
  List<DeliveryJournalEntry> lookup(Storage storage, Position position) throws IOException {
    List<Span> spans = index(storage);
    List<DeliveryJournalEntry> found = new ArrayList<>();
    StorageFile file = null;
    try {
      for (int block = 0; block < spans.size(); block++) {
        if (spans.get(block).contains(position.offset())) {
          if (file == null) {
            file = storage.openForReading(path);
          }
          for (DeliveryJournalEntry entry : readBlock(file, block)) {
            if (entry.range().contains(position)) {
              found.add(entry);
            }
          }
        }
      }
    } finally {
      if (file != null) {
        file.close();
      }
    }
    return found;
  }

  private List<Span> index(Storage storage) throws IOException {
    List<Span> known = index;
    if (known != null) {
      return known;
    }
    List<Span> spans = new ArrayList<>();
    long good = 0;
    try (StorageFile file = storage.openForReading(path)) {
      for (int block = 0; (long) block * BLOCK_ENTRIES < entries; block++) {
        Span span = NOTHING;
        for (DeliveryJournalEntry entry : readBlock(file, block)) {
          span = span.with(entry.range());
          good++;
        }
        spans.add(span);
      }
    }
    damaged = entries - good;
    index = spans;
    return spans;
  }

  private List<DeliveryJournalEntry> readBlock(StorageFile file, int block) throws IOException {
    long offset = (long) block * BLOCK_BYTES;
    int size = (int) Math.min(BLOCK_BYTES, entries * DeliveryJournalEntry.BYTES - offset);
    ByteBuffer target = ByteBuffer.allocate(size);
    int read = 0;
    while (target.hasRemaining() && read >= 0) {
      read = file.read(target, offset + target.position());
    }
    List<DeliveryJournalEntry> found = new ArrayList<>();
    for (int at = 0; at + DeliveryJournalEntry.BYTES <= target.position(); ) {
      DeliveryJournalEntry.decode(target.array(), at, offset + at).ifPresent(found::add);
      at += DeliveryJournalEntry.BYTES;
    }
    return found;
  }
}
