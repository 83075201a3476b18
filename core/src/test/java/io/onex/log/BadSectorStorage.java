package io.onex.log;

import io.onex.storage.Storage;
import io.onex.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/// A storage on which one stretch of one file cannot be read for as long as it is bad.
final class BadSectorStorage implements Storage {
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

  private StorageFile checked(String path, StorageFile file) {
    return new StorageFile() {
      @Override
      public void write(ByteBuffer source, long offset) throws IOException {
        file.write(source, offset);
      }

      @Override
      public int read(ByteBuffer target, long offset) throws IOException {
        if (bad.filter(b -> b.hit(path, offset, target.remaining())).isPresent()) {
          throw new IOException(path + ": Input/output error");
        }
        return file.read(target, offset);
      }

      @Override
      public long size() throws IOException {
        return file.size();
      }

      @Override
      public void truncate(long size) throws IOException {
        file.truncate(size);
      }

      @Override
      public void force() throws IOException {
        file.force();
      }

      @Override
      public void close() throws IOException {
        file.close();
      }
    };
  }

  @Override
  public StorageFile open(String path) throws IOException {
    return checked(path, storage.open(path));
  }

  @Override
  public StorageFile openForReading(String path) throws IOException {
    return checked(path, storage.openForReading(path));
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

  @Override
  public long usableBytes() throws IOException {
    return storage.usableBytes();
  }
}
