package io.onex.source.file;

import java.nio.file.Path;
import java.util.List;

/// What a file source remembers over a restart.
///
/// @param secret of the hashes
/// @param floor the least generation of a file that was not seen before
/// @param patterns that were followed, as configured; none when that is not known
/// @param reads files that are read, and lives that ended
/// @param held files that need not be read
record SavedTails(
    long secret, int floor, List<String> patterns, List<Read> reads, List<Held> held) {
  static final SavedTails NONE = new SavedTails(0, 0, List.of(), List.of(), List.of());

  SavedTails {
    patterns = List.copyOf(patterns);
    reads = List.copyOf(reads);
    held = List.copyOf(held);
  }

  /// How far one life was taken in.
  ///
  /// @param file that it is read in, as it was last seen; of what version 1 and 2 saved only the
  ///   key is known
  /// @param origin where it was first seen
  /// @param path where it was last seen
  /// @param read the hash of all that was taken in; only its length is known where it comes from
  ///   version 1 of the file
  /// @param endedMicros when it ended, 0 while it lives
  /// @param removed whether it ended by being removed, rather than cut
  record Read(
      FileFacts file,
      Path origin,
      Path path,
      Life.Id life,
      ContentHash.State read,
      ContentHash.State head,
      int before,
      List<ContentHash.State> marks,
      long endedMicros,
      boolean removed) {
    Read {
      marks = List.copyOf(marks);
    }

    /// Of a life that is read in `file`.
    static Read of(FileFacts file, Life life) {
      return of(file, life, 0, false);
    }

    static Read of(Lives.Ended one) {
      return of(FileFacts.GONE, one.life(), Math.max(1, one.atMicros()), one.removed());
    }

    private static Read of(FileFacts file, Life life, long endedMicros, boolean removed) {
      return new Read(
          file,
          life.origin(),
          life.path(),
          life.id(),
          life.read(),
          life.head(),
          life.before(),
          life.marks(),
          endedMicros,
          removed);
    }

    Life toLife(long secret) {
      return new Life(life, origin, path, secret, read, head, before, marks);
    }
  }

  /// A file that need not be read while it stays as it is.
  ///
  /// @param facts what it is, key included
  /// @param life what it is a copy of; identity empty when it is none
  record Held(Path path, FileFacts facts, Life.Id life) {}
}
