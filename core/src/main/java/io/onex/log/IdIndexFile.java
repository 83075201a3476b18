package io.onex.log;

import io.onex.segment.Checksum;
import io.onex.storage.Storage;
import io.onex.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/// The file beside a segment with its event ids, sorted: answers where an id stands by binary
/// search on disk, and is the snapshot from which the duplicate window is made at a start. It says
/// up to which position it is complete, as the segment may have been appended to since.
///
/// After a header page come pages of 4 KiB, each with its own checksum, so that one damaged page is
/// noticed by whoever reads it. It holds nothing the segment does not: it is not forced, and made
/// anew when it cannot be used. `docs/reference/format/log.md` draws it.
final class IdIndexFile {
  static final String SUFFIX = ".ids";
  static final int ENTRY_BYTES = 24;
  static final int PAGE_BYTES = 4096;
  static final int PAGE_ENTRIES = 170;

  private static final int MAGIC = 0x4449584f; // "OXID", little endian
  private static final byte VERSION = 2;

  /// Pages that are read at once when all of them are.
  private static final int READ_PAGES = 64;

  /// More positions than a segment has, even if blocks of it were lost.
  private static final int MOST_POSITIONS = 4 * SegmentIds.MAX_IDS;

  private static final int CHECKSUM_AT = PAGE_BYTES - Integer.BYTES;

  /// Each page repeats the end, because after a power cut a file that was written twice may hold
  /// pages of both.
  private static final int END_AT = PAGE_ENTRIES * ENTRY_BYTES;

  private static final int HIGH = 0;
  private static final int LOW = 8;
  private static final int DIGEST = 16;
  private static final int DELTA = 20;

  private IdIndexFile() {}

  /// The order of the entries: ordinals follow equal sort keys in the order of their positions.
  private static long sortKey(long high, long low) {
    return EventKey.fingerprint(high, low) >> SegmentIds.ORDINAL_BITS;
  }

