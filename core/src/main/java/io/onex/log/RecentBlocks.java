package io.onex.log;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The last durable records, decoded and shared by all readers that keep up. Safe for use by many
/// threads; readers come here once per batch, not per record.
final class RecentBlocks {
  private final long capacityBytes;
  private @Nullable RecordBlock[] ring = new RecordBlock[64];
  private int oldest;
  private int size;
  private long bytes;

  /// @param capacityBytes encoded bytes that are kept; the newest block is kept whatever its size
  RecentBlocks(long capacityBytes) {
    this.capacityBytes = capacityBytes;
  }

  synchronized void add(RecordBlock block) {
    if (size == ring.length) {
      grow();
    }
    ring[(oldest + size) & (ring.length - 1)] = block;
    size++;
    bytes += block.run().bytes();
    while (bytes > capacityBytes && size > 1) {
      bytes -= at(0).run().bytes();
      ring[oldest] = null;
      oldest = (oldest + 1) & (ring.length - 1);
      size--;
    }
  }

  private void grow() {
    @Nullable RecordBlock[] wider = new RecordBlock[ring.length * 2];
    for (int i = 0; i < size; i++) {
      wider[i] = at(i);
    }
    ring = wider;
    oldest = 0;
  }

  private RecordBlock at(int index) {
    return Objects.requireNonNull(ring[(oldest + index) & (ring.length - 1)]);
  }

  /// The block with the record at `position`; empty when it is not among the recent ones.
  synchronized Optional<RecordBlock> find(long position) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (at(middle).end() > position) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low < size && at(low).first() <= position ? Optional.of(at(low)) : Optional.empty();
  }

  synchronized long bytes() {
    return bytes;
  }
}
