package io.onex.source.file;

import java.nio.file.Path;

/// How far one file was taken in.
///
/// @param identity device and inode: the file's name may change
/// @param path where it was last seen
/// @param offset bytes taken in, all of them durable
/// @param generation how often it was seen truncated
/// @param before CRC32C of the last bytes before `offset`, to notice that the file is another one
record TailPosition(String identity, Path path, long offset, int generation, int before) {
  TailPosition {
    if (offset < 0 || generation < 0) {
      throw new IllegalArgumentException("no such place in " + path + ": " + offset);
    }
  }

  static TailPosition startOf(String identity, Path path, int generation) {
    return new TailPosition(identity, path, 0, generation, 0);
  }

  TailPosition at(Path seen) {
    return seen.equals(path) ? this : new TailPosition(identity, seen, offset, generation, before);
  }
}
