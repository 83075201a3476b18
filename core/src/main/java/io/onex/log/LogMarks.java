package io.onex.log;

import io.onex.segment.Checksum;
import io.onex.storage.Storage;
import io.onex.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// The small file that says how far the log reached and where it begins.
///
/// The high-water mark is written after each commit and before anybody sees the records, but not
/// forced: it survives a kill, and after a power cut it is at most too low. A log whose files end
/// below it has lost acknowledged records, whose positions must not be used again. The start is
/// forced before retention removes a file. Two slots of one sector each are written in turn, so a
/// torn write costs one of them. Safe for use by many threads.
final class LogMarks implements AutoCloseable {
  private static final int SLOT_BYTES = 512;
  private static final int USED_BYTES = 40;
  private static final int MAGIC = 0x4b4d584f; // "OXMK", little endian
  private static final byte VERSION = 1;

  private final Opening opening;
  private @Nullable StorageFile file;
  private @Nullable Naming unnamed;
  private long generation;
  private long start;
  private long highWater;

  /// Makes the name of a new file survive a power cut.
  private interface Naming {
    void force() throws IOException;
  }

  /// Opens the file, which is made where it is missing.
  private interface Opening {
    StorageFile open() throws IOException;
  }

  private LogMarks(Opening opening) {
    this.opening = opening;
  }

  static String path(String directory) {
    return directory + "/marks";
  }

  static LogMarks open(Storage storage, String directory) throws IOException {
    String path = path(directory);
    boolean fresh = !storage.exists(path);
    LogMarks marks = new LogMarks(() -> storage.open(path));
    if (!fresh) {
      marks.read(0);
      marks.read(1);
    } else {
      marks.unnamed = () -> storage.forceDirectory(directory);
      try {
        marks.begin();
      } catch (IOException e) {
        // A disk without room, even for a name: done with the first mark, which guards nothing
        // before.
      }
    }
    return marks;
  }

  private StorageFile file() throws IOException {
    StorageFile opened = file;
    if (opened == null) {
      opened = opening.open();
      file = opened;
    }
    return opened;
  }

  /// Makes a new file survive a power cut with both its slots.
  private void begin() throws IOException {
    Naming naming = unnamed;
    if (naming != null) {
      write();
      write();
      file().force();
      naming.force();
      unnamed = null;
    }
  }

  private void read(int slot) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(USED_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    int checked = USED_BYTES - Integer.BYTES;
    if (file().read(bytes, (long) slot * SLOT_BYTES) == USED_BYTES
        && bytes.getInt(0) == MAGIC
        && bytes.get(4) == VERSION
        && bytes.getInt(checked) == Checksum.of(bytes.array(), 0, checked)
        && bytes.getLong(8) > generation) {
      generation = bytes.getLong(8);
      start = bytes.getLong(16);
      highWater = bytes.getLong(24);
    }
  }

  private void write() throws IOException {
    generation++;
    ByteBuffer bytes = ByteBuffer.allocate(USED_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(MAGIC).put(VERSION).put(new byte[3]);
    bytes.putLong(generation).putLong(start).putLong(highWater).putInt(0);
    bytes.putInt(Checksum.of(bytes.array(), 0, USED_BYTES - Integer.BYTES));
    file().write(bytes.clear(), generation % 2 * SLOT_BYTES);
  }

  /// The oldest position that retention has left.
  synchronized long start() {
    return start;
  }

  /// No position before this one may be used again.
  synchronized long highWater() {
    return highWater;
  }

  /// Raises the high-water mark; survives a kill of the process.
  synchronized void reached(long position) throws IOException {
    highWater = position;
    begin();
    write();
  }

  /// Moves the start; survives a power cut.
  synchronized void begin(long position) throws IOException {
    start = position;
    write();
    file().force();
  }

  /// Makes the marks survive a power cut.
  synchronized void force() throws IOException {
    file().force();
  }

  @Override
  public synchronized void close() throws IOException {
    if (file != null) {
      try (StorageFile closing = file) {
        closing.force();
      }
    }
  }
}
