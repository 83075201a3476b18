package io.onex.source.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/// An open file from its beginning on.
final class OpenStream extends InputStream {
  private final FileTree.Open file;
  private long at;

  OpenStream(FileTree.Open file) {
    this.file = file;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    int count = file.read(ByteBuffer.wrap(into, offset, length), at);
    if (count <= 0) {
      return -1;
    }
    at += count;
    return count;
  }

  /// Asked by those who unpack whether another part follows.
  @Override
  public int available() throws IOException {
    return Math.clamp(file.size() - at, 0, Integer.MAX_VALUE);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
