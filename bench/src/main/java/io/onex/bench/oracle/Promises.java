package io.onex.bench.oracle;

import java.util.BitSet;

/// Which events were sent, and which of them the gateway promised to keep. Safe for many threads.
public final class Promises {
  private final BitSet sent = new BitSet();
  private final BitSet acknowledged = new BitSet();

  /// Events `from` (inclusive) to `to` (exclusive) are about to be sent.
  public synchronized void sending(long from, long to) {
    sent.set(Math.toIntExact(from), Math.toIntExact(to));
  }

  /// The gateway answered that it has them.
  public synchronized void acknowledged(long from, long to) {
    acknowledged.set(Math.toIntExact(from), Math.toIntExact(to));
  }

  public synchronized boolean wasSent(long sequence) {
    return sent.get(Math.toIntExact(sequence));
  }

  public synchronized boolean wasAcknowledged(long sequence) {
    return acknowledged.get(Math.toIntExact(sequence));
  }

  public synchronized long acknowledged() {
    return acknowledged.cardinality();
  }

  /// A copy of the acknowledged numbers.
  public synchronized BitSet acknowledgedSet() {
    return (BitSet) acknowledged.clone();
  }
}
