package io.onex.bench.oracle;

import java.util.Arrays;
import java.util.BitSet;

/// What one back end received: how often each event, whether intact, and each operation in order.
///
/// Safe for many threads.
public final class Deliveries {
  private final Findings findings = new Findings();
  private byte[] times = new byte[1 << 16];
  private long distinct;
  private long repeats;

  /// Event `sequence` arrived.
  ///
  /// @param intact whether its bytes are what was sent
  public synchronized void received(long sequence, boolean intact) {
    int index = Math.toIntExact(sequence);
    if (index >= times.length) {
      times = Arrays.copyOf(times, Math.max(index + 1, times.length * 2));
    }
    if (!intact) {
      findings.add("event " + sequence + " arrived changed");
    }
    if (times[index] == 0) {
      distinct++;
      // A repeat may come late, but no END may overtake its START.
      if ((index & 1) == 1 && times[index - 1] == 0) {
        findings.add("event " + sequence + " came before the START of its operation");
      }
    } else {
      repeats++;
    }
    if (times[index] < Byte.MAX_VALUE) {
      times[index]++;
    }
  }

  public Findings findings() {
    return findings;
  }

  /// Events received at least once.
  public synchronized long distinct() {
    return distinct;
  }

  /// Arrivals beyond the first of each event.
  public synchronized long repeats() {
    return repeats;
  }

  /// Numbers received at least once.
  public synchronized BitSet arrived() {
    BitSet arrived = new BitSet(times.length);
    for (int i = 0; i < times.length; i++) {
      if (times[i] > 0) {
        arrived.set(i);
      }
    }
    return arrived;
  }
}
