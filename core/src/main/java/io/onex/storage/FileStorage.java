package io.onex.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// The data directory of this process: real files below one root, which are its owner's alone.
///
/// A lock file keeps a second process out for as long as this one is open; the operating system
/// releases it when the process dies, however it dies. What stands in the place of a file and is
/// none, as a folder or a pipe, is set aside and never opened. Somebody may take the lock file for
/// rubbish and remove it, so a file that no log is without is locked, too, and [#verify] puts the
/// lock file back.
public final class FileStorage implements Storage, Closeable {
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

  /// Name of the lock file in the root; it holds the process id of the owner.
  public static final String LOCK_FILE = "onex.lock";

  /// Written in place and never replaced. It may not be there yet.
  private static final String NEEDED_FILE = "log/marks";

  private final Path root;
  private final Rights rights;
  private final OddFiles odd;
  private final @Nullable Object rootKey;
  private FileChannel lockChannel;
  private @Nullable Object lockKey;
  private @Nullable FileChannel needed;
  private boolean taken;

  private FileStorage(
      Path root, Rights rights, OddFiles odd, FileChannel lockChannel, @Nullable FileChannel needed)
      throws IOException {
    this.root = root;
    this.rights = rights;
    this.odd = odd;
    this.lockChannel = lockChannel;
    this.needed = needed;
    this.rootKey = key(root);
    this.lockKey = key(root.resolve(LOCK_FILE));
  }

  /// Takes `root` for this process, creating it when missing.
  ///
  /// @throws DirectoryInUseException when another process, or another storage of this one, has it
  /// @throws IOException when it cannot be created or written
  public static FileStorage open(Path root) throws IOException {
    return open(root, (_, _) -> {});
  }

  /// As [#open(Path)].
  ///
  /// @param notice told of each thing that is no file and stood where a file is kept: where it is
  ///   now, and what it is, in words
  public static FileStorage open(Path root, BiConsumer<Path, String> notice) throws IOException {
    Path absolute = root.toAbsolutePath().normalize();
    Rights rights = createRoot(absolute);
    Path lockFile = absolute.resolve(LOCK_FILE);
    OddFiles.refuse(lockFile);
    FileChannel channel =
        FileChannel.open(
            lockFile,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
            rights.ofFile());
    try {
      FileLock lock = tryLock(channel);
      if (lock == null) {
        throw new DirectoryInUseException(absolute, owner(channel));
      }
      FileChannel needed = lockNeeded(absolute);
      sign(channel);
      return new FileStorage(absolute, rights, new OddFiles(notice), channel, needed);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static void sign(FileChannel channel) throws IOException {
    byte[] pid = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8);
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(pid), 0);
  }

  private static @Nullable FileChannel lockNeeded(Path root) throws IOException {
    Path file = root.resolve(NEEDED_FILE);
    if (!Files.isRegularFile(file)) {
      return null;
    }
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    if (tryLock(channel) == null) {
      channel.close();
      throw new DirectoryInUseException(root, "?");
    }
    return channel;
  }

  @Override
  public synchronized void verify() throws IOException {
    if (!Objects.equals(keyOrNull(root), rootKey)) {
      throw new IOException(
          "the data folder "
              + root
              + " was removed or replaced while the gateway ran: put it back, or restart the"
              + " gateway to begin with what is there");
    }
    Object lockNow = keyOrNull(root.resolve(LOCK_FILE));
    if (lockNow == null && !taken) {
      restoreLock();
    } else if (taken || !Objects.equals(lockNow, lockKey)) {
      taken = true;
      throw new IOException(
          "the lock file "
              + root.resolve(LOCK_FILE)
              + " was removed and made by somebody else: another onex may write to this folder;"
              + " stop one of them and restart this one");
    }
    if (needed == null) {
      needed = lockNeeded(root);
    }
  }

  /// Nobody has come since the lock file was removed, or the other one is seen at the next look.
  private void restoreLock() throws IOException {
    Path file = root.resolve(LOCK_FILE);
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(
                StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
            rights.ofFile());
    if (tryLock(channel) == null) {
      channel.close();
      throw new DirectoryInUseException(root, "?");
    }
    sign(channel);
    lockChannel.close();
    lockChannel = channel;
    lockKey = key(file);
  }

