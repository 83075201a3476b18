package io.onex.segment;

import io.onex.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Reads a file forward through one buffer, which grows to the largest stretch asked for. One
/// thread at a time.
final class FileBytes {
  private final StorageFile file;
  private final int readAhead;
  private byte[] buffer;
  private long begin;
  private int filled;

  FileBytes(StorageFile file, int readAhead) {
    this.file = file;
    this.readAhead = readAhead;
    this.buffer = new byte[0];
  }

  /// Makes `length` bytes from `offset` available.
  ///
  /// @param limit end of the bytes that may be read
  /// @return their index in [#array], or -1 when they reach beyond `limit` or the file
  int fetch(long offset, int length, long limit) throws IOException {
    if (offset + length > limit) {
      return -1;
    }
    if (offset < begin || offset + length > begin + filled) {
      ahead(offset, length, (int) Math.min(Math.max(length, readAhead), limit - offset));
    }
    return length <= filled - (int) (offset - begin) ? (int) (offset - begin) : -1;
  }

  byte[] array() {
    return buffer;
  }

  /// Reads more than was asked for, unless a bad place behind it stands in the way.
  private void ahead(long offset, int length, int wanted) throws IOException {
    try {
      fill(offset, wanted);
    } catch (IOException e) {
      if (wanted == length) {
        throw e;
      }
      fill(offset, length);
    }
  }

  private void fill(long offset, int wanted) throws IOException {
    if (buffer.length < wanted) {
      buffer = new byte[wanted];
    }
    begin = offset;
    filled = 0;
    ByteBuffer target = ByteBuffer.wrap(buffer, 0, wanted);
    while (target.hasRemaining()) {
      if (file.read(target, offset + target.position()) < 0) {
        break;
      }
      filled = target.position();
    }
  }
}
