package io.onex.segment;

import java.io.IOException;

/// The device does not give the bytes of a block whose place is known.
public final class UnreadableBlockException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String path;
  private final transient BlockEntry entry;

  UnreadableBlockException(String path, BlockEntry entry, IOException cause) {
    super(cause.getMessage(), cause);
    this.path = path;
    this.entry = entry;
  }

  /// The segment's file.
  public String path() {
    return path;
  }

  /// The first position in the block.
  public long firstPosition() {
    return entry.firstPosition();
  }

  BlockEntry entry() {
    return entry;
  }
}
