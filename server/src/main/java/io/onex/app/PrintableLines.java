package io.onex.app;

import io.onex.output.Printable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;

/// Lines on their way out, made fit for a terminal by the rule of [Printable]: whatever part of the
/// program or of a library they come from, what strangers wrote in them is shown, not obeyed.
///
/// A line that is a JSON object stays that very object, with escapes in its strings. One thread.
final class PrintableLines extends OutputStream {
  private final OutputStream target;
  private final Charset charset;

  /// @param charset of what is written here; each call writes whole lines
  PrintableLines(OutputStream target, Charset charset) {
    this.target = target;
    this.charset = charset;
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (isPlain(bytes, offset, length)) {
      target.write(bytes, offset, length);
      return;
    }
    StringBuilder printable = new StringBuilder(length + 64);
    for (String line : new String(bytes, offset, length, charset).split("(?<=\n)", -1)) {
      printable.append(line.startsWith("{") ? Printable.json(line) : Printable.block(line));
    }
    target.write(printable.toString().getBytes(charset));
  }

  @Override
  public void flush() throws IOException {
    target.flush();
  }

  /// As nearly all are: no need to look closer.
  private static boolean isPlain(byte[] bytes, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      byte each = bytes[i];
      if ((each < ' ' || each == 0x7F) && each != '\n') {
        return false;
      }
    }
    return true;
  }
}
