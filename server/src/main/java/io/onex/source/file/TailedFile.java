package io.onex.source.file;

import io.onex.bytes.Slice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/// A file that is not packed and may grow.
///
/// The handle outlives a rename, so what was written before a rotation is read to its end.
final class TailedFile implements LineFile {
  /// How many bytes before the offset are checked to see that the file is still the same.
  private static final int CHECKED_BYTES = 256;

  private final FileTree.Open file;
  private final Life life;

  /// The last bytes that were taken in, as they were then: what the file holds in their place may
  /// be other by the time it is asked.
  private byte[] last = {};

  /// How far a hole, or a line too long, was looked through: neither is looked through twice.
  private long searched;

  TailedFile(FileTree.Open file, Life life) {
    this.file = file;
    this.life = life;
  }

  @Override
  public Life life() {
    return life;
  }

  /// The same file, read from the beginning of another life.
  TailedFile with(Life other) {
    return new TailedFile(file, other);
  }

  FileTree.Open file() {
    return file;
  }

  @Override
  public long behind() throws IOException {
    return Math.max(0, file.size() - life.offset());
  }

  /// Whether the file was cut or written anew since it was read.
  boolean isCut() throws IOException {
    long offset = life.offset();
    if (offset == 0) {
      return false;
    }
    byte[] there = before(offset);
    if (file.size() < offset || crc(there) != life.before()) {
      return true;
    }
    last = there;
    return false;
  }

  /// The first bytes of the file, `most` of them.
  byte[] head(int most) throws IOException {
    byte[] head = new byte[most];
    return Arrays.copyOf(head, read(head, most, 0));
  }

  /// Notes what stands before the place, so that it is known again.
  void settle() throws IOException {
    last = before(life.offset());
    life.settle(crc(last));
  }

  /// Takes all that is there now for taken in.
  void skipToEnd() throws IOException {
    pass(life.offset(), file.size());
    settle();
  }

  @Override
  public Optional<Lines> next(byte[] window, boolean evenUnended) throws IOException {
    long offset = life.offset();
    int filled = read(window, window.length, offset);
    long start = offset;
    if (filled > 0 && window[0] == 0) {
      start = endOfHole(window, offset);
      if (start < 0) {
        long size = file.size();
        return evenUnended
            ? Optional.of(new Lines(new Slice(window, 0, 0), size, size, size - offset, false))
            : Optional.empty();
      }
      filled = read(window, window.length, start);
    }
    if (filled == 0) {
      return Optional.empty();
    }
    long hole = start - offset;
    int end = endBeforeHole(window, lastNewline(window, filled) + 1);
    if (end > 0) {
      return Optional.of(new Lines(new Slice(window, 0, end), start, start + end, hole, false));
    }
    if (filled < window.length) {
      return evenUnended
          ? Optional.of(new Lines(new Slice(window, 0, filled), start, start + filled, hole, false))
          : Optional.empty();
    }
    byte[] head = window.clone();
    long newline = newlineAfter(window, Math.max(searched, start + filled));
    if (newline < 0 && !evenUnended) {
      return Optional.empty();
    }
    long past = newline < 0 ? file.size() : newline + 1;
    return Optional.of(new Lines(Slice.of(head), start, past, hole, true));
  }

  @Override
  public void taken(Lines lines) throws IOException {
    life.addZeros(lines.hole());
    int zeros = (int) Math.min(CHECKED_BYTES, lines.hole());
    remember(new byte[zeros], 0, zeros);
    Slice bytes = lines.bytes();
    life.add(bytes.array(), bytes.offset(), bytes.length());
    remember(bytes.array(), bytes.offset(), bytes.length());
    pass(lines.start() + bytes.length(), lines.end());
    life.settle(crc(last));
    searched = 0;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /// Adds what stands from `from` to `to` to the life.
  private void pass(long from, long to) throws IOException {
    byte[] piece = new byte[(int) Math.min(1 << 16, Math.max(0, to - from))];
    long at = from;
    while (at < to) {
      int count = read(piece, (int) Math.min(piece.length, to - at), at);
      if (count == 0) {
        return;
      }
      life.add(piece, 0, count);
      remember(piece, 0, count);
      at += count;
    }
  }

  /// Reads up to `length` bytes from `from`; fewer only at the end of the file.
  private int read(byte[] target, int length, long from) throws IOException {
    ByteBuffer into = ByteBuffer.wrap(target, 0, length);
    while (into.hasRemaining() && file.read(into, from + into.position()) > 0) {
      // Reads on until the array is full or the file ends.
    }
    return into.position();
  }

  /// The first byte from `from` on that is no NUL, or -1 when the file ends before it.
  private long endOfHole(byte[] window, long from) throws IOException {
    long at = Math.max(searched, from);
    while (true) {
      int filled = read(window, window.length, at);
      for (int i = 0; i < filled; i++) {
        if (window[i] != 0) {
          return at + i;
        }
      }
      at += filled;
      searched = at;
      if (filled == 0) {
        return -1;
      }
    }
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
      at += filled;
      searched = at;
      if (filled == 0) {
        return -1;
      }
    }
  }

  /// The bytes before `offset` that are there now.
  private byte[] before(long offset) throws IOException {
    int length = (int) Math.min(CHECKED_BYTES, offset);
    byte[] before = new byte[length];
    return Arrays.copyOf(before, read(before, length, offset - length));
  }

  private void remember(byte[] bytes, int from, int count) {
    int added = Math.min(CHECKED_BYTES, count);
    int kept = Math.min(last.length, CHECKED_BYTES - added);
    byte[] now = new byte[kept + added];
    System.arraycopy(last, last.length - kept, now, 0, kept);
    System.arraycopy(bytes, from + count - added, now, kept, added);
    last = now;
  }

  private static int crc(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  /// The end of the lines before the first that begins with NUL.
  private static int endBeforeHole(byte[] window, int end) {
    for (int i = 1; i < end; i++) {
      if (window[i] == 0 && window[i - 1] == '\n') {
        return i;
      }
    }
    return end;
  }

  private static int lastNewline(byte[] bytes, int length) {
    int at = length - 1;
    while (at >= 0 && bytes[at] != '\n') {
      at--;
    }
    return at;
  }
}
