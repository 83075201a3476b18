package io.onex.event;

import io.onex.enrichment.RedactionPolicy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// Decodes text with the default limits and redaction, received at a fixed time.
final class DecoderFixture {
  static final long RECEIVED_MICROS = micros("2026-01-02T00:00:00Z");

  private final EventDecoder decoder =
      new EventDecoder(EventLimits.DEFAULT, RedactionPolicy.DEFAULT, 99);

  static long micros(String instant) {
    Instant time = Instant.parse(instant);
    return time.getEpochSecond() * 1_000_000 + time.getNano() / 1000;
  }

  DecodeOutcome decode(String input) {
    return decode(input, Carrier.NONE);
  }

  DecodeOutcome decode(String input, Carrier carrier) {
    byte[] bytes = input.getBytes(StandardCharsets.UTF_8);
    return decoder.decode(bytes, 0, bytes.length, carrier, RECEIVED_MICROS);
  }

  DecodeOutcome decode(byte[] bytes) {
    return decoder.decode(bytes, 0, bytes.length, Carrier.NONE, RECEIVED_MICROS);
  }

  DecodedEvent accepted(String input) {
    return accepted(input, Carrier.NONE);
  }

  DecodedEvent accepted(String input, Carrier carrier) {
    DecodeOutcome outcome = decode(input, carrier);
    if (outcome instanceof DecodeOutcome.Accepted(DecodedEvent event)) {
      return event;
    }
    throw new AssertionError("not accepted but " + outcome + ": " + input);
  }

  Refusal refused(String input) {
    return refused(input.getBytes(StandardCharsets.UTF_8));
  }

  Refusal refused(byte[] input) {
    DecodeOutcome outcome = decode(input);
    if (outcome instanceof DecodeOutcome.Refused(Refusal refusal)) {
      return refusal;
    }
    throw new AssertionError("not refused but " + outcome);
  }

  static String nodeId(DecodedEvent event) {
    return part(event, event.nodeIdOffset(), event.nodeIdLength());
  }

  static String correlationId(DecodedEvent event) {
    return part(event, event.correlationIdOffset(), event.correlationIdLength());
  }

  static String metadata(DecodedEvent event) {
    return part(event, event.metadataOffset(), event.metadataLength());
  }

  private static String part(DecodedEvent event, int offset, int length) {
    return offset == DecodedEvent.ABSENT ? "" : event.body().part(offset, length).utf8();
  }
}
