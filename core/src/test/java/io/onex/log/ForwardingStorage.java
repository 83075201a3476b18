package io.onex.log;

import io.onex.storage.Storage;
import io.onex.storage.StorageFile;
import java.io.IOException;
import java.util.List;

/// A storage that leaves everything to another, for those that change one thing about it.
interface ForwardingStorage extends Storage {
  /// Does the work.
  Storage storage();

  @Override
  default StorageFile open(String path) throws IOException {
    return storage().open(path);
  }

  @Override
  default StorageFile openForReading(String path) throws IOException {
    return storage().openForReading(path);
  }

  @Override
  default boolean exists(String path) throws IOException {
    return storage().exists(path);
  }

  @Override
  default List<String> list(String directory) throws IOException {
    return storage().list(directory);
  }

  @Override
  default void delete(String path) throws IOException {
    storage().delete(path);
  }

  @Override
  default void rename(String from, String to) throws IOException {
    storage().rename(from, to);
  }

  @Override
  default void forceDirectory(String directory) throws IOException {
    storage().forceDirectory(directory);
  }

  @Override
  default long usableBytes() throws IOException {
    return storage().usableBytes();
  }
}
