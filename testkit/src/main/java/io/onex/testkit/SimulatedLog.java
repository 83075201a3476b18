package io.onex.testkit;

import io.onex.bytes.Slice;
import io.onex.event.EventType;
import io.onex.log.Position;
import io.onex.log.Record;
import io.onex.log.RecordBatch;
import io.onex.log.RecordFrame;
import io.onex.log.RecordKind;
import io.onex.log.RecordWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Records in virtual time: appended now, readable now. One thread.
public final class SimulatedLog {
  private final SimulatedScheduler scheduler;
  private final List<Record> records = new ArrayList<>();
  private final List<Runnable> waiting = new ArrayList<>();

  public SimulatedLog(SimulatedScheduler scheduler) {
    this.scheduler = scheduler;
  }

  /// The position past the last record.
  public Position end() {
    return new Position(0, records.size());
  }

  /// Appends events whose bodies have `bodyBytes` bytes and wakes those who wait.
  public void append(int count, int bodyBytes) {
    for (int i = 0; i < count; i++) {
      RecordWriter writer = new RecordWriter(128 + bodyBytes);
      writer.begin(
          RecordKind.EVENT,
          EventType.NODE_START,
          Slice.utf8("event-" + records.size()),
          scheduler.clock().wallMicros(),
          scheduler.clock().wallMicros());
      writer.body(new byte[bodyBytes], 0, bodyBytes).end();
      records.add(Record.of(new RecordFrame(writer.encoded().array(), 0, end())));
    }
    List<Runnable> woken = List.copyOf(waiting);
    waiting.clear();
    woken.forEach(each -> scheduler.after(Duration.ZERO, each));
  }

  /// Records from `from` on; empty at the end.
  RecordBatch read(Position from, int maxRecords, int maxBytes) {
    List<Record> batch = new ArrayList<>();
    long bytes = 0;
    for (int i = (int) from.offset(); i < records.size() && batch.size() < maxRecords; i++) {
      bytes += records.get(i).body().length();
      if (!batch.isEmpty() && bytes > maxBytes) {
        break;
      }
      batch.add(records.get(i));
    }
    return new RecordBatch(batch, from, from.plus(batch.size()));
  }

  /// Runs `wake` once, after the next append.
  void awaitMore(Runnable wake) {
    waiting.add(wake);
  }
}
