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
import org.jspecify.annotations.Nullable;

/// The file beside a segment with its event ids, sorted, those of its records, then those of their
/// causes, then those that conflicting records came with: answers where an id stands by binary
/// search on disk, and is the snapshot from which the duplicate window is made at a start. It says
/// up to which position it is complete, as the segment may have been appended to since.
///
/// After a header page come pages of 4 KiB ([IdSection]), each with its own checksum, so that one
/// damaged page is noticed by whoever reads it. It holds nothing the segment does not: it is not
/// forced, and made anew when it cannot be used. `docs/reference/format/log.md` draws it.
final class IdIndexFile {
  static final String SUFFIX = ".ids";

  private static final int MAGIC = 0x4449584f; // "OXID", little endian
  private static final byte VERSION = 4;

  /// Without the ids that conflicting records came with, sorted without a secret, and with the
  /// checksum of each body for a digest.
  private static final byte EARLY_VERSION = 3;

  /// Pages that are read at once when all of them are.
  private static final int READ_PAGES = 64;

  /// More positions than a segment has, even if blocks of it were lost.
  private static final int MOST_POSITIONS = 4 * SegmentIds.MAX_IDS;

  private static final int CHECKSUM_AT = IdSection.PAGE_BYTES - Integer.BYTES;

  /// Each page repeats the end, because after a power cut a file that was written twice may hold
  /// pages of both.
  private static final int END_AT = IdSection.PAGE_ENTRIES * IdSection.ENTRY_BYTES;

  private static final int HIGH = 0;
  private static final int LOW = 8;
  private static final int DIGEST = 16;
  private static final int DELTA = 20;

  private IdIndexFile() {}

  /// What the first page says, and by which order the entries stand.
  ///
  /// @param seeds of the sort keys; null when they have none
  private record Header(SegmentIds.Extent extent, @Nullable IdSeeds seeds) {
    /// The order of the entries: ordinals follow equal sort keys in the order of their positions.
    long sortKey(long high, long low) {
      long fingerprint =
          seeds == null ? EventKey.fingerprint(high, low) : seeds.fingerprint(high, low);
      return fingerprint >> SegmentIds.ORDINAL_BITS;
    }

    boolean isEarly() {
      return seeds == null;
    }

    long sortKeyAt(ByteBuffer page, int entry) {
      int at = entry * IdSection.ENTRY_BYTES;
      return sortKey(page.getLong(at + HIGH), page.getLong(at + LOW));
    }
  }

  /// The ids of a file.
  ///
  /// @param early whether their digests are checksums of bodies
  record Contents(SegmentIds ids, boolean early) {}

  /// Writes the ids up to `extent`; others may be added meanwhile.
  static void write(
      Storage storage, String path, SegmentIds ids, SegmentIds.Extent extent, IdSeeds seeds)
      throws IOException {
    Header header = new Header(extent, seeds);
    try (StorageFile file = storage.open(path)) {
      file.truncate(0);
      ByteBuffer page = page();
      page.putInt(MAGIC).put(VERSION).put(new byte[3]).putLong(ids.firstPosition());
      page.putInt(extent.records()).putInt(extent.causes());
      page.putLong(extent.end()).putInt(extent.sent()).putInt(0).putLong(seeds.check());
      page.putLong(END_AT, extent.end());
      writePage(file, page, 0);
      for (IdRole role : new IdRole[] {IdRole.OWN, IdRole.CAUSE, IdRole.SENT}) {
        writeSorted(file, page, ids.keys(role), IdSection.of(extent, role), header);
      }
    }
  }