  /// Writes the ids up to `extent`; others may be added meanwhile.
  static void write(Storage storage, String path, SegmentIds ids, SegmentIds.Extent extent)
      throws IOException {
    int size = extent.size();
    long[] order = new long[size];
    for (int i = 0; i < size; i++) {
      order[i] = sortKey(ids.high(i), ids.low(i)) << SegmentIds.ORDINAL_BITS | i;
    }
    Arrays.sort(order);
    try (StorageFile file = storage.open(path)) {
      file.truncate(0);
      ByteBuffer page = ByteBuffer.allocate(PAGE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
      page.putInt(MAGIC).put(VERSION).put(new byte[3]).putLong(ids.firstPosition()).putInt(size);
      page.putInt(0).putLong(extent.end()).putLong(END_AT, extent.end());
      writePage(file, page, 0);
      for (int begin = 0; begin < size; begin += PAGE_ENTRIES) {
        Arrays.fill(page.array(), (byte) 0);
        page.clear();
        for (int i = begin; i < Math.min(size, begin + PAGE_ENTRIES); i++) {
          int ordinal = (int) order[i] & (SegmentIds.MAX_IDS - 1);
          page.putLong(ids.high(ordinal)).putLong(ids.low(ordinal));
          page.putInt(ids.digest(ordinal)).putInt(ids.delta(ordinal));
        }
        page.putLong(END_AT, extent.end());
        writePage(file, page, (begin / PAGE_ENTRIES + 1L) * PAGE_BYTES);
      }
    }
  }

  private static void writePage(StorageFile file, ByteBuffer page, long offset) throws IOException {
    page.putInt(CHECKSUM_AT, Checksum.of(page.array(), page.arrayOffset(), CHECKSUM_AT));
    file.write(page.clear(), offset);
  }

  /// What a look-up found.
  sealed interface Answer {
    /// The id stands at this position, or nowhere in the segment when empty.
    record Position(OptionalLong offset) implements Answer {}

    /// The file is missing or damaged.
    record Unusable() implements Answer {}
  }

  /// Looks an id up in about as many page reads as the number of pages has bits.
  ///
  /// @param end the file has to be complete up to this position
  static Answer find(Storage storage, String path, long firstPosition, long end, EventKey key)
      throws IOException {
    try (StorageFile file = storage.openForReading(path)) {
      Optional<SegmentIds.Extent> extent = extent(file, firstPosition);
      if (extent.isEmpty() || extent.get().end() < end) {
        return new Answer.Unusable();
      }
      return search(file, firstPosition, extent.get(), key);
    } catch (NoSuchFileException e) {
      return new Answer.Unusable();
    }
  }

  private static Answer search(
      StorageFile file, long firstPosition, SegmentIds.Extent extent, EventKey key)
      throws IOException {
    int size = extent.size();
    long wanted = sortKey(key.high(), key.low());
    int low = 0;
    int high = (size + PAGE_ENTRIES - 1) / PAGE_ENTRIES - 1;
    ByteBuffer page = page();
    // The first page whose last entry is not below the wanted one.
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (!readPage(file, page, middle + 1L, extent.end())) {
        return new Answer.Unusable();
      }
      if (sortKeyAt(page, entries(size, middle) - 1) < wanted) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    for (int number = low; number * PAGE_ENTRIES < size; number++) {
      if (!readPage(file, page, number + 1L, extent.end())) {
        return new Answer.Unusable();
      }
      for (int i = 0; i < entries(size, number); i++) {
        int at = i * ENTRY_BYTES;
        if (page.getLong(at + HIGH) == key.high() && page.getLong(at + LOW) == key.low()) {
          return new Answer.Position(OptionalLong.of(firstPosition + page.getInt(at + DELTA)));
        }
        if (sortKeyAt(page, i) > wanted) {
          return new Answer.Position(OptionalLong.empty());
        }
      }
    }
    return new Answer.Position(OptionalLong.empty());
  }

  private static int entries(int size, int page) {
    return Math.min(PAGE_ENTRIES, size - page * PAGE_ENTRIES);
  }

  private static long sortKeyAt(ByteBuffer page, int entry) {
    int at = entry * ENTRY_BYTES;
    return sortKey(page.getLong(at + HIGH), page.getLong(at + LOW));
  }

  /// All ids in the order of their positions, unless the file is missing or damaged.
  static Optional<SegmentIds> read(Storage storage, String path, long firstPosition)
      throws IOException {
    try (StorageFile file = storage.openForReading(path)) {
      Optional<SegmentIds.Extent> extent = extent(file, firstPosition);
      return extent.isEmpty() ? Optional.empty() : readAll(file, firstPosition, extent.get());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static Optional<SegmentIds> readAll(
      StorageFile file, long firstPosition, SegmentIds.Extent extent) throws IOException {
    int size = extent.size();
    long[] halves = new long[size * 2];
    int[] digests = new int[size];
    // Distances differ and few are left out, so that putting each id into the place of its distance
    // sorts them.
    int[] places = new int[size + 1];
    ByteBuffer pages = ByteBuffer.allocate(READ_PAGES * PAGE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < size; i++) {
      int page = i / PAGE_ENTRIES;
      int at = page % READ_PAGES * PAGE_BYTES + i % PAGE_ENTRIES * ENTRY_BYTES;
      if (i % (READ_PAGES * PAGE_ENTRIES) == 0 && !readPages(file, pages, page, extent)) {
        return Optional.empty();
      }
      halves[i * 2] = pages.getLong(at + HIGH);
      halves[i * 2 + 1] = pages.getLong(at + LOW);
      digests[i] = pages.getInt(at + DIGEST);
      int delta = pages.getInt(at + DELTA);
      if (delta < 0 || delta >= MOST_POSITIONS) {
        return Optional.empty();
      }
      if (delta >= places.length) {
        places = Arrays.copyOf(places, Math.min(MOST_POSITIONS, delta + size));
      }
      places[delta] = i + 1;
    }
    SegmentIds ids = new SegmentIds(firstPosition);
    ids.add(new RecordKeys(halves, digests), places);
    ids.reaches(extent.end());
    return Optional.of(ids);
  }

  /// Reads the pages of entries from number `first` on, as many as the buffer and the file hold.
  private static boolean readPages(
      StorageFile file, ByteBuffer pages, int first, SegmentIds.Extent extent) throws IOException {
    int all = (extent.size() + PAGE_ENTRIES - 1) / PAGE_ENTRIES;
    int count = Math.min(READ_PAGES, all - first);
    if (!fill(file, pages.clear().limit(count * PAGE_BYTES), (first + 1L) * PAGE_BYTES)) {
      return false;
    }
    for (int begin = 0; begin < pages.limit(); begin += PAGE_BYTES) {
      if (!isSound(pages, begin) || pages.getLong(begin + END_AT) != extent.end()) {
        return false;
      }
    }
    return true;
  }

  private static Optional<SegmentIds.Extent> extent(StorageFile file, long firstPosition)
      throws IOException {
    ByteBuffer page = page();
    if (!readPage(file, page, 0)
        || page.getInt(0) != MAGIC
        || page.get(4) != VERSION
        || page.getLong(8) != firstPosition) {
      return Optional.empty();
    }
    int size = page.getInt(16);
    return size < 0 || size > SegmentIds.MAX_IDS
        ? Optional.empty()
        : Optional.of(new SegmentIds.Extent(size, page.getLong(24)));
  }

  private static ByteBuffer page() {
    return ByteBuffer.allocate(PAGE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static boolean readPage(StorageFile file, ByteBuffer page, long number, long end)
      throws IOException {
    return readPage(file, page, number) && page.getLong(END_AT) == end;
  }

  private static boolean readPage(StorageFile file, ByteBuffer page, long number)
      throws IOException {
    return fill(file, page.clear(), number * PAGE_BYTES) && isSound(page, 0);
  }

  /// Reads what the buffer has room for; false at the end of the file.
  private static boolean fill(StorageFile file, ByteBuffer target, long offset) throws IOException {
    while (target.hasRemaining()) {
      if (file.read(target, offset + target.position()) < 0) {
        return false;
      }
    }
    return true;
  }

  /// Whether the page that begins there has its checksum.
  private static boolean isSound(ByteBuffer pages, int begin) {
    return pages.getInt(begin + CHECKSUM_AT)
        == Checksum.of(pages.array(), pages.arrayOffset() + begin, CHECKSUM_AT);
  }
}
