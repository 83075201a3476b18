package io.onex.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/// One open file of a [Storage].
public interface StorageFile extends Closeable {
  /// Writes all remaining bytes of `source` at `offset`.
  ///
  /// @throws IOException when the device is full or fails; then any prefix of the bytes may have
  ///   been written
  void write(ByteBuffer source, long offset) throws IOException;

  /// Reads up to the remaining bytes of `target` from `offset`.
  ///
  /// @return number of bytes read, -1 at or beyond the end of the file
  int read(ByteBuffer target, long offset) throws IOException;

  /// Whether its name still leads to this file: what is written to one that was removed is gone
  /// once it is closed.
  default boolean isInPlace() throws IOException {
    return true;
  }

  /// Bytes in the file.
  long size() throws IOException;

  /// Cuts the file to `size` bytes when it is longer.
  void truncate(long size) throws IOException;

  /// Returns once the bytes written so far survive a power cut (fdatasync).
  void force() throws IOException;
}
