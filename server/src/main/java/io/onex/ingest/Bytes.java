package io.onex.ingest;

import io.onex.bytes.Slice;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// A byte array that grows up to a limit and is used again. One thread at a time.
public final class Bytes {
  /// Read in pieces of at most this size, so that the budget is asked before much memory is filled.
  private static final int MOST_PIECE = 64 * 1024;

  private static final int LEAST_GROWTH = 1024;

  private byte[] array;
  private int size;

  public Bytes(int initialCapacity) {
    array = new byte[initialCapacity];
  }

  /// How reading ended.
  public enum ReadOutcome {
    /// All of it is here.
    READ,
    /// There are more bytes than the limit; the rest is left unread.
    TOO_LARGE,
    /// The lease could not cover it; the rest is left unread.
    NO_ROOM
  }

  /// Takes all that `in` has. Memory and lease grow with what has come, not with what might come.
  ///
  /// @param limit most bytes
  /// @param lease is extended as bytes come
  public ReadOutcome readAll(InputStream in, int limit, ByteBudget.Lease lease) throws IOException {
    size = 0;
    while (true) {
      if (size == array.length) {
        grow(limit + 1);
      }
      // One byte over the limit, so that reading on finds out that there is more.
      int piece = Math.min(Math.min(array.length - size, MOST_PIECE), limit + 1 - size);
      int read = in.read(array, size, piece);
      if (read < 0) {
        return ReadOutcome.READ;
      }
      size += read;
      if (!lease.cover(size)) {
        return ReadOutcome.NO_ROOM;
      }
      if (size > limit) {
        return ReadOutcome.TOO_LARGE;
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

  private void grow(int most) {
    long doubled = Math.max(LEAST_GROWTH, array.length * 2L);
    array = Arrays.copyOf(array, (int) Math.min(doubled, most));
  }
}
