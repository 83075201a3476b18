package io.onex.source.file;

import io.onex.bytes.Slice;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/// A packed file, which does not grow: its content is read once, from where its life was left.
final class PackedFile implements LineFile {
  private final InputStream in;
  private final Life life;
  private final byte[] buffer;
  private int filled;
  private boolean ended;

  /// @param in the content from its beginning
  /// @param windowBytes what a line has to fit
  /// @throws IOException when the content cannot be had up to where the life was left
  PackedFile(InputStream in, Life life, int windowBytes) throws IOException {
    this.in = in;
    this.life = life;
    buffer = new byte[windowBytes];
    long left = life.offset();
    while (left > 0) {
      int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (count < 0) {
        throw new IOException("ends before where it was left");
      }
      left -= count;
    }
  }

  @Override
  public Life life() {
    return life;
  }

  @Override
  public Optional<Lines> next(byte[] window, boolean evenUnended) throws IOException {
    fill();
    long offset = life.offset();
    int begin = 0;
    while (begin < filled && buffer[begin] == 0) {
      begin++;
    }
    int end = filled;
    while (end > begin && buffer[end - 1] != '\n') {
      end--;
    }
    if (end == begin && (ended || filled == buffer.length)) {
      end = filled;
    }
    for (int i = begin + 1; i < end; i++) {
      if (buffer[i] == 0 && buffer[i - 1] == '\n') {
        end = i;
      }
    }
    if (filled == 0) {
      return Optional.empty();
    }
    boolean overlong = end == buffer.length && buffer[end - 1] != '\n' && begin == 0;
    return Optional.of(
        new Lines(
            new Slice(buffer, begin, end - begin), offset + begin, offset + end, begin, overlong));
  }

  @Override
  public void taken(Lines lines) throws IOException {
    int end = (int) (lines.end() - life.offset());
    life.add(buffer, 0, end);
    System.arraycopy(buffer, end, buffer, 0, filled - end);
    filled -= end;
    if (lines.overlong()) {
      passLine();
    }
    life.settle(0);
  }

  /// Whether all of it was taken.
  boolean isDone() {
    return ended && filled == 0;
  }

  @Override
  public long behind() {
    return isDone() ? 0 : 1;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private void fill() throws IOException {
    while (!ended && filled < buffer.length) {
      int count = in.read(buffer, filled, buffer.length - filled);
      ended = count < 0;
      filled += Math.max(0, count);
    }
  }

  /// Passes over what is left of a line that is too long.
  private void passLine() throws IOException {
    while (true) {
      fill();
      int end = 0;
      while (end < filled && buffer[end] != '\n') {
        end++;
      }
      boolean found = end < filled;
      int past = found ? end + 1 : end;
      life.add(buffer, 0, past);
      byte[] rest = Arrays.copyOfRange(buffer, past, filled);
      System.arraycopy(rest, 0, buffer, 0, rest.length);
      filled = rest.length;
      if (found || ended) {
        return;
      }
    }
  }
}
