package io.onex.source.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// A tree of files in memory that reuses the number of a file as soon as nothing holds it, as ext4
/// does, and whose folders can be closed to everybody.
final class SimulatedTree implements FileTree {
  private final TreeMap<Path, Inode> files = new TreeMap<>();
  private final Set<Path> folders = new HashSet<>(Set.of(Path.of("/")));
  private final Map<Path, Path> links = new HashMap<>();
  private final Set<Path> closed = new HashSet<>();
  private final Set<Integer> numbers = new HashSet<>();
  private final Set<Inode> inodes = new HashSet<>();
  long nowMicros;

  /// What happens before each thing that is asked of it: others use the same files.
  Runnable meanwhile = () -> {};

  /// Whether it knows when a file was made; otherwise it says the time of the last writing.
  boolean keepsBirths = true;

  /// What a name stands for.
  final class Inode {
    final int number;
    byte[] content = new byte[0];
    long changedMicros = nowMicros;
    final long bornMicros = nowMicros;
    int names;
    int handles;

    private Inode(int number) {
      this.number = number;
    }

    void write(long at, byte[] bytes) {
      if (content.length < at + bytes.length) {
        content = Arrays.copyOf(content, (int) at + bytes.length);
      }
      System.arraycopy(bytes, 0, content, (int) at, bytes.length);
      changedMicros = nowMicros;
    }

    void truncate() {
      content = new byte[0];
      changedMicros = nowMicros;
    }

    void let() {
      handles--;
      free(this);
    }
  }

  void folder(Path path) {
    for (Path at = path; at != null; at = at.getParent()) {
      folders.add(at);
    }
  }

  void link(Path path, Path target) {
    links.put(path, target);
  }

  void close(Path folder, boolean now) {
    if (now) {
      closed.add(folder);
    } else {
      closed.remove(folder);
    }
  }

  Inode create(Path path) {
    int number = 1;
    while (numbers.contains(number)) {
      number++;
    }
    numbers.add(number);
    Inode inode = new Inode(number);
    inodes.add(inode);
    name(path, inode);
    return inode;
  }

  Inode at(Path path) {
    return files.get(path);
  }

  void rename(Path from, Path to) {
    Inode inode = files.get(from);
    name(to, inode);
    remove(from);
  }

  void remove(Path path) {
    Inode inode = files.remove(path);
    if (inode != null) {
      inode.names--;
      free(inode);
    }
  }

  /// What all files hold now, those that have no name any more and are open still included.
  Map<Inode, byte[]> contents() {
    Map<Inode, byte[]> contents = new HashMap<>();
    inodes.forEach(inode -> contents.put(inode, inode.content.clone()));
    return contents;
  }

  Set<Path> paths() {
    return new HashSet<>(files.keySet());
  }

  private void name(Path path, Inode inode) {
    inode.names++;
    Inode before = files.put(path, inode);
    if (before != null) {
      before.names--;
      free(before);
    }
  }

  private void free(Inode inode) {
    if (inode.names == 0 && inode.handles == 0) {
      numbers.remove(inode.number);
      inodes.remove(inode);
    }
  }

  private Path real(Path path) throws IOException {
    Path at = Path.of("/");
    int followed = 0;
    for (int i = 0; i < path.getNameCount(); i++) {
      if (closed.contains(at)) {
        throw new AccessDeniedException(path.toString());
      }
      at = at.resolve(path.getName(i));
      while (links.containsKey(at)) {
        if (++followed > 40) {
          throw new FileSystemLoopException(path.toString());
        }
        at = links.get(at);
      }
    }
    return at;
  }

  @Override
  public List<Path> list(Path folder) throws IOException {
    meanwhile.run();
    Path real = real(folder);
    if (closed.contains(real)) {
      throw new AccessDeniedException(folder.toString());
    }
    if (!folders.contains(real)) {
      if (files.containsKey(real)) {
        throw new NotDirectoryException(folder.toString());
      }
      throw new NoSuchFileException(folder.toString());
    }
    Set<Path> names = new HashSet<>();
    for (Set<Path> some : List.of(files.keySet(), folders, links.keySet())) {
      for (Path path : some) {
        if (real.equals(path.getParent())) {
          names.add(folder.resolve(path.getFileName()));
        }
      }
    }
    return names.stream().sorted().toList();
  }

  @Override
  public FileFacts facts(Path path) throws IOException {
    meanwhile.run();
    Path real = real(path);
    Inode inode = files.get(real);
    if (inode != null) {
      return new FileFacts(
          FileFacts.Kind.FILE,
          "(dev=1,ino=" + inode.number + ")",
          inode.content.length,
          inode.changedMicros,
          keepsBirths ? inode.bornMicros : inode.changedMicros);
    }
    if (folders.contains(real)) {
      return new FileFacts(FileFacts.Kind.FOLDER, "folder " + real, 0, 0, 0);
    }
    throw new NoSuchFileException(path.toString());
  }

  @Override
  public Open open(Path path) throws IOException {
    meanwhile.run();
    Inode inode = files.get(real(path));
    if (inode == null) {
      throw new NoSuchFileException(path.toString());
    }
    inode.handles++;
    return new Open() {
      private boolean open = true;

      @Override
      public long size() {
        meanwhile.run();
        return inode.content.length;
      }

      @Override
      public int read(ByteBuffer into, long from) {
        meanwhile.run();
        int count = (int) Math.min(into.remaining(), inode.content.length - from);
        if (count <= 0) {
          return -1;
        }
        into.put(inode.content, (int) from, count);
        return count;
      }

      @Override
      public void close() {
        if (open) {
          open = false;
          inode.let();
        }
      }
    };
  }

  /// All handles are gone, as those of a process that ended.
  void killHandles(Set<Inode> kept) {
    for (Inode inode : new HashSet<>(files.values())) {
      inode.handles = kept.contains(inode) ? 1 : 0;
    }
    numbers.clear();
    files.values().forEach(inode -> numbers.add(inode.number));
    kept.forEach(inode -> numbers.add(inode.number));
    inodes.retainAll(kept);
    inodes.addAll(files.values());
  }

  static byte[] joined(byte[] first, byte[] second) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(first);
    bytes.writeBytes(second);
    return bytes.toByteArray();
  }
}
