package io.onex.ingest;

import io.onex.event.Slice;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// A byte array that grows up to a limit and is used again. One thread at a time.
public final class Bytes {
  private byte[] array;
  private int size;

  public Bytes(int initialCapacity) {
    array = new byte[initialCapacity];
  }

  /// Takes all that `in` has.
  ///
  /// @param expected how many bytes will come, or -1 when that is not known
  /// @return false when there were more than `limit` bytes; the rest is left unread
  public boolean readAll(InputStream in, long expected, int limit) throws IOException {
    size = 0;
    if (expected > limit) {
      return false;
    }
    if (expected > array.length) {
      array = new byte[(int) expected];
    }
    while (true) {
      if (size == array.length) {
        if (size == expected) {
          return in.read() < 0;
        }
        grow(limit);
      }
      int read = in.read(array, size, Math.min(array.length - size, limit + 1 - size));
      if (read < 0) {
        return true;
      }
      size += read;
      if (size > limit) {
        return false;
      }
    }
  }

  /// What was read: a view that is valid until the next [#readAll].
  public Slice slice() {
    return new Slice(array, 0, size);
  }

  public int size() {
    return size;
  }

  public int capacity() {
    return array.length;
  }

  private void grow(int limit) {
    // One byte over the limit, so that reading on can find that there is more.
    long wanted = Math.min(Math.max(1024L, array.length * 2L), limit + 1L);
    array = Arrays.copyOf(array, (int) wanted);
  }
}
