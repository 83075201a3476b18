package io.onex.log;

import io.onex.bytes.Slice;
import io.onex.enrichment.RedactionPolicy;
import io.onex.event.Carrier;
import io.onex.event.DecodeOutcome;
import io.onex.event.DecodedEvent;
import io.onex.event.EventDecoder;
import io.onex.event.EventKind;
import io.onex.event.EventLimits;
import java.nio.charset.StandardCharsets;

/// Makes records of events as they are taken in.
final class SentEvents {
  private final EventDecoder decoder =
      new EventDecoder(EventLimits.DEFAULT, RedactionPolicy.DEFAULT, 42);
  private long nowMicros = 1_800_000_000_000_000L;

  /// Adds the event `json`, taken in a second after the one before.
  void add(RecordWriter writer, String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    nowMicros += 1_000_000;
    DecodeOutcome outcome = decoder.decode(bytes, 0, bytes.length, Carrier.NONE, nowMicros);
    if (!(outcome instanceof DecodeOutcome.Accepted(DecodedEvent event))) {
      throw new AssertionError(json + ": " + outcome);
    }
    Slice id = event.hasEventId() ? event.eventId() : Slice.utf8("minted-" + nowMicros);
    writer.begin(
        event.kind() == EventKind.EVENT ? RecordKind.EVENT : RecordKind.LOG,
        event.type(),
        id,
        nowMicros,
        event.timeMicros());
    writer.flags(
        (event.timeAssumed() ? RecordFlags.TIME_ASSUMED : 0)
            | (event.timeOfEnvelope() ? RecordFlags.TIME_OF_ENVELOPE : 0)
            | (event.nodeIdEscaped() ? RecordFlags.NODE_ID_ESCAPED : 0)
            | (event.correlationIdEscaped() ? RecordFlags.CORRELATION_ID_ESCAPED : 0));
    if (event.nodeIdOffset() != DecodedEvent.ABSENT) {
      writer.nodeId(event.nodeIdOffset(), event.nodeIdLength());
    }
    if (event.correlationIdOffset() != DecodedEvent.ABSENT) {
      writer.correlationId(event.correlationIdOffset(), event.correlationIdLength());
    }
    if (event.metadataOffset() != DecodedEvent.ABSENT) {
      writer.metadata(event.metadataOffset(), event.metadataLength());
    }
    writer.body(event.bodyArray(), event.bodyOffset(), event.bodyLength()).end();
  }

  AppendResult append(Log log, String... events) throws Exception {
    RecordWriter writer = new RecordWriter(256);
    for (String event : events) {
      add(writer, event);
    }
    return log.append(writer);
  }

  long hash(String event, long seed) {
    RecordWriter writer = new RecordWriter(256);
    add(writer, event);
    Slice encoded = writer.encoded();
    return new ContentHash(seed).of(encoded.array(), 0, encoded.length());
  }
}
