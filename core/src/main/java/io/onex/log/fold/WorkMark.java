package io.onex.log.fold;

import io.onex.storage.Storage;
import io.onex.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/// A note in a file of which records folds are working on, so that a record that ends the process
/// each time it is read does so three times and not for ever.
///
/// Cheap by saying little: while all is well it names the batch at hand, one small write that is
/// not forced, as what was written survives the process, if not a power cut, of which no record is
/// the cause. A life that finds that the one before it ended within a batch names each record of
/// that stretch. A record at which two such lives in a row ended is passed over.
///
/// A note that cannot be read or written costs this protection and nothing else. Format:
/// `docs/reference/format/work-mark.md`. One thread at a time.
final class WorkMark implements AutoCloseable {
  private final Optional<StorageFile> file;
  private final ByteBuffer bytes = ByteBuffer.allocate(WorkNote.MAX_BYTES);
  private WorkNote note;

  private WorkMark(Optional<StorageFile> file, WorkNote note) {
    this.file = file;
    this.note = note;
  }

  /// Looks at how the life before ended, and begins a new one.
  ///
  /// @param path of the file
  static WorkMark open(Storage storage, String path) {
    WorkNote now = read(storage, path).afterRestart(storage.bootId());
    try {
      StorageFile file = storage.open(path);
      WorkMark mark = new WorkMark(Optional.of(file), now);
      mark.write(now);
      file.force();
      int slash = path.lastIndexOf('/');
      storage.forceDirectory(slash < 0 ? "" : path.substring(0, slash));
      return mark;
    } catch (IOException e) {
      return new WorkMark(Optional.empty(), now);
    }
  }

  private static WorkNote read(Storage storage, String path) {
    try (StorageFile file = storage.openForReading(path)) {
      ByteBuffer bytes = ByteBuffer.allocate(WorkNote.MAX_BYTES);
      int read = 0;
      while (bytes.hasRemaining() && read >= 0) {
        read = file.read(bytes, bytes.position());
      }
      return WorkNote.decode(bytes.flip());
    } catch (NoSuchFileException e) {
      return WorkNote.NONE;
    } catch (IOException | IllegalArgumentException e) {
      return WorkNote.NONE;
    }
  }

  /// Whether the life before ended while this fold worked on a batch with this record.
  boolean isSuspect(String fold, long offset) {
    return note.isSuspect(fold, offset);
  }

  /// Whether two lives in a row ended at this record.
  boolean isPassedOver(String fold, long offset) {
    return note.isPassedOver(fold, offset);
  }

  /// Whether any record is known at which lives ended: spares the others the question.
  boolean hasSuspects() {
    return note.hasSuspects();
  }

  /// A fold begins to work on records from `from` to before `to`.
  void batch(String fold, long from, long to) {
    put(note.working(fold, from, to, false));
  }

  /// A fold begins to work on one record.
  void record(String fold, long offset) {
    put(note.working(fold, offset, offset + 1, true));
  }

  /// No fold is working.
  void idle() {
    if (note.isWork()) {
      put(note.idle());
    }
  }

  private void put(WorkNote next) {
    note = next;
    try {
      write(next);
    } catch (IOException e) {
      // Only the protection is lost, and the next batch tries again.
    }
  }

  private void write(WorkNote next) throws IOException {
    if (file.isPresent()) {
      file.get().write(next.encode(bytes), 0);
    }
  }

  @Override
  public void close() {
    idle();
    file.ifPresent(open -> {
      try {
        open.close();
      } catch (IOException e) {
        // Nothing more is written to it.
      }
    });
  }
}
