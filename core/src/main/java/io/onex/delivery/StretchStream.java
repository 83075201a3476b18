package io.onex.delivery;

import io.onex.log.LogReader;
import io.onex.log.Position;
import io.onex.log.Record;
import io.onex.log.RecordBatch;
import java.util.List;

/// Reads a stretch of the log for a replay, on the pool.
final class StretchStream implements RecordStream {
  private final DeliveryEnvironment environment;
  private final Judge judge;
  private final DiskReads disk;
  private final LogReader reader;
  private final Position end;
  private Position at;

  /// @param end not beyond the durable end, so that there is always something to read
  StretchStream(
      DeliveryEnvironment environment, Position from, Position end, Judge judge, DiskReads disk) {
    this.environment = environment;
    this.judge = judge;
    this.disk = disk;
    this.reader = environment.log().reader(from);
    this.at = from;
    this.end = end;
  }

  @Override
  public JudgedRecords next(int maxRecords, int maxBytes) throws InterruptedException {
    JudgedRecords records =
        disk.patiently(at, () -> disk.onPool(() -> judged(reader.read(maxRecords, maxBytes))));
    at = records.batch().end();
    return records;
  }

  private JudgedRecords judged(RecordBatch batch) {
    List<Record> inside =
        batch.records().stream().filter(record -> record.position().compareTo(end) < 0).toList();
    Position until = batch.isEmpty() || batch.end().compareTo(end) > 0 ? end : batch.end();
    return new JudgedRecords(
        new RecordBatch(inside, at, until),
        judge.judge(inside),
        environment.log().start(),
        environment.clock().monotonicNanos());
  }

  @Override
  public void close() {
    reader.close();
  }
}
