package io.onex.ingest;

import io.onex.bytes.Slice;
import io.onex.event.BrokenText;
import io.onex.event.Carrier;
import io.onex.event.DecodeOutcome;
import io.onex.event.EventDecoder;
import io.onex.event.SensitiveKeys;
import io.onex.secret.Sensitivity;

/// Reads the elements of bodies, and takes the secrets out of those that are refused.
///
/// What it has learnt about keys fills a processor's cache, so there should be few that are used
/// again and again: it is lent for as long as a body is read, and not while that waits for the
/// disk. One thread at a time.
final class BodyDecoder {
  /// The member of a CloudEvent (JSON event format 1.0, section 3.1.1).
  private static final String BASE64_DATA = "data_base64";

  private final SensitiveKeys sensitiveKeys;
  private final EventDecoder events;
  private final BrokenText refused;

  /// @param events redacts by the same keys
  /// @param sensitiveKeys what is replaced in refused text before it is kept
  BodyDecoder(EventDecoder events, SensitiveKeys sensitiveKeys) {
    this.sensitiveKeys = sensitiveKeys;
    this.events = events;
    this.refused = new BrokenText(new KeptKeys(sensitiveKeys));
  }

  /// The keys whose values are not kept of refused text.
  private record KeptKeys(SensitiveKeys others) implements SensitiveKeys {
    @Override
    public boolean isSensitive(String key) {
      return sensitivity(key) == Sensitivity.SURE;
    }

    /// Nobody can see a secret in base64 that may not even be whole.
    @Override
    public Sensitivity sensitivity(String key) {
      return key.equals(BASE64_DATA) ? Sensitivity.SURE : others.sensitivity(key);
    }
  }

  /// By which it redacts.
  SensitiveKeys sensitiveKeys() {
    return sensitiveKeys;
  }

  /// What the element between `from` and `to` is; good until the next call.
  DecodeOutcome decode(byte[] array, int from, int to, long nowMicros) {
    return events.decode(array, from, to, Carrier.NONE, nowMicros);
  }

  /// Text that was refused, without its secrets.
  Slice redacted(Slice text) {
    return refused.redact(text);
  }
}
