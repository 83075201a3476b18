package io.onex.delivery.http;

import io.onex.bytes.Slice;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The body of a request that is made while it is sent, so that never all of it is in memory. For
/// one request; one thread at a time.
public interface Pieces {
  /// What comes next; null after the last.
  ///
  /// @throws IOException when it cannot be made; the request fails
  @Nullable Slice next() throws IOException;

  /// Pieces that are there already.
  static Pieces of(Slice... pieces) {
    Iterator<Slice> left = List.of(pieces).iterator();
    return () -> left.hasNext() ? left.next() : null;
  }
}
