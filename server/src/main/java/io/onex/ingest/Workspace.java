package io.onex.ingest;

import io.onex.event.EventDecoder;
import io.onex.event.SensitiveKeys;
import io.onex.log.RecordWriter;

/// What decoding one body needs: buffer, decoder, writer. Lent once the body has come; one thread
/// at a time.
public final class Workspace {
  private static final int SMALL = 8 * 1024;

  private final Bytes unpacked = new Bytes(0);
  private final RecordWriter writer = new RecordWriter(SMALL);
  private final SensitiveKeys sensitiveKeys;
  private final DecodedBatch batch;
  private final EventIdMint mint;

  Workspace(EventDecoder decoder, SensitiveKeys sensitiveKeys, EventIdMint mint) {
    this.sensitiveKeys = sensitiveKeys;
    this.batch = new DecodedBatch(decoder, sensitiveKeys, writer);
    this.mint = mint;
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

  /// Memory that stays with it in the pool.
  long retainedBytes() {
    return (long) unpacked.capacity() + writer.capacity();
  }
}
