package io.onex.log.cursor;

import io.onex.bytes.Slice;
import io.onex.log.journal.JournalFrame;
import io.onex.storage.Storage;
import io.onex.storage.StorageFile;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One file of frames that is appended to. Not safe for several threads, but for [#force].
final class CursorJournalFile {
  private final StorageFile file;
  private long end;

  private CursorJournalFile(StorageFile file, long end) {
    this.file = file;
    this.end = end;
  }

  /// An existing file, continued at `end`.
  static CursorJournalFile at(StorageFile file, long end) {
    return new CursorJournalFile(file, end);
  }

  /// A new file of these entries, on the disk, in place of what has this path.
  static CursorJournalFile create(Storage storage, String path, List<Slice> payloads)
      throws IOException {
    storage.delete(path);
    CursorJournalFile created = new CursorJournalFile(storage.open(path), 0);
    try {
      for (Slice payload : payloads) {
        created.append(payload);
      }
      created.force();
      return created;
    } catch (IOException e) {
      abandon(created);
      throw e;
    }
  }

  /// Appends one frame. After a failure the place is written again by the next frame.
  void append(Slice payload) throws IOException {
    var frame = JournalFrame.encode(payload, end);
    int bytes = frame.remaining();
    file.write(frame, end);
    end += bytes;
  }

  /// The same file opened by the name it was given, so that failures name what operators see.
  CursorJournalFile renamed(Storage storage, String path) {
    try {
      CursorJournalFile reopened = new CursorJournalFile(storage.open(path), end);
      abandon(this);
      return reopened;
    } catch (IOException e) {
      // The handle at hand leads to the same bytes.
      return this;
    }
  }

  void force() throws IOException {
    file.force();
  }

  /// Bytes of good frames.
  long end() {
    return end;
  }

  /// Closes without complaint: what is given up here was written and forced elsewhere.
  static void abandon(@Nullable CursorJournalFile journal) {
    if (journal == null) {
      return;
    }
    try {
      journal.file.close();
    } catch (IOException _) {
      // The handle is gone either way, and no byte depends on it.
    }
  }
}
