package io.onex.log;

import io.onex.storage.Storage;
import java.io.IOException;

/// Whether the log can be written: the data folder is there and ours, and the disk has the room
/// that the log leaves free, so that cursors can still be written.
///
/// Looking asks the disk; what was seen last is told from any thread without asking it.
final class FreeSpace {
  private final Storage storage;
  private final long minFreeBytes;
  private volatile String shortage = "";

  FreeSpace(Storage storage, long minFreeBytes) {
    this.storage = storage;
    this.minFreeBytes = minFreeBytes;
  }

  /// Asks the disk.
  ///
  /// @return [#shortage], as it is now
  /// @throws IOException when the disk does not say
  String look() throws IOException {
    String seen = seen();
    shortage = seen;
    return seen;
  }

  private String seen() throws IOException {
    try {
      storage.verify();
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
    long usable = storage.usableBytes();
    if (usable >= minFreeBytes) {
      return "";
    }
    long device = storage.deviceBytes();
    return device < minFreeBytes
        ? "the whole disk has %d MiB, less than the %d MiB that are always kept free on it, so the log can never be written here; put the data folder on a larger disk"
            .formatted(device >> 20, minFreeBytes >> 20)
        : "the disk has %d MiB left, less than the %d MiB that are kept free"
            .formatted(usable >> 20, minFreeBytes >> 20);
  }

  /// What was missing at the last look, empty when there was room.
  String shortage() {
    return shortage;
  }
}
