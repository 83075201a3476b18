package io.onex.log;

import io.onex.storage.Storage;
import io.onex.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/// A storage on which one stretch of one file cannot be read for as long as it is bad.
final class BadSectorStorage implements ForwardingStorage {
  private final Storage storage;
  private volatile Optional<Bad> bad = Optional.empty();

  private record Bad(String path, long from, long to) {
    boolean hit(String file, long offset, int length) {
      return path.equals(file) && offset < to && offset + length > from;
    }
  }

  BadSectorStorage(Storage storage) {
    this.storage = storage;
  }

  void spoil(String path, long from, long to) {
    bad = Optional.of(new Bad(path, from, to));
  }

  void heal() {
    bad = Optional.empty();
  }

  @Override
  public Storage storage() {
    return storage;
  }

  @Override
  public StorageFile open(String path) throws IOException {
    return new Checked(path, storage.open(path));
  }

  @Override
  public StorageFile openForReading(String path) throws IOException {
    return new Checked(path, storage.openForReading(path));
  }

  private final class Checked implements ForwardingStorageFile {
    private final String path;
    private final StorageFile file;

    Checked(String path, StorageFile file) {
      this.path = path;
      this.file = file;
    }

    @Override
    public StorageFile file() {
      return file;
    }

    @Override
    public int read(ByteBuffer target, long offset) throws IOException {
      if (bad.filter(b -> b.hit(path, offset, target.remaining())).isPresent()) {
        throw new IOException(path + ": Input/output error");
      }
      return file.read(target, offset);
    }
  }
}
