package io.onex.log.cursor;

import java.io.IOException;
import java.util.Optional;

/// What went wrong with the files of a cursor journal, counted, and the latest of it in words.
/// Guarded by the lock of the journal.
final class CursorFailures {
  private final String path;
  private long writes;
  private long forces;
  private long compactions;
  private Optional<String> last = Optional.empty();

  CursorFailures(String path) {
    this.path = path;
  }

  void write(IOException e) {
    writes++;
    failed("write", e);
  }

  void force(IOException e) {
    forces++;
    failed("fsync", e);
  }

  void compaction(IOException e) {
    compactions++;
    failed("rewrite", e);
  }

  /// Of two failures that of the journal is the one to read.
  void reserve(IOException e) {
    if (last.isEmpty()) {
      failed("use of the reserve", e);
    }
  }

  private void failed(String what, IOException e) {
    last = Optional.of(what + " of " + path + " failed: " + e.getMessage());
  }

  /// Everything is written and forced.
  void over() {
    last = Optional.empty();
  }

  long writes() {
    return writes;
  }

  long forces() {
    return forces;
  }

  long compactions() {
    return compactions;
  }

  Optional<String> last() {
    return last;
  }
}
