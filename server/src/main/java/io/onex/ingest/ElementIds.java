package io.onex.ingest;

import io.onex.bytes.Slice;

/// Makes event ids for elements that came without one. One thread at a time.
@FunctionalInterface
public interface ElementIds {
  /// The id of the element that begins `offset` bytes into its body; 1 to 256 bytes.
  Slice idOf(Slice element, int offset);
}
