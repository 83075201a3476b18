package io.onex.ingest;

import io.onex.event.EventWarning;
import java.util.function.ObjLongConsumer;

/// How often each warning was given. Counting allocates nothing. One thread at a time.
final class WarningCounts {
  private final long[] byBit = new long[Long.SIZE];
  private long seen;

  /// Counts each warning of one event.
  ///
  /// @param warnings the bits of [io.onex.event.DecodedEvent#warnings]
  void add(long warnings) {
    seen |= warnings;
    for (long rest = warnings; rest != 0; rest &= rest - 1) {
      byBit[Long.numberOfTrailingZeros(rest)]++;
    }
  }

  /// Tells each warning that was given, and how often.
  void forEach(ObjLongConsumer<EventWarning> consumer) {
    for (EventWarning warning : EventWarning.of(seen)) {
      consumer.accept(warning, byBit[Long.numberOfTrailingZeros(warning.bit())]);
    }
  }

  void clear() {
    for (long rest = seen; rest != 0; rest &= rest - 1) {
      byBit[Long.numberOfTrailingZeros(rest)] = 0;
    }
    seen = 0;
  }
}
