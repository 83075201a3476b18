package io.onex.delivery;

import java.util.OptionalLong;

/// The earliest ingest time among some records.
final class OldestRecord {
  private OptionalLong ingestMicros = OptionalLong.empty();

  void add(Item item) {
    long micros = item.record().ingestTimeMicros();
    if (ingestMicros.isEmpty() || micros < ingestMicros.getAsLong()) {
      ingestMicros = OptionalLong.of(micros);
    }
  }

  OptionalLong ingestMicros() {
    return ingestMicros;
  }
}
