package io.onex.config;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Reads of files that may never end although they look like files, as one of `/proc` or of a disk
/// that is gone: each on a thread of its own, which is interrupted when the time is over, and left
/// behind if not even that ends it.
public final class PatientRead {
  /// Reads of this process that may be under way or left behind at a time.
  private static final Semaphore PLACES = new Semaphore(16);

  private PatientRead() {}

  /// What can be waited for.
  @FunctionalInterface
  interface Read {
    byte[] get() throws IOException;
  }

  /// The first bytes of a file.
  ///
  /// @param maxBytes the most to be read
  /// @param limit how long it may take
  /// @throws IOException when it cannot be read, or gives neither bytes nor an end in time
  public static byte[] firstBytes(Path file, int maxBytes, Duration limit) throws IOException {
    return within(limit, file, () -> read(file, maxBytes));
  }

  static byte[] within(Duration limit, Path file, Read read) throws IOException {
    if (!PLACES.tryAcquire()) {
      throw new FileSystemException(
          file.toString(), null, "it is not read, as too many reads before it did not end");
    }
    CompletableFuture<byte[]> result = new CompletableFuture<>();
    Thread reader =
        Thread.ofPlatform()
            .daemon()
            .name("onex-read")
            .start(() -> {
              try {
                result.complete(read.get());
              } catch (IOException | RuntimeException | Error e) {
                result.completeExceptionally(e);
              } finally {
                PLACES.release();
              }
            });
    try {
      return result.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new FileSystemException(
          file.toString(), null, "reading it did not end within " + DurationText.format(limit));
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while " + file + " was read");
    } finally {
      // Closes the channel it reads from; nothing happens to one that has ended.
      reader.interrupt();
    }
  }

  private static byte[] read(Path file, int maxBytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      int room = (int) Math.min(maxBytes, Math.max(4096, channel.size() + 1));
      ByteBuffer bytes = ByteBuffer.allocate(room);
      while (channel.read(bytes) >= 0 && bytes.position() < maxBytes) {
        if (!bytes.hasRemaining()) {
          byte[] larger =
              Arrays.copyOf(bytes.array(), (int) Math.min(maxBytes, 2L * bytes.capacity()));
          bytes = ByteBuffer.wrap(larger).position(bytes.capacity());
        }
      }
      return Arrays.copyOf(bytes.array(), bytes.position());
    }
  }
}
