package io.onex.cli.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// Cuts a stream of lines into batches without ever cutting a line.
final class LineBatches {
  /// A batch ends here even when it has fewer lines than asked for.
  private static final int MAX_BYTES = 4 << 20;

  private final InputStream in;
  private final int maxLines;
  private long bytesRead;

  LineBatches(InputStream in, int maxLines) {
    if (maxLines < 1) {
      throw new IllegalArgumentException("a batch has at least one line, not " + maxLines);
    }
    this.in = in;
    this.maxLines = maxLines;
  }

  /// The next lines, or null at the end.
  @Nullable Batch next() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
    int lines = 0;
    int last = '\n';
    while (lines < maxLines && bytes.size() < MAX_BYTES) {
      int next = in.read();
      if (next < 0) {
        break;
      }
      bytes.write(next);
      last = next;
      if (next == '\n') {
        lines++;
      } else if (bytes.size() >= MAX_BYTES) {
        readToEndOfLine(bytes);
        last = '\n';
        lines++;
      }
    }
    bytesRead += bytes.size();
    if (last != '\n') {
      lines++;
    }
    return bytes.size() == 0 ? null : new Batch(bytes.toByteArray(), lines);
  }

  long bytesRead() {
    return bytesRead;
  }

  private void readToEndOfLine(ByteArrayOutputStream bytes) throws IOException {
    for (int next = in.read(); next >= 0; next = in.read()) {
      bytes.write(next);
      if (next == '\n') {
        return;
      }
    }
  }

  /// Whole lines.
  ///
  /// @param bytes the lines with their line ends
  /// @param lines how many, the unfinished last one included
  record Batch(byte[] bytes, int lines) {}
}
