package io.onex.delivery;

import io.onex.log.LogReader;
import io.onex.log.Position;
import io.onex.log.RecordBatch;
import io.onex.thread.Pulse;
import java.time.Duration;

/// Reads the log for one destination, forward and on request, and judges what it reads.
///
/// While the destination keeps up, records are served from memory on the calling virtual thread and
/// judged where [Computing] says; when it lags, reading and judging go to the bounded pool that
/// reads the disk. One thread at a time.
final class LogTail implements RecordStream {
  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration IDLE = Duration.ofMillis(100);

  private final DeliveryEnvironment environment;
  private final Judge judge;
  private final Computing computing;
  private final DiskReads disk;
  private final Pulse pulse;
  private final LogReader reader;
  private long caughtUpNanos;

  /// @param pulse rests while there is nothing to read
  LogTail(
      DeliveryEnvironment environment,
      Position from,
      Judge judge,
      Computing computing,
      DiskReads disk,
      Pulse pulse) {
    this.environment = environment;
    this.judge = judge;
    this.computing = computing;
    this.disk = disk;
    this.pulse = pulse;
    this.reader = environment.log().reader(from);
    this.caughtUpNanos = environment.clock().monotonicNanos();
  }

  @Override
  public JudgedRecords next(int maxRecords, int maxBytes) throws InterruptedException {
    while (true) {
      if (environment.log().durableEnd().compareTo(reader.position()) <= 0) {
        pulse.rest();
        boolean more = environment.log().awaitBeyond(reader.position(), LONG);
        if (!more) {
          // The log is being closed, or nothing came for an hour.
          Thread.sleep(IDLE);
          continue;
        }
        pulse.beat();
        caughtUpNanos = environment.clock().monotonicNanos();
      }
      JudgedRecords records = read(maxRecords, maxBytes);
      if (!records.batch().isEmpty()) {
        return records;
      }
    }
  }

  private JudgedRecords read(int maxRecords, int maxBytes) throws InterruptedException {
    RecordBatch recent = reader.readInMemory(maxRecords, maxBytes);
    return recent.isEmpty()
        ? disk.patiently(
            reader.position(), () -> disk.onPool(() -> judged(reader.read(maxRecords, maxBytes))))
        : computing.on(recent.records(), () -> judged(recent));
  }

  private JudgedRecords judged(RecordBatch batch) {
    return new JudgedRecords(
        batch, judge.judge(batch.records()), environment.log().start(), caughtUpNanos);
  }

  @Override
  public void close() {
    reader.close();
  }
}
