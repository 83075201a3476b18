package io.onex.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A real file.
///
/// The JDK closes a channel when a thread is interrupted while it uses it, which would take a
/// shared file away from everybody else. Here the operation is repeated on a fresh channel, which
/// is harmless because every operation names its offset, and the interrupt is kept for the caller.
final class ChannelFile implements StorageFile {
  private final Path path;
  private final OpenOption[] reopenOptions;
  private final @Nullable Object identity;
  private FileChannel channel;
  private boolean closed;

  /// @param rights of a file that is made
  ChannelFile(Path path, FileAttribute<?>[] rights, StandardOpenOption... options)
      throws IOException {
    this.path = path;
    this.channel = FileChannel.open(path, Set.of(options), rights);
    this.identity = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    this.reopenOptions =
        Arrays.stream(options)
            .filter(option -> option != StandardOpenOption.CREATE)
            .toArray(OpenOption[]::new);
  }

  @Override
  public void write(ByteBuffer source, long offset) throws IOException {
    int begin = source.position();
    uninterrupted(file -> {
      source.position(begin);
      long at = offset;
      while (source.hasRemaining()) {
        at += file.write(source, at);
      }
      return at;
    });
  }

  @Override
  public int read(ByteBuffer target, long offset) throws IOException {
    int begin = target.position();
    return (int)
        uninterrupted(file -> {
          target.position(begin);
          return file.read(target, offset);
        });
  }

  @Override
  public boolean isInPlace() throws IOException {
    try {
      return Objects.equals(
          Files.readAttributes(path, BasicFileAttributes.class).fileKey(), identity);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  @Override
  public long size() throws IOException {
    return uninterrupted(FileChannel::size);
  }

  @Override
  public void truncate(long size) throws IOException {
    uninterrupted(file -> file.truncate(size).position());
  }

  @Override
  public void force() throws IOException {
    uninterrupted(file -> {
      file.force(false);
      return 0;
    });
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    channel.close();
  }

  private long uninterrupted(Operation operation) throws IOException {
    boolean interrupted = false;
    try {
      while (true) {
        FileChannel current = current();
        try {
          return operation.apply(current);
        } catch (ClosedByInterruptException e) {
          interrupted |= Thread.interrupted();
        } catch (ClosedChannelException e) {
          // Another thread was interrupted in the file we share; only a closed file is final.
          if (isClosed()) {
            throw e;
          }
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private synchronized FileChannel current() throws IOException {
    if (!channel.isOpen() && !closed) {
      boolean interrupted = Thread.interrupted();
      try {
        OddFiles.refuse(path);
        channel = FileChannel.open(path, reopenOptions);
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }
    return channel;
  }

  @FunctionalInterface
  private interface Operation {
    long apply(FileChannel channel) throws IOException;
  }
}
