package io.onex.log;

import io.onex.storage.Storage;
import io.onex.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/// A storage that lets something else happen in the middle of an fsync, as other threads do.
///
/// @param storage does the work
/// @param meanwhile runs before each fsync of a file returns
public record InterruptingStorage(Storage storage, Runnable meanwhile) implements Storage {
  @Override
  public StorageFile open(String path) throws IOException {
    return new Interrupted(storage.open(path), meanwhile);
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

  @Override
  public long usableBytes() throws IOException {
    return storage.usableBytes();
  }

  private record Interrupted(StorageFile file, Runnable meanwhile) implements StorageFile {
    @Override
    public void write(ByteBuffer source, long offset) throws IOException {
      file.write(source, offset);
    }

    @Override
    public int read(ByteBuffer target, long offset) throws IOException {
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
      meanwhile.run();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
