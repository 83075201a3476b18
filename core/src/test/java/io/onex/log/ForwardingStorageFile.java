package io.onex.log;

import io.onex.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/// A file that leaves everything to another, for those that change one thing about it.
interface ForwardingStorageFile extends StorageFile {
  /// Does the work.
  StorageFile file();

  @Override
  default void write(ByteBuffer source, long offset) throws IOException {
    file().write(source, offset);
  }

  @Override
  default int read(ByteBuffer target, long offset) throws IOException {
    return file().read(target, offset);
  }

  @Override
  default long size() throws IOException {
    return file().size();
  }

  @Override
  default void truncate(long size) throws IOException {
    file().truncate(size);
  }

  @Override
  default void force() throws IOException {
    file().force();
  }

  @Override
  default void close() throws IOException {
    file().close();
  }
}
