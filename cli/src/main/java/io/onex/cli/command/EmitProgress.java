package io.onex.cli.command;

import java.io.PrintWriter;
import java.util.Locale;

/// One line on the terminal that is written over as the file is sent.
final class EmitProgress implements AutoCloseable {
  private static final int BAR = 30;

  private final PrintWriter err;
  private final boolean shown;
  private final long totalBytes;

  /// @param totalBytes size of the file, -1 when unknown
  EmitProgress(PrintWriter err, boolean shown, long totalBytes) {
    this.err = err;
    this.shown = shown;
    this.totalBytes = totalBytes;
  }

  void show(long bytes, long lines) {
    if (!shown) {
      return;
    }
    String counted = String.format(Locale.ROOT, "%,d lines", lines);
    if (totalBytes > 0) {
      int full = (int) Math.min(BAR, bytes * BAR / totalBytes);
      err.print("\r[" + "#".repeat(full) + " ".repeat(BAR - full) + "] " + counted);
    } else {
      err.print("\r" + counted);
    }
    err.flush();
  }

  @Override
  public void close() {
    if (shown) {
      err.print("\r\u001b[K");
      err.flush();
    }
  }
}
