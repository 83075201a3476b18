package io.onex.log.fold;

import io.onex.log.journal.JournalFolder;
import io.onex.storage.NotAFileException;
import io.onex.storage.Storage;
import io.onex.storage.StorageFile;
import io.onex.time.Clock;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The checkpoints of all folds: a file for each, replaced as a whole, and the one before it as a
/// fallback.
///
/// Format: `docs/reference/format/checkpoint.md`. One thread at a time.
public final class Checkpoints {
  private static final String CURRENT = ".checkpoint";
  private static final String PREVIOUS = ".checkpoint.previous";
  private static final String ASIDE = ".checkpoint.new";
  private static final String WORK_MARK = "work-mark";

  private final Storage storage;
  private final String directory;
  private final Clock clock;

  /// Folds whose current file is known to be good, and therefore worth keeping as a fallback.
  private final Set<String> good = new HashSet<>();

  /// @param directory folder of the files
  public Checkpoints(Storage storage, String directory, Clock clock) {
    this.storage = storage;
    this.directory = directory;
    this.clock = clock;
  }

  /// What there is for a fold. Never fails: what cannot be read is a problem, not an end.
  public CheckpointCandidates find(String fold) {
    List<Checkpoint> found = new ArrayList<>();
    List<CheckpointProblem> problems = new ArrayList<>();
    good.remove(fold);
    for (String suffix : List.of(CURRENT, PREVIOUS)) {
      String path = path(fold, suffix);
      try {
        found.add(CheckpointCodec.decode(fold, read(path)));
        if (suffix.equals(CURRENT)) {
          good.add(fold);
        }
      } catch (NotAFileException e) {
        problems.add(new CheckpointProblem(fold, path, String.valueOf(e.getReason())));
      } catch (NoSuchFileException e) {
        // A fold that was never checkpointed, or only once.
      } catch (IOException | IllegalArgumentException e) {
        problems.add(new CheckpointProblem(fold, path, String.valueOf(e.getMessage())));
      }
    }
    return new CheckpointCandidates(found, problems);
  }

  /// Replaces the checkpoint of a fold; when this returns it survives a power cut. At any moment
  /// before, the one before it does.
  ///
  /// @throws IOException when it cannot be written; the ones before stay as they were
  public void save(String fold, Checkpoint checkpoint) throws IOException {
    String aside = path(fold, ASIDE);
    storage.delete(aside);
    try (StorageFile file = storage.open(aside)) {
      file.write(CheckpointCodec.encode(fold, checkpoint, clock.wallMicros()), 0);
      file.force();
    }
    // A damaged file must not take the place of the good one before it.
    if (good.contains(fold) && storage.exists(path(fold, CURRENT))) {
      storage.rename(path(fold, CURRENT), path(fold, PREVIOUS));
    }
    storage.rename(aside, path(fold, CURRENT));
    good.add(fold);
    storage.forceDirectory(directory);
  }

  /// Makes a fold begin anew.
  ///
  /// @throws IOException when a file cannot be removed
  public void delete(String fold) throws IOException {
    storage.delete(path(fold, CURRENT));
    storage.delete(path(fold, PREVIOUS));
    storage.forceDirectory(directory);
    good.remove(fold);
  }

  /// The note beside the checkpoints of which records folds are working on.
  WorkMark openWorkMark() {
    return WorkMark.open(storage, directory + "/" + WORK_MARK);
  }

  private byte[] read(String path) throws IOException {
    try (StorageFile file = storage.openForReading(path)) {
      ByteBuffer target = ByteBuffer.allocate(Math.toIntExact(file.size()));
      while (target.hasRemaining()) {
        if (file.read(target, target.position()) < 0) {
          throw new EOFException("it ends early");
        }
      }
      return target.array();
    }
  }

  private String path(String fold, String suffix) {
    return directory + "/" + JournalFolder.of(fold) + suffix;
  }
}
