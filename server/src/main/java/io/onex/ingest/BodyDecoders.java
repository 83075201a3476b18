package io.onex.ingest;

import io.onex.event.EventDecoder;
import io.onex.event.EventLimits;
import io.onex.event.MaskedIds;
import io.onex.event.SensitiveKeys;

/// The decoders of bodies, which redact by the keys in force. Safe for use by many threads.
final class BodyDecoders {
  /// Each has learnt the keys of events for itself, which is dear, and only a few read at once.
  private static final int KEPT = 16;

  private final EventLimits limits;
  private final long hashSeed;
  private final MaskedIds maskedIds;
  private final Pool<BodyDecoder> pool = new Pool<>(this::make, _ -> 1, KEPT, KEPT);
  private volatile SensitiveKeys sensitiveKeys;

  /// @param hashSeed senders must not know it
  /// @param maskedIds tells ids apart in which a secret was masked
  BodyDecoders(
      EventLimits limits, SensitiveKeys sensitiveKeys, MaskedIds maskedIds, long hashSeed) {
    this.limits = limits;
    this.sensitiveKeys = sensitiveKeys;
    this.maskedIds = maskedIds;
    this.hashSeed = hashSeed;
  }

  /// Changes the keys, for decoders that are lent from now on.
  void redact(SensitiveKeys changed) {
    sensitiveKeys = changed;
  }

  /// One that knows the keys in force; those that know others are let go.
  BodyDecoder lend() {
    SensitiveKeys keys = sensitiveKeys;
    BodyDecoder decoder = pool.lend();
    while (!decoder.sensitiveKeys().equals(keys)) {
      keys = sensitiveKeys;
      decoder = pool.lend();
    }
    return decoder;
  }

  void giveBack(BodyDecoder decoder) {
    pool.giveBack(decoder);
  }

  private BodyDecoder make() {
    SensitiveKeys keys = sensitiveKeys;
    return new BodyDecoder(new EventDecoder(limits, keys, hashSeed, maskedIds), keys);
  }
}
