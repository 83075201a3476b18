package io.onex.ingest;

/// A body as it comes in, and what it has of the budget: all that a client holds while it is still
/// sending. Lent per request; one thread at a time.
final class Incoming {
  private final Bytes bytes = new Bytes(0);
  private final ByteBudget.Lease lease;

  Incoming(ByteBudget.Lease lease) {
    this.lease = lease;
  }

  Bytes bytes() {
    return bytes;
  }

  ByteBudget.Lease lease() {
    return lease;
  }

  /// Memory that stays with it in the pool.
  long retainedBytes() {
    return bytes.capacity();
  }
}
