package io.onex.log;

import io.onex.segment.Checksum;
import io.onex.segment.SegmentProblem;
import io.onex.segment.SegmentProblem.Kind;
import io.onex.segment.SegmentProblems;
import io.onex.storage.Storage;
import io.onex.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.NoSuchFileException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The secret number of a data folder, from which the log's tables of ids take their seeds, so that
/// nobody outside can choose ids that meet in one place. Made when the folder has none.
///
/// A damaged one is set aside and named, and another is made; the files that depend on it say so
/// ([IdSeeds#check]) and are made anew. `docs/reference/format/secret.md` draws the file.
final class FolderSecret {
  static final String PATH = "secret";
  static final String SET_ASIDE = "secret.damaged";
  private static final String UNFINISHED = "secret.new";

  static final int BYTES = 48;

  private static final int FEWEST_BYTES = 12;
  private static final int MOST_BYTES = 4096;
  private static final int MAGIC = 0x4b53584f; // "OXSK", little endian
  private static final byte VERSION = 1;
  private static final int CHECKED = BYTES - Integer.BYTES;

  private FolderSecret() {}

  /// The seeds of this folder.
  ///
  /// @param random must be hard to guess
  /// @throws IOException when the file cannot be read, or is of a newer version
  static IdSeeds open(Storage storage, RandomGenerator random, SegmentProblems problems)
      throws IOException {
    ByteBuffer found = read(storage);
    if (found == null) {
      return make(storage, random);
    }
    if (!isSound(found)) {
      storage.rename(PATH, SET_ASIDE);
      problems.add(new SegmentProblem(Kind.DAMAGED_SECRET, SET_ASIDE, 0, found.limit(), 0, 0));
      return make(storage, random);
    }
    if (found.get(4) != VERSION) {
      throw new IOException(
          "the file '%s' is of version %d and this program knows version %d only; use the program that wrote it, or a newer one"
              .formatted(PATH, found.get(4), VERSION));
    }
    return seeds(found);
  }

  /// Whether it begins and ends as a file of any version does.
  private static boolean isSound(ByteBuffer found) {
    int checked = found.limit() - Integer.BYTES;
    return found.limit() >= FEWEST_BYTES
        && found.getInt(0) == MAGIC
        && found.getInt(checked) == Checksum.of(found.array(), found.arrayOffset(), checked)
        && (found.get(4) != VERSION || found.limit() == BYTES);
  }

  private static @Nullable ByteBuffer read(Storage storage) throws IOException {
    try (StorageFile file = storage.openForReading(PATH)) {
      ByteBuffer bytes = ByteBuffer.allocate(MOST_BYTES).order(ByteOrder.LITTLE_ENDIAN);
      while (bytes.hasRemaining() && file.read(bytes, bytes.position()) > 0) {
        // Goes on until the file ends or is longer than it should be.
      }
      return bytes.flip();
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /// A new secret. On a disk without room it lasts for this start only: what depends on it is made
  /// anew by the next one, as after damage, and a full disk keeps no gateway from starting.
  private static IdSeeds make(Storage storage, RandomGenerator random) {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(MAGIC).put(VERSION).put(new byte[3]);
    for (int i = 0; i < 4; i++) {
      bytes.putLong(random.nextLong());
    }
    bytes.putInt(0).putInt(Checksum.of(bytes.array(), 0, CHECKED));
    try {
      keep(storage, bytes);
    } catch (IOException e) {
      // The log cannot be written either, and says so.
    }
    return seeds(bytes);
  }

  /// Written under another name and forced before it gets its own, so that no cut leaves a part.
  private static void keep(Storage storage, ByteBuffer bytes) throws IOException {
    storage.delete(UNFINISHED);
    try (StorageFile file = storage.open(UNFINISHED)) {
      file.write(bytes.clear(), 0);
      file.force();
    }
    storage.rename(UNFINISHED, PATH);
    storage.forceDirectory("");
  }

  private static IdSeeds seeds(ByteBuffer bytes) {
    return new IdSeeds(bytes.getLong(8), bytes.getLong(16), bytes.getLong(24), bytes.getLong(32));
  }
}
