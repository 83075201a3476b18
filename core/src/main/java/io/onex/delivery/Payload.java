package io.onex.delivery;

import io.onex.bytes.Slice;
import java.util.List;

/// One encoded request: bytes that are spliced together when sent.
///
/// @param parts the bytes in order; datagram integrations send each part by itself
/// @param target what to address within the system, such as a path or an index; may be empty
/// @param items number of records inside, in the order they were given to `encode`
public record Payload(List<Slice> parts, String target, int items) {
  public Payload {
    parts = List.copyOf(parts);
  }

  /// Bytes of all parts.
  public long bytes() {
    long sum = 0;
    for (Slice part : parts) {
      sum += part.length();
    }
    return sum;
  }
}
