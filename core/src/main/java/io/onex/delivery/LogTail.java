package io.onex.delivery;

import io.onex.log.LogReader;
import io.onex.log.Position;
import io.onex.log.Record;
import io.onex.log.RecordBatch;
import io.onex.telemetry.LogKeys;
import io.onex.telemetry.LogLine;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/// Reads the log for one destination, forward and on request, and judges what it reads.
///
/// While the destination keeps up, records are served from memory on the calling virtual thread;
/// when it lags, reading and judging go to the bounded pool. One thread at a time.
final class LogTail implements RecordStream {
  private static final Logger LOG = LogManager.getLogger(LogTail.class);
  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration IDLE = Duration.ofMillis(100);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

  private final DeliveryEnvironment environment;
  private final DestinationSetup setup;
  private final Taking taking;
  private final DeliveryTelemetry telemetry;
  private final LogReader reader;
  private long caughtUpNanos;

  /// Whether the integration in use takes a record; it may be exchanged at any time.
  @FunctionalInterface
  interface Taking {
    boolean takes(Record record);
  }

  LogTail(
      DeliveryEnvironment environment,
      DestinationSetup setup,
      Position from,
      Taking taking,
      DeliveryTelemetry telemetry) {
    this.environment = environment;
    this.setup = setup;
    this.taking = taking;
    this.telemetry = telemetry;
    this.reader = environment.log().reader(from);
    this.caughtUpNanos = environment.clock().monotonicNanos();
  }

  @Override
  public JudgedRecords next(int maxRecords, int maxBytes) throws InterruptedException {
    while (true) {
      if (environment.log().durableEnd().compareTo(reader.position()) <= 0) {
        if (!environment.log().awaitBeyond(reader.position(), LONG)) {
          // The log is being closed, or nothing came for an hour.
          Thread.sleep(IDLE);
          continue;
        }
        caughtUpNanos = environment.clock().monotonicNanos();
      }
      JudgedRecords records = read(maxRecords, maxBytes);
      if (!records.batch().isEmpty()) {
        return records;
      }
    }
  }

  private JudgedRecords read(int maxRecords, int maxBytes) throws InterruptedException {
    while (true) {
      try {
        return reader.keepsUp()
            ? judge(reader.read(maxRecords, maxBytes))
            : readOnPool(maxRecords, maxBytes);
      } catch (IOException e) {
        telemetry.readFailed();
        LOG.warn(
            LogLine.of("the log cannot be read; the destination waits and tries again")
                .with(LogKeys.DESTINATION, setup.name())
                .with(LogKeys.POSITION, reader.position().toString())
                .with(LogKeys.REASON, String.valueOf(e.getMessage())));
        Thread.sleep(AFTER_FAILURE);
      }
    }
  }

  private JudgedRecords readOnPool(int maxRecords, int maxBytes)
      throws IOException, InterruptedException {
    Future<JudgedRecords> reading =
        environment.readers().submit(() -> judge(reader.read(maxRecords, maxBytes)));
    try {
      return reading.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException failure -> throw failure;
        case RuntimeException bug -> throw bug;
        case null, default -> throw new IllegalStateException("reading the log failed", e);
      }
    }
  }

  private JudgedRecords judge(RecordBatch batch) {
    List<Verdict> verdicts = new ArrayList<>(batch.records().size());
    for (Record record : batch.records()) {
      verdicts.add(judge(record));
    }
    return new JudgedRecords(batch, verdicts, environment.log().start(), caughtUpNanos);
  }

  private Verdict judge(Record record) {
    try {
      Verdict verdict = setup.filter().judge(record);
      return verdict instanceof Verdict.Deliver && !taking.takes(record)
          ? Verdict.NOT_TAKEN
          : verdict;
    } catch (RuntimeException e) {
      LOG.error(
          LogLine.of("the rules failed on a record, which becomes a dead letter")
              .with(LogKeys.DESTINATION, setup.name())
              .with(LogKeys.POSITION, record.position().toString()),
          e);
      return new Verdict.Unjudged("the rules failed with " + e.getClass().getSimpleName());
    }
  }

  @Override
  public void close() {
    reader.close();
  }
}
