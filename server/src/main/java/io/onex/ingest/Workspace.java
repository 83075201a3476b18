package io.onex.ingest;

import io.onex.event.EventDecoder;
import io.onex.event.SensitiveKeys;
import io.onex.log.RecordWriter;

/// What reading one body needs: buffers, decoder, writer. Lent per request; one thread at a time.
public final class Workspace {
  private static final int SMALL = 8 * 1024;

  private final Bytes sent = new Bytes(SMALL);
  private final Bytes unpacked = new Bytes(0);
  private final RecordWriter writer = new RecordWriter(SMALL);
  private final SensitiveKeys sensitiveKeys;
  private final DecodedBatch batch;
  private final EventIdMint mint;
  private final ByteBudget.Lease lease;

  Workspace(
      EventDecoder decoder, SensitiveKeys sensitiveKeys, EventIdMint mint, ByteBudget.Lease lease) {
    this.sensitiveKeys = sensitiveKeys;
    this.batch = new DecodedBatch(decoder, sensitiveKeys, writer);
    this.mint = mint;
    this.lease = lease;
  }

  Bytes sent() {
    return sent;
  }

  Bytes unpacked() {
    return unpacked;
  }

  /// By which its decoder redacts.
  SensitiveKeys sensitiveKeys() {
    return sensitiveKeys;
  }

  DecodedBatch batch() {
    return batch;
  }

  EventIdMint mint() {
    return mint;
  }

  ByteBudget.Lease lease() {
    return lease;
  }

  /// Memory that stays with it in the pool.
  long retainedBytes() {
    return (long) sent.capacity() + unpacked.capacity() + writer.capacity();
  }
}
