package io.onex.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/// A disk in memory whose power can be cut, for tests of what survives.
///
/// The model is harsher than most file systems. Of the bytes written since the last
/// [StorageFile#force] any subset of 512-byte sectors reaches the disk, in any order, so writes are
/// dropped, reordered and torn; of the truncations since then any may be undone; of the names
/// created, removed or changed since the last [#forceDirectory] any subset is kept. What was forced
/// stays. A sector is written whole or not at all. Folders need no forcing of their own.
public final class PowerCutStorage implements Storage {
  private final Map<String, SimulatedFile> names;
  private final Map<String, SimulatedFile> durableNames;
  private final List<Renaming> pendingNames = new ArrayList<>();
  private long operationsLeft = Long.MAX_VALUE;
  private long operations;
  private int cuts;

  /// An empty disk.
  public PowerCutStorage() {
    this(new TreeMap<>());
  }

  private PowerCutStorage(Map<String, SimulatedFile> survivors) {
    this.names = survivors;
    this.durableNames = new TreeMap<>(survivors);
  }

  /// Cuts the power: this disk fails from now on, and the one returned holds what survived.
  ///
  /// @param seed decides which of the bytes and names that were not forced are kept
  public synchronized PowerCutStorage cut(long seed) {
    Random random = new Random(seed);
    double kept = random.nextInt(5) / 4.0;
    operationsLeft = 0;
    Map<String, SimulatedFile> survivors = new TreeMap<>(durableNames);
    for (Renaming change : pendingNames) {
      if (random.nextDouble() < kept) {
        change.apply(survivors);
      }
    }
    survivors.replaceAll((name, file) -> file.afterCut(random, kept));
    PowerCutStorage after = new PowerCutStorage(survivors);
    after.cuts = cuts + 1;
    return after;
  }

  @Override
  public synchronized String bootId() {
    return "boot-" + cuts;
  }

  /// Lets `count` more operations that change the disk succeed; those after fail, as on a machine
  /// that is going down. Follow it by [#cut].
  public synchronized void failAfter(long count) {
    operationsLeft = count;
  }

  /// Operations that changed the disk so far.
  public synchronized long operations() {
    return operations;
  }

  /// The bytes of a file as a program would read them now.
  public synchronized byte[] content(String path) throws IOException {
    return existing(path).content();
  }

  /// Replaces the bytes of a file, durably: damage, as done by a failing medium.
  public synchronized void damage(String path, byte[] content) throws IOException {
    existing(path).replace(content);
  }

  @Override
  public synchronized StorageFile open(String path) throws IOException {
    SimulatedFile file = names.get(path);
    if (file == null) {
      change();
      file = new SimulatedFile();
      rename(new Renaming("", path, file));
    }
    return new Handle(file);
  }

  @Override
  public synchronized StorageFile openForReading(String path) throws IOException {
    return new Handle(existing(path));
  }

  @Override
  public synchronized boolean exists(String path) throws IOException {
    checkPower();
    return names.containsKey(path);
  }

  @Override
  public synchronized List<String> list(String directory) throws IOException {
    checkPower();
    return names.keySet().stream()
        .filter(path -> Renaming.directoryOf(path).equals(directory))
        .map(path -> directory.isEmpty() ? path : path.substring(directory.length() + 1))
        .toList();
  }

  @Override
  public synchronized void delete(String path) throws IOException {
    change();
    if (names.containsKey(path)) {
      rename(new Renaming(path, "", existing(path)));
    }
  }

  @Override
  public synchronized void rename(String from, String to) throws IOException {
    change();
    rename(new Renaming(from, to, existing(from)));
  }

  @Override
  public synchronized void forceDirectory(String directory) throws IOException {
    change();
    pendingNames.removeIf(pending -> {
      boolean concerned = pending.concerns(directory);
      if (concerned) {
        pending.apply(durableNames);
      }
      return concerned;
    });
  }

  @Override
  public long usableBytes() {
    return Long.MAX_VALUE;
  }

  private void rename(Renaming renaming) {
    renaming.apply(names);
    pendingNames.add(renaming);
  }

  private SimulatedFile existing(String path) throws IOException {
    checkPower();
    SimulatedFile file = names.get(path);
    if (file == null) {
      throw new NoSuchFileException(path);
    }
    return file;
  }

  private void checkPower() throws IOException {
    if (operationsLeft == 0) {
      throw new IOException("the power is off");
    }
  }

  private void change() throws IOException {
    checkPower();
    operations++;
    operationsLeft--;
  }

  /// A change of names: from nothing (creation), to nothing (deletion), or both.
  private record Renaming(String from, String to, SimulatedFile file) {
    void apply(Map<String, SimulatedFile> names) {
      if (!from.isEmpty()) {
        names.remove(from);
      }
      if (!to.isEmpty()) {
        names.put(to, file);
      }
    }

    boolean concerns(String directory) {
      return (!from.isEmpty() && directoryOf(from).equals(directory))
          || (!to.isEmpty() && directoryOf(to).equals(directory));
    }

    static String directoryOf(String path) {
      int slash = path.lastIndexOf('/');
      return slash < 0 ? "" : path.substring(0, slash);
    }
  }

  private final class Handle implements StorageFile {
    private final SimulatedFile file;

    Handle(SimulatedFile file) {
      this.file = file;
    }

    @Override
    public void write(ByteBuffer source, long offset) throws IOException {
      synchronized (PowerCutStorage.this) {
        change();
        byte[] bytes = new byte[source.remaining()];
        source.get(bytes);
        file.write(bytes, offset);
      }
    }

    @Override
    public int read(ByteBuffer target, long offset) throws IOException {
      synchronized (PowerCutStorage.this) {
        checkPower();
        return file.read(target, offset);
      }
    }

    @Override
    public long size() throws IOException {
      synchronized (PowerCutStorage.this) {
        checkPower();
        return file.size();
      }
    }

    @Override
    public void truncate(long size) throws IOException {
      synchronized (PowerCutStorage.this) {
        change();
        file.truncate(size);
      }
    }

    @Override
    public void force() throws IOException {
      synchronized (PowerCutStorage.this) {
        change();
        file.force();
      }
    }

    @Override
    public void close() {}
  }
}
