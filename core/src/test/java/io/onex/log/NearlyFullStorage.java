package io.onex.log;

import io.onex.storage.Storage;
import io.onex.storage.StorageFile;
import java.io.IOException;
import java.util.List;

/// A storage that says how little room it has left.
record NearlyFullStorage(Storage storage, long usableBytes) implements Storage {
  @Override
  public StorageFile open(String path) throws IOException {
    return storage.open(path);
  }

  @Override
  public StorageFile openForReading(String path) throws IOException {
    return storage.openForReading(path);
  }

  @Override
  public boolean exists(String path) throws IOException {
    return storage.exists(path);
  }

  @Override
  public List<String> list(String directory) throws IOException {
    return storage.list(directory);
  }

  @Override
  public void delete(String path) throws IOException {
    storage.delete(path);
  }

  @Override
  public void rename(String from, String to) throws IOException {
    storage.rename(from, to);
  }

  @Override
  public void forceDirectory(String directory) throws IOException {
    storage.forceDirectory(directory);
  }
}