  private static void writeSorted(
      StorageFile file, ByteBuffer page, PlacedKeys keys, IdSection section, Header header)
      throws IOException {
    long[] order =
        SortedOrdinals.of(
            section.size(),
            i -> header.sortKey(keys.high(i), keys.low(i)) << SegmentIds.ORDINAL_BITS);
    int next = 0;
    for (int number = 0; number < section.pages(); number++) {
      page.clear();
      for (int i = 0; i < section.entries(number); i++) {
        int ordinal = (int) order[next++] & (SegmentIds.MAX_IDS - 1);
        page.putLong(keys.high(ordinal)).putLong(keys.low(ordinal));
        page.putInt(keys.digest(ordinal)).putInt(keys.delta(ordinal));
      }
      while (page.position() < END_AT) {
        page.putLong(0);
      }
      page.putLong(header.extent().end());
      writePage(file, page, section.offset(number));
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

    /// The id leads to these positions.
    record Positions(long[] offsets) implements Answer {}

    /// The file is missing or damaged.
    record Unusable() implements Answer {}
  }

  /// Looks an id of a role up in about as many page reads as the number of pages has bits.
  ///
  /// @param end the file has to be complete up to this position
  static Answer find(
      Storage storage,
      String path,
      long firstPosition,
      long end,
      IdRole role,
      EventKey key,
      IdSeeds seeds)
      throws IOException {
    return switch (findAll(storage, path, firstPosition, end, role, key, 1, seeds)) {
      case Answer.Positions(long[] offsets) ->
          new Answer.Position(
              offsets.length > 0 ? OptionalLong.of(offsets[0]) : OptionalLong.empty());
      case Answer other -> other;
    };
  }

  /// As [#find], the first `most` positions.
  static Answer findAll(
      Storage storage,
      String path,
      long firstPosition,
      long end,
      IdRole role,
      EventKey key,
      int most,
      IdSeeds seeds)
      throws IOException {
    try (StorageFile file = storage.openForReading(path)) {
      Optional<Header> header = header(file, firstPosition, seeds);
      if (header.isEmpty() || header.get().extent().end() < end) {
        return new Answer.Unusable();
      }
      long[] found = search(file, header.get(), role, key, most);
      if (found == null) {
        return new Answer.Unusable();
      }
      for (int i = 0; i < found.length; i++) {
        found[i] += firstPosition;
      }
      return new Answer.Positions(found);
    } catch (NoSuchFileException e) {
      return new Answer.Unusable();
    }
  }

  /// The distances of the entries with this key; null when a page is damaged.
  private static long @Nullable [] search(
      StorageFile file, Header header, IdRole role, EventKey key, int most) throws IOException {
    IdSection section = IdSection.of(header.extent(), role);
    long end = header.extent().end();
    long wanted = header.sortKey(key.high(), key.low());
    int low = 0;
    int high = section.pages() - 1;
    ByteBuffer page = page();
    // The first page whose last entry is not below the wanted one.
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (!readPage(file, page, section.offset(middle), end)) {
        return null;
      }
      if (header.sortKeyAt(page, section.entries(middle) - 1) < wanted) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    long[] found = new long[0];
    for (int number = low; number < section.pages(); number++) {
      if (!readPage(file, page, section.offset(number), end)) {
        return null;
      }
      for (int i = 0; i < section.entries(number); i++) {
        int at = i * IdSection.ENTRY_BYTES;
        if (page.getLong(at + HIGH) == key.high()
            && page.getLong(at + LOW) == key.low()
            && (header.isEarly() || role.has(page.getInt(at + DIGEST)))) {
          found = Arrays.copyOf(found, found.length + 1);
          found[found.length - 1] = page.getInt(at + DELTA);
        }
        if (found.length == most || header.sortKeyAt(page, i) > wanted) {
          return found;
        }
      }
    }
    return found;
  }

  /// All ids in the order of their positions, unless the file is missing, damaged, or written with
  /// other seeds.
  static Optional<Contents> read(Storage storage, String path, long firstPosition, IdSeeds seeds)
      throws IOException {
    try (StorageFile file = storage.openForReading(path)) {
      Optional<Header> header = header(file, firstPosition, seeds);
      return header.isEmpty() ? Optional.empty() : readAll(file, firstPosition, header.get());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static Optional<Contents> readAll(StorageFile file, long firstPosition, Header header)
      throws IOException {
    SegmentIds.Extent extent = header.extent();
    Optional<Entries> own = entries(file, IdSection.of(extent, IdRole.OWN), extent.end());
    Optional<Entries> causes = entries(file, IdSection.of(extent, IdRole.CAUSE), extent.end());
    Optional<Entries> sent = entries(file, IdSection.of(extent, IdRole.SENT), extent.end());
    if (own.isEmpty() || causes.isEmpty() || sent.isEmpty()) {
      return Optional.empty();
    }
    SegmentIds ids = new SegmentIds(firstPosition);
    ids.add(new RecordKeys(own.get().halves(), own.get().digests()), own.get().places());
    ids.add(
        new CauseKeys(causes.get().halves(), causes.get().deltas()),
        new CauseKeys(sent.get().halves(), sent.get().deltas()));
    ids.reaches(extent.end());
    return Optional.of(new Contents(ids, header.isEarly()));
  }

  /// What the file says of the ids of one role, in the order it says it.
  ///
  /// @param halves both halves of each key, one after the other
  private record Entries(long[] halves, int[] digests, int[] deltas) {
    /// As [SegmentIds#add(RecordKeys, int[])] wants it: distances differ and few are left out, so
    /// putting each id into the place of its distance sorts them.
    int[] places() {
      int[] places = new int[deltas.length + 1];
      for (int i = 0; i < deltas.length; i++) {
        if (deltas[i] >= places.length) {
          places = Arrays.copyOf(places, Math.min(MOST_POSITIONS, deltas[i] + deltas.length));
        }
        places[deltas[i]] = i + 1;
      }
      return places;
    }
  }

  /// Empty when something in the section is damaged.
  private static Optional<Entries> entries(StorageFile file, IdSection section, long end)
      throws IOException {
    long[] halves = new long[section.size() * 2];
    int[] digests = new int[section.size()];
    int[] deltas = new int[section.size()];
    ByteBuffer pages =
        ByteBuffer.allocate(READ_PAGES * IdSection.PAGE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < section.size(); i++) {
      int page = i / IdSection.PAGE_ENTRIES;
      int at =
          page % READ_PAGES * IdSection.PAGE_BYTES
              + i % IdSection.PAGE_ENTRIES * IdSection.ENTRY_BYTES;
      if (i % (READ_PAGES * IdSection.PAGE_ENTRIES) == 0
          && !readPages(file, pages, section, page, end)) {
        return Optional.empty();
      }
      halves[i * 2] = pages.getLong(at + HIGH);
      halves[i * 2 + 1] = pages.getLong(at + LOW);
      digests[i] = pages.getInt(at + DIGEST);
      deltas[i] = pages.getInt(at + DELTA);
      if (deltas[i] < 0 || deltas[i] >= MOST_POSITIONS) {
        return Optional.empty();
      }
    }
    return Optional.of(new Entries(halves, digests, deltas));
  }

  /// Reads pages of the section from its number `from` on, as many as the buffer and it hold.
  private static boolean readPages(
      StorageFile file, ByteBuffer pages, IdSection section, int from, long end)
      throws IOException {
    int count = Math.min(READ_PAGES, section.pages() - from);
    if (!fill(file, pages.clear().limit(count * IdSection.PAGE_BYTES), section.offset(from))) {
      return false;
    }
    for (int begin = 0; begin < pages.limit(); begin += IdSection.PAGE_BYTES) {
      if (!isSound(pages, begin) || pages.getLong(begin + END_AT) != end) {
        return false;
      }
    }
    return true;
  }

  private static Optional<Header> header(StorageFile file, long firstPosition, IdSeeds seeds)
      throws IOException {
    ByteBuffer page = page();
    if (!readPage(file, page, 0) || page.getInt(0) != MAGIC || page.getLong(8) != firstPosition) {
      return Optional.empty();
    }
    boolean early = page.get(4) == EARLY_VERSION;
    if (!early && (page.get(4) != VERSION || page.getLong(40) != seeds.check())) {
      return Optional.empty();
    }
    int records = page.getInt(16);
    int causes = page.getInt(20);
    int sent = early ? 0 : page.getInt(32);
    return records < 0
            || records > SegmentIds.MAX_IDS
            || causes < 0
            || causes > records
            || sent < 0
            || sent > records
        ? Optional.empty()
        : Optional.of(
            new Header(
                new SegmentIds.Extent(records, causes, sent, page.getLong(24)),
                early ? null : seeds));
  }

  private static ByteBuffer page() {
    return ByteBuffer.allocate(IdSection.PAGE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static boolean readPage(StorageFile file, ByteBuffer page, long offset, long end)
      throws IOException {
    return readPage(file, page, offset) && page.getLong(END_AT) == end;
  }

  private static boolean readPage(StorageFile file, ByteBuffer page, long offset)
      throws IOException {
    return fill(file, page.clear(), offset) && isSound(page, 0);
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