  private static @Nullable Object key(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  private static @Nullable Object keyOrNull(Path file) throws IOException {
    try {
      return key(file);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  // The lock lives as long as its channel, which the storage holds and closes.
  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static String owner(FileChannel channel) throws IOException {
    ByteBuffer pid = ByteBuffer.allocate(20);
    channel.read(pid, 0);
    return new String(pid.array(), 0, pid.position(), StandardCharsets.UTF_8);
  }

  /// A file below the root that others than its owner may read or write, if there is any: one that
  /// stood there before, as what this storage makes is its owner's alone.
  public Optional<Path> openToOthers() throws IOException {
    return rights.openToOthers(root);
  }

  /// The absolute path of the root.
  public Path root() {
    return root;
  }

  @Override
  public StorageFile open(String path) throws IOException {
    Path file = resolve(path);
    createDirectories(parent(file));
    odd.setAside(file);
    return new ChannelFile(
        file,
        rights.ofFile(),
        StandardOpenOption.CREATE,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE);
  }

  @Override
  public StorageFile openForReading(String path) throws IOException {
    Path file = resolve(path);
    Optional<String> other = odd.setAside(file);
    if (other.isPresent()) {
      throw new NotAFileException(file, other.get());
    }
    return new ChannelFile(file, new FileAttribute<?>[0], StandardOpenOption.READ);
  }

  @Override
  public boolean exists(String path) throws IOException {
    return Files.isRegularFile(resolve(path));
  }

  @Override
  public List<String> list(String directory) throws IOException {
    List<String> names = new ArrayList<>();
    Path folder = directory.isEmpty() ? root : resolve(directory);
    OddFiles.refuseNoFolder(folder);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (Files.isRegularFile(file)) {
          names.add(String.valueOf(file.getFileName()));
        } else {
          odd.setAsideNumbered(file);
        }
      }
    } catch (NoSuchFileException e) {
      return List.of();
    }
    Collections.sort(names);
    return names;
  }

  @Override
  public void delete(String path) throws IOException {
    Path file = resolve(path);
    odd.setAside(file);
    Files.deleteIfExists(file);
  }

  @Override
  public void rename(String from, String to) throws IOException {
    Path target = resolve(to);
    createDirectories(parent(target));
    odd.setAside(target);
    try {
      Files.move(resolve(from), target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      throw new IOException(
          "cannot rename "
              + from
              + " to "
              + to
              + ": they are on different file systems; keep "
              + root
              + " on one",
          e);
    }
  }

  @Override
  public void forceDirectory(String directory) throws IOException {
    force(directory.isEmpty() ? root : resolve(directory));
  }

  @Override
  public String bootId() {
    try {
      return Files.readString(BOOT_ID).strip();
    } catch (IOException e) {
      // Only Linux tells.
      return "";
    }
  }

  @Override
  public long usableBytes() throws IOException {
    // File#getUsableSpace is one system call; a FileStore would read the table of mounts each time.
    long bytes = root.toFile().getUsableSpace();
    return bytes == 0 && !Files.isDirectory(root) ? Long.MAX_VALUE : bytes;
  }

  @Override
  public long deviceBytes() {
    long bytes = root.toFile().getTotalSpace();
    return bytes == 0 ? Long.MAX_VALUE : bytes;
  }

  /// Lets other processes have the directory. Files that are still open stay usable.
  @Override
  public synchronized void close() throws IOException {
    FileChannel other = needed;
    try (FileChannel _ = lockChannel) {
      if (other != null) {
        other.close();
      }
    }
  }

  private Path resolve(String path) throws IOException {
    Path file = root.resolve(path).normalize();
    if (path.isEmpty() || !file.startsWith(root) || file.equals(root)) {
      throw new IOException("the path '" + path + "' leaves the data directory " + root);
    }
    return file;
  }

  private Path parent(Path file) {
    Path parent = file.getParent();
    return parent == null ? root : parent;
  }

  /// The root with rights of its own; folders above it are nobody's secret.
  private static Rights createRoot(Path root) throws IOException {
    Path parent = root.getParent();
    if (parent != null && !Files.isDirectory(root)) {
      createDirectories(parent, new FileAttribute<?>[0]);
      createDirectories(root, Rights.at(parent).ofFolder());
    }
    return Rights.at(root);
  }

  private void createDirectories(Path directory) throws IOException {
    createDirectories(directory, rights.ofFolder());
  }

  /// Creates the folders that are missing and makes their names durable in their parents.
  private static void createDirectories(Path directory, FileAttribute<?>[] rights)
      throws IOException {
    Path parent = directory.getParent();
    if (parent == null || Files.isDirectory(directory)) {
      return;
    }
    createDirectories(parent, rights);
    OddFiles.refuseNoFolder(directory);
    Files.createDirectories(directory, rights);
    force(parent);
  }

  private static void force(Path directory) throws IOException {
    OddFiles.refuseNoFolder(directory);
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
