package io.onex.log.cursor;

import io.onex.bytes.Slice;
import io.onex.log.journal.JournalFrame;
import io.onex.storage.Storage;
import io.onex.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/// One file of a [CursorReserve]: room that is on the disk already and is overwritten in place.
final class CursorReserveFile {
  private static final int CHUNK_BYTES = 64 << 10;

  private final Storage storage;
  private final String path;
  private final StorageFile file;
  private final List<JournalFrame> found;
  private long capacity;
  private long end;

  /// Up to where something may stand that is not zero.
  private long used;

  private boolean unforced;

  private CursorReserveFile(
      Storage storage, String path, StorageFile file, JournalFrame.Contents contents)
      throws IOException {
    this.storage = storage;
    this.path = path;
    this.file = file;
    this.found = contents.frames();
    this.capacity = file.size();
    this.end = contents.end();
    // Behind the last entry there may be the rest of one that was overwritten.
    this.used = contents.end() == 0 ? 0 : capacity;
  }

  /// Reads a file that exists.
  static CursorReserveFile open(Storage storage, String path) throws IOException {
    StorageFile file = storage.open(path);
    try {
      return new CursorReserveFile(storage, path, file, JournalFrame.readAll(file));
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /// The good frames it held when it was opened. What is no frame is no loss: it is the rest of
  /// what was overwritten.
  List<JournalFrame> found() {
    return found;
  }

  long capacity() {
    return capacity;
  }

  /// Makes it at least `bytes` long, with zeros that are on the disk. What stands in it stays.
  ///
  /// @return its new capacity, to be told to [#grown] by who holds the lock
  long grow(long bytes) throws IOException {
    // A handle of its own: entries may be written to the room before meanwhile.
    try (StorageFile growing = storage.open(path)) {
      long size = growing.size();
      while (size < bytes) {
        int chunk = (int) Math.min(CHUNK_BYTES, bytes - size);
        growing.write(ByteBuffer.allocate(chunk), size);
        size += chunk;
      }
      growing.force();
      return size;
    }
  }

  void grown(long bytes) {
    capacity = bytes;
  }

  boolean holds(long bytes) {
    return end + bytes <= capacity;
  }

  /// Begins to overwrite it from its first byte.
  void rewind() {
    end = 0;
  }

  void append(Slice payload) throws IOException {
    ByteBuffer frame = JournalFrame.encode(payload, end);
    int bytes = frame.remaining();
    if (!holds(bytes)) {
      throw new IOException(path + ": an entry of " + bytes + " bytes is more than is kept free");
    }
    unforced = true;
    used = Math.max(used, end + bytes);
    file.write(frame, end);
    end += bytes;
  }

  boolean isUsed() {
    return used > 0;
  }

  /// Overwrites all that stands in it with zeros.
  void clear() throws IOException {
    unforced = true;
    for (long at = 0; at < used; at += CHUNK_BYTES) {
      file.write(ByteBuffer.allocate((int) Math.min(CHUNK_BYTES, used - at)), at);
    }
    used = 0;
    end = 0;
  }

  /// Whether there is something to force, which then counts as forced.
  boolean takeUnforced() {
    boolean was = unforced;
    unforced = false;
    return was;
  }

  void force() throws IOException {
    file.force();
  }

  void close() {
    try {
      file.close();
    } catch (IOException _) {
      // The handle is gone either way, and no byte depends on it.
    }
  }
}
