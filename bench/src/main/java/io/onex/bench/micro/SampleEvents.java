package io.onex.bench.micro;

import io.onex.bench.load.EventSeries;
import io.onex.enrichment.RedactionPolicy;
import io.onex.event.Carrier;
import io.onex.event.DecodeOutcome;
import io.onex.event.DecodedEvent;
import io.onex.event.EventDecoder;
import io.onex.event.EventLimits;
import io.onex.log.Position;
import io.onex.log.Record;
import io.onex.log.RecordFlags;
import io.onex.log.RecordFrame;
import io.onex.log.RecordKind;
import io.onex.log.RecordWriter;
import java.util.ArrayList;
import java.util.List;

/// A thousand events of the series, as bytes and as records.
final class SampleEvents {
  static final int EVENTS = 1000;
  static final long RECEIVED_MICROS = 1_795_000_000_000_000L;

  final byte[] bytes = new byte[EVENTS * EventSeries.MAX_BYTES];
  final int[] starts = new int[EVENTS + 1];
  private final EventSeries series = new EventSeries(1);

  SampleEvents() {
    render(0);
  }

  /// Replaces the bytes by those of the thousand events from `first` on.
  void render(long first) {
    int end = 0;
    for (int i = 0; i < EVENTS; i++) {
      starts[i] = end;
      end = series.render(first + i, bytes, end);
    }
    starts[EVENTS] = end;
  }

  static EventDecoder decoder() {
    return new EventDecoder(EventLimits.DEFAULT, RedactionPolicy.DEFAULT, 1);
  }

  /// Decodes all events and encodes each as a record.
  void encode(EventDecoder decoder, RecordWriter writer) {
    writer.clear();
    for (int i = 0; i < EVENTS; i++) {
      DecodeOutcome outcome =
          decoder.decode(bytes, starts[i], starts[i + 1], Carrier.NONE, RECEIVED_MICROS);
      if (!(outcome instanceof DecodeOutcome.Accepted accepted)) {
        throw new IllegalStateException("event " + i + " was not accepted: " + outcome);
      }
      write(accepted.event(), writer);
    }
  }

  private static void write(DecodedEvent event, RecordWriter writer) {
    writer.begin(
        RecordKind.EVENT,
        event.type(),
        event.bodyArray(),
        event.bodyOffset() + event.eventIdOffset(),
        event.eventIdLength(),
        RECEIVED_MICROS,
        event.timeMicros());
    writer.nodeId(event.nodeIdOffset(), event.nodeIdLength());
    writer.correlationId(event.correlationIdOffset(), event.correlationIdLength());
    writer.metadata(event.metadataOffset(), event.metadataLength());
    int flags = event.mayHoldTraceId() ? 0 : RecordFlags.NO_TRACE_ID;
    flags |= event.saysMoreInPayload() ? RecordFlags.SAYS_MORE_IN_PAYLOAD : 0;
    flags |= event.saysMoreBeside() ? RecordFlags.SAYS_MORE_BESIDE : 0;
    flags |= event.mayHoldCoverage() ? 0 : RecordFlags.NO_COVERAGE;
    writer.flags(flags).body(event.bodyArray(), event.bodyOffset(), event.bodyLength()).end();
  }

  /// The events as records, as a destination reads them.
  List<Record> records() {
    RecordWriter writer = new RecordWriter(1 << 20);
    encode(decoder(), writer);
    byte[] encoded = writer.encoded().toByteArray();
    List<Record> records = new ArrayList<>();
    int at = 0;
    for (int i = 0; i < EVENTS; i++) {
      records.add(Record.of(new RecordFrame(encoded, at, new Position(0, i))));
      at += RecordFrame.encodedLength(encoded, at);
    }
    return records;
  }
}
