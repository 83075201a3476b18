package io.onex.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.onex.bytes.Slice;
import io.onex.event.EventType;
import io.onex.segment.Compression;
import io.onex.segment.SegmentProblems;
import io.onex.storage.Storage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// What the tests of the log share: small batches in, texts out.
public final class LogFixture {
  public static final LogConfig SMALL =
      new LogConfig(
          "log",
          16 << 10,
          4096,
          Compression.STANDARD,
          8 << 10,
          1 << 20,
          10_000,
          Duration.ofDays(365_000),
          1L << 30,
          0);

  /// A record as the tests see it.
  public record Seen(long position, String id, String body) {}

  private LogFixture() {}

  public static SegmentedLog open(Storage storage) throws IOException {
    return open(storage, SMALL);
  }

  public static SegmentedLog open(Storage storage, LogConfig config) throws IOException {
    return SegmentedLog.open(SegmentedLog.Setup.of(storage, config, new SetClock()));
  }

  /// The seeds of a folder that has some.
  static IdSeeds seeds(Storage storage) throws IOException {
    return FolderSecret.open(storage, new Random(), new SegmentProblems(_ -> {}));
  }

  public static RecordWriter batch() {
    return new RecordWriter(256);
  }

  public static RecordWriter add(RecordWriter batch, String id, String body, long ingestMicros) {
    byte[] bytes = body.getBytes(UTF_8);
    batch
        .begin(RecordKind.EVENT, EventType.NODE_START, Slice.utf8(id), ingestMicros, 1)
        .body(bytes, 0, bytes.length)
        .end();
    return batch;
  }

  public static RecordWriter add(RecordWriter batch, String id, String body) {
    return add(batch, id, body, 1_000);
  }

  /// Adds a derived record whose cause is the event with the id `cause`, which needs no escape.
  public static RecordWriter addConclusion(RecordWriter batch, String id, String cause) {
    return addConclusion(batch, id, cause.getBytes(UTF_8), "\"}");
  }

  /// As above.
  ///
  /// @param cause as it stands in the body
  /// @param after what follows it there
  public static RecordWriter addConclusion(
      RecordWriter batch, String id, byte[] cause, String after) {
    byte[] before = "{\"end_event_id\":\"".getBytes(UTF_8);
    byte[] rest = after.getBytes(UTF_8);
    batch
        .begin(RecordKind.DERIVED, EventType.OPERATION_ENDED, Slice.utf8(id), 1_000, 1)
        .cause(cause.length + rest.length, cause.length)
        .body(before, 0, before.length)
        .body(cause, 0, cause.length)
        .body(rest, 0, rest.length)
        .end();
    return batch;
  }

  public static AppendResult append(Log log, String id, String body)
      throws LogUnavailableException, InterruptedException {
    return log.append(add(batch(), id, body));
  }

  public static List<Seen> readAll(Log log) throws IOException {
    return readFrom(log, log.start());
  }

  public static List<Seen> readFrom(Log log, Position from) throws IOException {
    List<Seen> seen = new ArrayList<>();
    try (LogReader reader = log.reader(from)) {
      for (RecordBatch batch = reader.read(7, 4096);
          !batch.isEmpty();
          batch = reader.read(7, 4096)) {
        for (Record record : batch.records()) {
          seen.add(
              new Seen(record.position().offset(), record.eventId().utf8(), record.body().utf8()));
        }
      }
    }
    return seen;
  }
}
