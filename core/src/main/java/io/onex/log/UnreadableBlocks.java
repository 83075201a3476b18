package io.onex.log;

import io.onex.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// Decides when a block that the device does not give is given up.
///
/// A device may be away for a moment, so a block counts as lost, as one with a wrong checksum does,
/// only after [#TRIES] tries over at least [#PATIENCE]. One that was given up is still tried once
/// by each later reader: what comes back is read. Shared by all readers of a log; safe for use by
/// many threads.
final class UnreadableBlocks {
  static final int TRIES = 10;
  static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Clock clock;
  private final Map<Long, Failing> failing = new HashMap<>();
  private volatile boolean any;

  private record Failing(long sinceNanos, int tries) {}

  UnreadableBlocks(Clock clock) {
    this.clock = clock;
  }

  /// A block could not be read once more.
  ///
  /// @return whether it is to be given up now
  synchronized boolean failed(long firstPosition) {
    long now = clock.monotonicNanos();
    Failing before = failing.getOrDefault(firstPosition, new Failing(now, 0));
    failing.put(firstPosition, new Failing(before.sinceNanos(), before.tries() + 1));
    any = true;
    return before.tries() + 1 >= TRIES && now - before.sinceNanos() >= PATIENCE.toNanos();
  }

  /// A block was read after all.
  void read(long firstPosition) {
    if (any) {
      forget(firstPosition);
    }
  }

  private synchronized void forget(long firstPosition) {
    var _ = failing.remove(firstPosition);
    any = !failing.isEmpty();
  }
}
