package io.onex.ingest;

import io.onex.log.RecordWriter;

/// What holds one body on its way into the log: the buffer it is unpacked into and its records.
/// Lent once the body has come; one thread at a time.
public final class Workspace {
  private static final int SMALL = 8 * 1024;

  private final Bytes unpacked = new Bytes(0);
  private final RecordWriter writer = new RecordWriter(SMALL);
  private final DecodedBatch batch = new DecodedBatch(writer);
  private final EventIdMint mint;

  Workspace(EventIdMint mint) {
    this.mint = mint;
  }

  Bytes unpacked() {
    return unpacked;
  }

  DecodedBatch batch() {
    return batch;
  }

  EventIdMint mint() {
    return mint;
  }

  /// Memory that stays with it in the pool.
  long retainedBytes() {
    return (long) unpacked.capacity() + writer.capacity();
  }
}
