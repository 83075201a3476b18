package io.onex.integration;

import io.onex.bytes.Slice;
import io.onex.enrichment.RedactionPolicy;
import io.onex.event.Carrier;
import io.onex.event.DecodeOutcome;
import io.onex.event.DecodedEvent;
import io.onex.event.EventDecoder;
import io.onex.event.EventKind;
import io.onex.event.EventLimits;
import io.onex.log.Position;
import io.onex.log.Record;
import io.onex.log.RecordFlags;
import io.onex.log.RecordFrame;
import io.onex.log.RecordKind;
import io.onex.log.RecordWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// The sample events beside the checkout, as records: what nodes really send, in all its forms.
public final class Samples {
  private static final Path FOLDER = Path.of("..", "..", "shared", "samples");

  private Samples() {}

  /// Every accepted line of every file, with ids that are distinct.
  public static List<Record> records() throws IOException {
    if (!Files.isDirectory(FOLDER)) {
      System.out.println("NOT RUN: there are no samples at " + FOLDER.toAbsolutePath().normalize());
      Assumptions.abort("no samples beside the checkout");
    }
    List<Record> records = new ArrayList<>();
    EventDecoder decoder = new EventDecoder(EventLimits.DEFAULT, RedactionPolicy.DEFAULT, 1);
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".ndjson")).sorted().toList()) {
        byte[] bytes = Files.readAllBytes(file);
        int start = 0;
        for (int end = 0; end <= bytes.length; end++) {
          if (end == bytes.length || bytes[end] == '\n') {
            if (decoder.decode(bytes, start, end, Carrier.NONE, TestRecords.INGEST)
                instanceof DecodeOutcome.Accepted(DecodedEvent event)) {
              records.add(record(event, records.size()));
            }
            start = end + 1;
          }
        }
      }
    }
    return records;
  }

  private static Record record(DecodedEvent event, int number) {
    RecordWriter writer = new RecordWriter(1024);
    writer.begin(
        event.kind() == EventKind.EVENT ? RecordKind.EVENT : RecordKind.LOG,
        event.type(),
        Slice.utf8("sample-" + number),
        TestRecords.INGEST,
        event.timeMicros());
    int flags = event.nodeIdEscaped() ? RecordFlags.NODE_ID_ESCAPED : 0;
    writer.flags(flags | (event.correlationIdEscaped() ? RecordFlags.CORRELATION_ID_ESCAPED : 0));
    if (event.nodeIdOffset() != DecodedEvent.ABSENT) {
      writer.nodeId(event.nodeIdOffset(), event.nodeIdLength());
    }
    if (event.correlationIdOffset() != DecodedEvent.ABSENT) {
      writer.correlationId(event.correlationIdOffset(), event.correlationIdLength());
    }
    if (event.metadataOffset() != DecodedEvent.ABSENT) {
      writer.metadata(event.metadataOffset(), event.metadataLength());
    }
    writer.body(event.bodyArray(), event.bodyOffset(), event.bodyLength());
    writer.end();
    return Record.of(new RecordFrame(writer.encoded().toByteArray(), 0, new Position(0, number)));
  }
}
