package io.onex.storage;

import io.onex.storage.Fault.Kind;
import io.onex.storage.Fault.Operation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// A storage that fails on demand, for tests of everything that must survive a full or broken disk.
public final class FaultyStorage implements Storage {
  private final Storage storage;
  private final List<Armed> armed = new ArrayList<>();
  private long injected;
  private CountDownLatch healed = new CountDownLatch(1);
  private volatile long mostUsableBytes = Long.MAX_VALUE;
  private volatile long mostDeviceBytes = Long.MAX_VALUE;

  /// @param storage does the work when no fault applies
  public FaultyStorage(Storage storage) {
    this.storage = storage;
  }

  /// Adds a fault to those that wait for their operation.
  public synchronized void inject(Fault fault) {
    armed.add(new Armed(fault));
  }

  /// Says from now on that no more than this is usable.
  public void leave(long usableBytes) {
    mostUsableBytes = usableBytes;
  }

  /// Says from now on that the whole device has no more than this.
  public void shrink(long deviceBytes) {
    mostUsableBytes = deviceBytes;
    mostDeviceBytes = deviceBytes;
  }

  /// Takes all faults back; what hangs goes on.
  public synchronized void heal() {
    armed.clear();
    healed.countDown();
    healed = new CountDownLatch(1);
    mostUsableBytes = Long.MAX_VALUE;
    mostDeviceBytes = Long.MAX_VALUE;
  }

  /// Operations that were made to fail so far.
  public synchronized long injected() {
    return injected;
  }

  @Override
  public StorageFile open(String path) throws IOException {
    Kind kind = next(Operation.OPEN, path);
    if (kind != null && !(kind == Kind.FULL && storage.exists(path))) {
      throw kind.exception(path);
    }
    return new FaultyFile(storage.open(path), path);
  }

  @Override
  public StorageFile openForReading(String path) throws IOException {
    Kind kind = next(Operation.OPEN, path);
    if (kind != null && kind != Kind.FULL) {
      throw kind.exception(path);
    }
    return new FaultyFile(storage.openForReading(path), path);
  }

  @Override
  public boolean exists(String path) throws IOException {
    fail(Operation.LOOK, path);
    return storage.exists(path);
  }

  @Override
  public List<String> list(String directory) throws IOException {
    fail(Operation.LOOK, directory);
    return storage.list(directory);
  }

  @Override
  public void delete(String path) throws IOException {
    fail(Operation.DELETE, path);
    storage.delete(path);
  }

  @Override
  public void rename(String from, String to) throws IOException {
    fail(Operation.RENAME, from);
    storage.rename(from, to);
  }

  @Override
  public void forceDirectory(String directory) throws IOException {
    fail(Operation.FORCE_DIRECTORY, directory);
    storage.forceDirectory(directory);
  }

  @Override
  public String bootId() {
    return storage.bootId();
  }

  @Override
  public void verify() throws IOException {
    storage.verify();
  }

  @Override
  public long usableBytes() throws IOException {
    fail(Operation.LOOK, "");
    return Math.min(storage.usableBytes(), mostUsableBytes);
  }

  @Override
  public long deviceBytes() throws IOException {
    return Math.min(storage.deviceBytes(), mostDeviceBytes);
  }

  private void fail(Operation operation, String path) throws IOException {
    Kind kind = next(operation, path);
    if (kind != null) {
      throw kind.exception(path);
    }
  }

  /// How the operation fails; one that hangs has waited when this returns.
  private @Nullable Kind next(Operation operation, String path) {
    CountDownLatch hangs;
    synchronized (this) {
      Kind kind = strike(operation, path);
      if (kind != Kind.HANG) {
        return kind;
      }
      hangs = healed;
    }
    boolean interrupted = false;
    while (hangs.getCount() > 0) {
      try {
        hangs.await();
      } catch (InterruptedException e) {
        // A device that does not answer heeds no interrupt.
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return null;
  }

  private @Nullable Kind strike(Operation operation, String path) {
    for (Armed candidate : armed) {
      if (candidate.strikes(operation, path)) {
        injected++;
        return candidate.fault.kind();
      }
    }
    return null;
  }

  private static final class Armed {
    private final Fault fault;
    private long seen;

    Armed(Fault fault) {
      this.fault = fault;
    }

    boolean strikes(Operation operation, String path) {
      if (fault.operation() != operation || !path.contains(fault.pathPart())) {
        return false;
      }
      long ordinal = seen++;
      return ordinal >= fault.skip() && ordinal - fault.skip() < fault.times();
    }
  }

  private final class FaultyFile implements StorageFile {
    private final StorageFile file;
    private final String path;

    FaultyFile(StorageFile file, String path) {
      this.file = file;
      this.path = path;
    }

    @Override
    public void write(ByteBuffer source, long offset) throws IOException {
      Kind kind = next(Operation.WRITE, path);
      if (kind == Kind.SHORT_WRITE) {
        ByteBuffer half = source.duplicate();
        half.limit(half.position() + half.remaining() / 2);
        file.write(half, offset);
      }
      if (kind == Kind.FULL && offset + source.remaining() <= file.size()) {
        kind = null;
      } else if (kind == Kind.FULL && offset < file.size()) {
        ByteBuffer fits = source.duplicate();
        fits.limit(fits.position() + (int) (file.size() - offset));
        file.write(fits, offset);
      }
      if (kind != null) {
        throw kind.exception(path);
      }
      file.write(source, offset);
    }

    @Override
    public int read(ByteBuffer target, long offset) throws IOException {
      fail(Operation.READ, path);
      return file.read(target, offset);
    }

    @Override
    public boolean isInPlace() throws IOException {
      return file.isInPlace();
    }

    @Override
    public long size() throws IOException {
      fail(Operation.LOOK, path);
      return file.size();
    }

    @Override
    public void truncate(long size) throws IOException {
      fail(Operation.TRUNCATE, path);
      file.truncate(size);
    }

    @Override
    public void force() throws IOException {
      fail(Operation.FORCE, path);
      file.force();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
