package io.onex.source.file;

import io.onex.storage.NotAFileException;
import io.onex.storage.Storage;
import io.onex.storage.StorageFile;
import io.onex.telemetry.LogKeys;
import io.onex.telemetry.LogLine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/// The positions of all tailed files, in one small file that is replaced as a whole; the one before
/// it is kept.
///
/// A damaged file is set aside and named, and the one before it is read: it only knows of less
/// having been taken in. When that is damaged, too, all files are read from their beginning. One
/// thread at a time.
final class TailPositions {
  static final String CURRENT = "positions";
  static final String PREVIOUS = "positions.previous";
  static final String NEW = "positions.new";
  static final String DAMAGED = "positions.damaged";

  /// More than a million files: what is larger is no such file.
  private static final long MOST_BYTES = 512L << 20;

  private static final Logger LOG = LogManager.getLogger(TailPositions.class);

  private final Storage storage;
  private final String directory;
  private boolean currentIsGood;

  /// @param directory where in the storage the files lie
  TailPositions(Storage storage, String directory) {
    this.storage = storage;
    this.directory = directory;
  }

  /// What was loaded.
  ///
  /// @param isFirst whether nothing was ever saved
  record Loaded(SavedTails saved, boolean isFirst) {}

  /// What is saved; nothing when nothing was, or nothing that can be read.
  ///
  /// @throws IOException when the disk does not answer, or the file is of a newer version
  Loaded load() throws IOException {
    boolean isFirst = true;
    for (String name : List.of(CURRENT, PREVIOUS, NEW, DAMAGED)) {
      isFirst &= isMissing(name);
    }
    return new Loaded(newest().orElse(SavedTails.NONE), isFirst);
  }

  /// What is no file there once took the place of one.
  private boolean isMissing(String name) throws IOException {
    try {
      storage.openForReading(path(name)).close();
      return false;
    } catch (NotAFileException e) {
      return false;
    } catch (NoSuchFileException e) {
      return true;
    }
  }

  private Optional<SavedTails> newest() throws IOException {
    Optional<SavedTails> current = load(CURRENT);
    currentIsGood = current.isPresent();
    if (current.isEmpty()) {
      // A save that did not come to its end left what was to become the current one.
      current = unfinished();
    }
    return current.isPresent() ? current : load(PREVIOUS);
  }

  private Optional<SavedTails> unfinished() throws IOException {
    return storage.exists(path(NEW))
            && TailPositionsText.read(read(NEW))
                instanceof TailPositionsText.Outcome.Good(var saved)
        ? Optional.of(saved)
        : Optional.empty();
  }

  /// Replaces what is saved; returns once it survives a power cut.
  void save(SavedTails tails) throws IOException {
    byte[] bytes = TailPositionsText.write(tails);
    try (StorageFile file = storage.open(path(NEW))) {
      file.truncate(0);
      file.write(ByteBuffer.wrap(bytes), 0);
      file.force();
    }
    if (currentIsGood) {
      storage.rename(path(CURRENT), path(PREVIOUS));
    }
    storage.rename(path(NEW), path(CURRENT));
    storage.forceDirectory(directory);
    currentIsGood = true;
  }

  private Optional<SavedTails> load(String name) throws IOException {
    if (!storage.exists(path(name))) {
      return Optional.empty();
    }
    TailPositionsText.Outcome outcome = TailPositionsText.read(read(name));
    return switch (outcome) {
      case TailPositionsText.Outcome.Good(SavedTails saved) -> Optional.of(saved);
      case TailPositionsText.Outcome.Newer(int version) ->
          throw new IOException(
              "the positions of tailed files in "
                  + path(name)
                  + " are of version "
                  + version
                  + ", which this program is too old for; start the newer program again");
      case TailPositionsText.Outcome.Damaged(String what) -> {
        setAside(name, what);
        yield Optional.empty();
      }
    };
  }

  private void setAside(String name, String what) throws IOException {
    storage.rename(path(name), path(DAMAGED));
    storage.forceDirectory(directory);
    LOG.error(
        LogLine.of(
                "The positions of tailed files were damaged and are set aside; those saved before"
                    + " are taken, or else all files are read from their beginning")
            .with(LogKeys.FILE, path(name))
            .with(LogKeys.REASON, what));
  }

  private byte[] read(String name) throws IOException {
    try (StorageFile file = storage.openForReading(path(name))) {
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(MOST_BYTES, file.size()));
      while (bytes.hasRemaining() && file.read(bytes, bytes.position()) > 0) {
        // Reads on until the buffer is full or the file ends.
      }
      return Arrays.copyOf(bytes.array(), bytes.position());
    }
  }

  private String path(String name) {
    return directory + "/" + name;
  }
}
