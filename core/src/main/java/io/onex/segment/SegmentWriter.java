package io.onex.segment;

import io.onex.storage.Storage;
import io.onex.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Appends blocks to one segment file. Owned by one thread.
final class SegmentWriter {
  private static final int BUFFER_BYTES = 256 << 10;

  private final Segment segment;
  private final StorageFile file;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
  private final List<BlockEntry> staged = new ArrayList<>();
  private long written;
  private boolean trusted = true;

  private SegmentWriter(Segment segment, StorageFile file) {
    this.segment = segment;
    this.file = file;
    this.written = segment.state().bytes();
  }

  /// Begins a new segment: when this returns, its name and header survive a power cut.
  static SegmentWriter create(Storage storage, SegmentOptions options, SegmentHeader header)
      throws IOException {
    String path = options.directory() + "/" + header.name().fileName();
    StorageFile file = storage.open(path);
    try {
      file.write(header.encode(), 0);
      file.force();
      storage.forceDirectory(options.directory());
    } catch (IOException e) {
      try (file) {
        storage.delete(path);
      } catch (IOException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
    Segment.State empty =
        new Segment.State(header.firstPosition(), SegmentHeader.BYTES, Long.MIN_VALUE);
    return new SegmentWriter(
        new Segment(header.name(), path, header.epoch(), empty, new BlockIndex()), file);
  }

  /// Goes on behind the last block of a recovered segment. Its block index from an earlier close
  /// knows nothing of what is appended now, so it goes first. Companions that others have made stay
  /// and have to tell themselves how far they reach.
  static SegmentWriter resume(Storage storage, SegmentOptions options, Segment segment)
      throws IOException {
    String index = BlockIndexFile.path(options.directory(), segment.name());
    if (storage.exists(index)) {
      storage.delete(index);
      storage.forceDirectory(options.directory());
    }
    return new SegmentWriter(segment, storage.open(segment.path()));
  }

  /// Removes the files that are made from a segment and named like it.
  static void removeCompanions(Storage storage, SegmentOptions options, Segment segment)
      throws IOException {
    for (String file : storage.list(options.directory())) {
      if (file.startsWith(segment.name().stem() + ".") && !file.equals(segment.name().fileName())) {
        storage.delete(options.directory() + "/" + file);
      }
    }
  }

  Segment segment() {
    return segment;
  }

  /// Size of the file including what is staged.
  long bytes() {
    return written + buffer.position();
  }

  long stagedEnd() {
    return staged.isEmpty() ? segment.end() : staged.getLast().endPosition();
  }

  void stage(EncodedBlock block, int count, long newestMicros, long durablePosition)
      throws IOException {
    BlockHeader header =
        new BlockHeader(
            block.codec(),
            count,
            stagedEnd(),
            durablePosition,
            newestMicros,
            block.rawBytes(),
            block.storedBytes(),
            block.storedChecksum(),
            segment.epoch());
    staged.add(BlockEntry.of(header, bytes()));
    if (buffer.remaining() < BlockHeader.BYTES + block.storedBytes()) {
      flush();
    }
    header.encode(buffer);
    if (block.storedBytes() <= buffer.remaining()) {
      buffer.put(block.array(), 0, block.storedBytes());
    } else {
      flush();
      write(ByteBuffer.wrap(block.array(), 0, block.storedBytes()));
    }
  }

  private void flush() throws IOException {
    write(buffer.flip());
    buffer.clear();
  }

  private void write(ByteBuffer bytes) throws IOException {
    int length = bytes.remaining();
    file.write(bytes, written);
    written += length;
  }

  /// @return the position just past the last block, durable now
  long commit() throws IOException {
    flush();
    if (!staged.isEmpty()) {
      force();
      requireInPlace();
      staged.forEach(segment::publish);
      staged.clear();
    }
    return segment.end();
  }

  /// What was forced into a file without a name is gone with the process.
  private void requireInPlace() throws IOException {
    if (!file.isInPlace()) {
      trusted = false;
      throw new IOException(
          "the file "
              + segment.path()
              + " was removed or replaced while it was written; another is begun");
    }
  }

  private void force() throws IOException {
    try {
      file.force();
    } catch (IOException e) {
      trusted = false;
      throw e;
    }
  }

  /// Cuts the file back to its last durable block.
  ///
  /// @return whether the file can be appended to
  boolean rollBack() {
    buffer.clear();
    staged.clear();
    try {
      file.truncate(segment.state().bytes());
      written = segment.state().bytes();
    } catch (IOException e) {
      trusted = false;
    }
    return trusted;
  }

  void close() {
    try {
      file.close();
    } catch (IOException e) {
      trusted = false;
    }
  }

  /// Removes a segment that holds nothing.
  void discard(Storage storage) {
    try {
      storage.delete(segment.path());
    } catch (IOException e) {
      trusted = false;
    }
  }
}
