package io.onex.log.cursor;

import io.onex.bytes.Slice;
import io.onex.log.journal.JournalFrame;
import io.onex.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Two files beside the cursor journal whose room is taken beforehand, for the cursors of a time in
/// which the journal cannot be written because the disk is full.
///
/// One of them is in force: it begins with everything there is to say, and entries follow. When it
/// is full it is made durable, and so is what the other then begins with, before anything else
/// overwrites either. A reader takes the good frames of the journal and of both files; as
/// everywhere, the highest sequence counts. Guarded by the lock of the journal, but for forcing
/// what [#takeUnforced] gives and for the part of [#prepare] that waits for the disk.
final class CursorReserve {
  /// More than this is not taken beforehand.
  static final long MOST_BYTES = 32 << 20;

  private final Storage storage;
  private final String directory;
  private final List<CursorReserveFile> files = new ArrayList<>();
  private @Nullable CursorReserveFile inForce;
  private @Nullable CursorReserveFile last;
  private boolean failed;

  private CursorReserve(Storage storage, String directory) {
    this.storage = storage;
    this.directory = directory;
  }

  /// Opens what there is. A file that cannot be read is as good as none, and made anew.
  static CursorReserve open(Storage storage, String directory) {
    CursorReserve reserve = new CursorReserve(storage, directory);
    for (int i = 0; i < 2; i++) {
      try {
        String path = reserve.path(i);
        if (!storage.exists(path)) {
          break;
        }
        reserve.files.add(CursorReserveFile.open(storage, path));
      } catch (IOException e) {
        break;
      }
    }
    return reserve;
  }

  private String path(int index) {
    return directory + "/cursors.reserve." + index;
  }

  /// All good frames found when it was opened.
  List<JournalFrame> found() {
    return files.stream().flatMap(file -> file.found().stream()).toList();
  }

  /// Says which file holds the frame with the highest sequence: what comes next follows it.
  void continueAfter(JournalFrame latest) {
    for (CursorReserveFile file : files) {
      if (file.found().contains(latest)) {
        last = file;
      }
    }
  }

  /// Bytes each file can take; 0 while there are not two.
  long capacity() {
    return files.size() < 2 ? 0 : Math.min(files.getFirst().capacity(), files.getLast().capacity());
  }

  /// What stands in it is no longer needed, or only a part of it.
  boolean isUsed() {
    return files.stream().anyMatch(CursorReserveFile::isUsed);
  }

  /// Whether a failed try is not to be repeated for now.
  boolean hasFailed() {
    return failed;
  }

  void tryAgain() {
    failed = false;
  }

  /// Writes `payload`, or, where a file has to be begun, everything.
  ///
  /// @param everything what says the latest of all, `payload` included
  void append(Slice payload, Supplier<List<Slice>> everything) throws IOException {
    try {
      CursorReserveFile current = inForce;
      if (current != null && current.holds(JournalFrame.HEADER_BYTES + (long) payload.length())) {
        current.append(payload);
      } else {
        begin(everything.get());
      }
    } catch (IOException e) {
      inForce = null;
      failed = true;
      throw e;
    }
  }

  /// Writes everything into the file that is not in force, or behind what the file of the life
  /// before holds: until all of it is on the disk, nothing that may be needed is overwritten.
  void begin(List<Slice> everything) throws IOException {
    if (capacity() == 0) {
      throw new IOException("no room was kept for cursors");
    }
    long bytes =
        everything.stream().mapToLong(each -> JournalFrame.HEADER_BYTES + each.length()).sum();
    CursorReserveFile before = inForce == null ? last : inForce;
    CursorReserveFile next;
    if (inForce == null && before != null && before.holds(bytes)) {
      next = before;
    } else {
      next = before == files.getFirst() ? files.getLast() : files.getFirst();
      if (before != null && before.takeUnforced()) {
        before.force();
      }
      next.rewind();
    }
    for (Slice each : everything) {
      next.append(each);
    }
    boolean _ = next.takeUnforced();
    next.force();
    inForce = next;
    last = next;
  }

  /// The files that have to be forced for all of it to survive a power cut.
  List<CursorReserveFile> takeUnforced() {
    return files.stream().filter(CursorReserveFile::takeUnforced).toList();
  }

  /// Nobody can say what it holds.
  void distrust() {
    inForce = null;
    failed = true;
  }

  /// Forgets all that stands in it, because the journal says it, durably.
  void clear() throws IOException {
    inForce = null;
    last = null;
    for (CursorReserveFile file : files) {
      file.clear();
    }
  }

  /// Takes room for `bytes` in each file, and waits for the disk. To be called by one thread while
  /// nothing stands in it.
  ///
  /// @return what is to be run under the lock
  Runnable prepare(long bytes) throws IOException {
    List<CursorReserveFile> both = new ArrayList<>(files);
    List<Long> capacities = new ArrayList<>();
    try {
      while (both.size() < 2) {
        String path = path(both.size());
        // What could not be read is of no use.
        storage.delete(path);
        both.add(CursorReserveFile.open(storage, path));
      }
      for (CursorReserveFile file : both) {
        capacities.add(file.grow(Math.min(bytes, MOST_BYTES)));
      }
      storage.forceDirectory(directory);
    } catch (IOException e) {
      both.stream().skip(files.size()).forEach(CursorReserveFile::close);
      throw e;
    }
    return () -> {
      files.clear();
      files.addAll(both);
      for (int i = 0; i < both.size(); i++) {
        both.get(i).grown(capacities.get(i));
      }
    };
  }

  void close() {
    files.forEach(CursorReserveFile::close);
    files.clear();
    inForce = null;
  }
}
