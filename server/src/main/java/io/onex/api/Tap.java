package io.onex.api;

import io.onex.bytes.Slice;
import io.onex.json.JsonWriter;
import io.onex.log.Log;
import io.onex.log.LogReader;
import io.onex.log.Position;
import io.onex.log.Record;
import io.onex.log.RecordBatch;
import io.onex.thread.Crew;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/// One live view of the log, written to one client.
///
/// It only reads what is in memory: when the client is so slow that its place is not there any
/// more, it goes on at the end and says how many records it passed over. Nobody waits for it.
final class Tap {
  private static final int MOST_RECORDS = 500;
  private static final int MOST_BYTES = 256 * 1024;

  /// How long to be silent before a line feed is sent to see whether the client is still there.
  private static final Duration QUIET = Duration.ofSeconds(1);

  private final Log log;
  private final Crew crew;
  private final Predicate<Record> wanted;
  private final boolean serverSentEvents;
  private final JsonWriter json = new JsonWriter(64 * 1024);

  /// @param crew picks records and writes them as JSON
  /// @param serverSentEvents whether each record is a `data:` line of its own event (WHATWG HTML,
  ///   server-sent events) rather than a line of NDJSON
  Tap(Log log, Crew crew, Predicate<Record> wanted, boolean serverSentEvents) {
    this.log = log;
    this.crew = crew;
    this.wanted = wanted;
    this.serverSentEvents = serverSentEvents;
  }

  /// Writes records from now on until `limit` were shown, `stop` says so or the client is gone.
  ///
  /// @param limit 0 for no limit
  /// @throws IOException when the client is gone
  void copyTo(OutputStream out, long limit, BooleanSupplier stop)
      throws IOException, InterruptedException {
    long left = limit == 0 ? Long.MAX_VALUE : limit;
    try (LogReader reader = log.reader(log.durableEnd())) {
      out.flush();
      while (left > 0 && !stop.getAsBoolean()) {
        if (!log.awaitBeyond(reader.position(), QUIET)) {
          json.newLine();
        } else {
          left = follow(reader, left);
        }
        send(out);
      }
    }
  }

  private long follow(LogReader reader, long left) throws InterruptedException {
    RecordBatch batch = reader.readInMemory(MOST_RECORDS, MOST_BYTES);
    if (batch.isEmpty()) {
      missed(reader);
      return left;
    }
    return crew.compute(() -> show(batch, left));
  }

  private long show(RecordBatch batch, long left) {
    long remaining = left;
    for (Record record : batch.records()) {
      if (remaining > 0 && wanted.test(record)) {
        begin();
        RecordJson.members(json.beginObject(), record);
        json.endObject();
        end();
        remaining--;
      }
    }
    return remaining;
  }

  private void missed(LogReader reader) {
    Position end = log.durableEnd();
    begin();
    json.beginObject();
    json.key("missed").number(end.offset() - reader.position().offset());
    json.endObject();
    end();
    reader.seek(end);
  }

  private void begin() {
    if (serverSentEvents) {
      json.literal("data: ");
    }
  }

  private void end() {
    json.newLine();
    if (serverSentEvents) {
      json.newLine();
    }
  }

  private void send(OutputStream out) throws IOException {
    Slice written = json.written();
    if (!written.isEmpty()) {
      out.write(written.array(), written.offset(), written.length());
      out.flush();
      json.clear();
    }
  }
}
