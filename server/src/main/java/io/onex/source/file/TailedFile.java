package io.onex.source.file;

import io.onex.bytes.Slice;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32C;

/// One open file and how far it was taken in. One thread at a time.
///
/// The handle outlives a rename, so what was written before a rotation is read to its end.
final class TailedFile implements Closeable {
  /// How many bytes before the offset are checked to see that the file is still the same.
  private static final int CHECKED_BYTES = 256;

  private final FileTree.Open channel;
  private TailPosition position;

  private TailedFile(FileTree.Open channel, TailPosition position) {
    this.channel = channel;
    this.position = position;
  }

  /// Opens the file to be read on from `position`.
  static TailedFile open(FileTree tree, TailPosition position) throws IOException {
    return new TailedFile(tree.open(position.path()), position);
  }

  TailPosition position() {
    return position;
  }

  void seenAt(Path path) {
    position = position.at(path);
  }

  /// Begins behind all that is in the file now.
  void skipToEnd() throws IOException {
    long end = channel.size();
    position =
        new TailPosition(
            position.identity(), position.path(), end, position.generation(), check(end));
  }

  /// Bytes that were written but not taken in.
  long behind() throws IOException {
    return Math.max(0, channel.size() - position.offset());
  }

  /// Notices that the file was cut or replaced under its name, and starts it again then.
  ///
  /// @return whether it was
  boolean restartIfTruncated() throws IOException {
    if (position.offset() == 0) {
      return false;
    }
    boolean same =
        channel.size() >= position.offset() && check(position.offset()) == position.before();
    if (!same) {
      position =
          TailPosition.startOf(position.identity(), position.path(), position.generation() + 1);
    }
    return !same;
  }

  /// The lines that follow, as many whole ones as fit `window`; empty when there is none.
  ///
  /// A line longer than the window comes as one [Lines] of its first bytes that [Lines#overlong]
  /// says is not whole; its end is looked for in the file.
  ///
  /// @param evenUnended whether the last line is taken although no newline ends it
  Optional<Lines> next(byte[] window, boolean evenUnended) throws IOException {
    long start = position.offset();
    int filled = read(window, window.length, start);
    if (filled == 0) {
      return Optional.empty();
    }
    int end = lastNewline(window, filled) + 1;
    if (end > 0) {
      return Optional.of(new Lines(new Slice(window, 0, end), start, start + end, false));
    }
    if (filled < window.length) {
      return evenUnended
          ? Optional.of(new Lines(new Slice(window, 0, filled), start, start + filled, false))
          : Optional.empty();
    }
    byte[] head = window.clone();
    long newline = newlineAfter(window, start + filled);
    if (newline < 0 && !evenUnended) {
      return Optional.empty();
    }
    long past = newline < 0 ? channel.size() : newline + 1;
    return Optional.of(new Lines(Slice.of(head), start, past, true));
  }

  /// All before `lines.end` is durable now.
  void taken(Lines lines) throws IOException {
    position =
        new TailPosition(
            position.identity(),
            position.path(),
            lines.end(),
            position.generation(),
            check(lines.end()));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /// Some lines of the file.
  ///
  /// @param bytes a view that is valid until the next read
  /// @param start offset in the file of the first byte
  /// @param end offset just past the last line
  /// @param overlong whether `bytes` is only the beginning of one line that is too long
  record Lines(Slice bytes, long start, long end, boolean overlong) {}

  /// Reads up to `length` bytes from `from`; fewer only at the end of the file.
  private int read(byte[] target, int length, long from) throws IOException {
    ByteBuffer into = ByteBuffer.wrap(target, 0, length);
    while (into.hasRemaining() && channel.read(into, from + into.position()) > 0) {
      // Reads on until the array is full or the file ends.
    }
    return into.position();
  }

  private long newlineAfter(byte[] window, long from) throws IOException {
    long at = from;
    while (true) {
      int filled = read(window, window.length, at);
      for (int i = 0; i < filled; i++) {
        if (window[i] == '\n') {
          return at + i;
        }
      }
      if (filled == 0) {
        return -1;
      }
      at += filled;
    }
  }

  private int check(long offset) throws IOException {
    int length = (int) Math.min(CHECKED_BYTES, offset);
    byte[] before = new byte[length];
    CRC32C crc = new CRC32C();
    crc.update(before, 0, read(before, length, offset - length));
    return (int) crc.getValue();
  }

  private static int lastNewline(byte[] bytes, int length) {
    int at = length - 1;
    while (at >= 0 && bytes[at] != '\n') {
      at--;
    }
    return at;
  }
}
