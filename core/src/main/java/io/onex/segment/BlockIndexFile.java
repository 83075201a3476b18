package io.onex.segment;

import io.onex.storage.Storage;
import io.onex.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/// The file beside a closed segment that says where its blocks stand, so that a start reads 64
/// bytes per segment. It holds nothing that a scan of the segment could not tell, so it is not
/// forced and is made anew when it is missing, damaged or does not fit.
final class BlockIndexFile {
  static final String SUFFIX = ".blocks";
  private static final int MAGIC = 0x4942584f; // "OXBI", little endian
  private static final byte VERSION = 1;
  private static final int HEADER_BYTES = 64;
  private static final int ENTRY_BYTES = 32;

  private BlockIndexFile() {}

  /// What the header says about the segment.
  ///
  /// @param end position just past its last block
  /// @param segmentBytes size of the segment file up to the end of its last block
  /// @param newestMicros greatest time of its records
  /// @param entries blocks
  /// @param entriesChecksum CRC32C of the entries
  record Summary(
      long sequence,
      long firstPosition,
      long end,
      long segmentBytes,
      long newestMicros,
      int entries,
      int entriesChecksum) {}

  static String path(String directory, SegmentName name) {
    return directory + "/" + name.stem() + SUFFIX;
  }

  static void write(
      Storage storage, String path, SegmentName name, long end, long segmentBytes, BlockIndex index)
      throws IOException {
    int size = index.size();
    ByteBuffer bytes =
        ByteBuffer.allocate(HEADER_BYTES + size * ENTRY_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.position(HEADER_BYTES);
    for (int i = 0; i < size; i++) {
      BlockEntry entry = index.get(i);
      bytes.putLong(entry.firstPosition()).putLong(entry.offset()).putLong(entry.newestMicros());
      bytes.putInt(entry.count()).putInt(entry.bytes());
    }
    bytes.putInt(0, MAGIC).put(4, VERSION);
    bytes.putLong(8, name.sequence()).putLong(16, name.firstPosition()).putLong(24, end);
    bytes.putLong(32, segmentBytes).putLong(40, index.newestMicros()).putInt(48, size);
    bytes.putInt(52, Checksum.of(bytes.array(), HEADER_BYTES, size * ENTRY_BYTES));
    bytes.putInt(60, Checksum.of(bytes.array(), 0, HEADER_BYTES - Integer.BYTES));
    try (StorageFile file = storage.open(path)) {
      file.truncate(0);
      file.write(bytes.clear(), 0);
    }
  }

  /// The summary of `name`, unless the file is missing, damaged or another segment's.
  static Optional<Summary> summary(Storage storage, String path, SegmentName name)
      throws IOException {
    try (StorageFile file = storage.openForReading(path)) {
      return summary(file, name);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static Optional<Summary> summary(StorageFile file, SegmentName name) throws IOException {
    FileBytes bytes = new FileBytes(file, HEADER_BYTES);
    int at = bytes.fetch(0, HEADER_BYTES, file.size());
    if (at < 0) {
      return Optional.empty();
    }
    ByteBuffer header = ByteBuffer.wrap(bytes.array()).order(ByteOrder.LITTLE_ENDIAN);
    if (header.getInt(0) != MAGIC
        || header.get(4) != VERSION
        || header.getLong(8) != name.sequence()
        || header.getLong(16) != name.firstPosition()
        || header.getInt(60) != Checksum.of(bytes.array(), 0, HEADER_BYTES - Integer.BYTES)) {
      return Optional.empty();
    }
    return Optional.of(
        new Summary(
            name.sequence(),
            name.firstPosition(),
            header.getLong(24),
            header.getLong(32),
            header.getLong(40),
            header.getInt(48),
            header.getInt(52)));
  }

  /// The whole index, unless the file is missing, damaged or another segment's.
  static Optional<BlockIndex> read(Storage storage, String path, SegmentName name)
      throws IOException {
    try (StorageFile file = storage.openForReading(path)) {
      Optional<Summary> summary = summary(file, name);
      if (summary.isEmpty()) {
        return Optional.empty();
      }
      int length = summary.get().entries() * ENTRY_BYTES;
      FileBytes bytes = new FileBytes(file, length);
      int at = bytes.fetch(HEADER_BYTES, length, file.size());
      if (at < 0 || Checksum.of(bytes.array(), at, length) != summary.get().entriesChecksum()) {
        return Optional.empty();
      }
      return Optional.of(decode(ByteBuffer.wrap(bytes.array(), at, length)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static BlockIndex decode(ByteBuffer bytes) {
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    BlockIndex index = new BlockIndex();
    while (bytes.hasRemaining()) {
      long first = bytes.getLong();
      long offset = bytes.getLong();
      long newest = bytes.getLong();
      index.add(new BlockEntry(first, bytes.getInt(), offset, bytes.getInt(), newest));
    }
    return index;
  }
}
