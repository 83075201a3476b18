package io.onex.ingest;

import io.onex.log.AppendResult;
import io.onex.log.Log;
import io.onex.log.LogUnavailableException;
import io.onex.log.Position;
import io.onex.log.PositionRange;
import io.onex.log.PreparedBatch;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/// The last step of taking a body in: its records into the log, what was refused into the dead
/// letters, and an account of both. Safe for use by many threads.
final class Appending {
  private final Log log;
  private final RefusedInput refused;
  private final IntakeCounters counters;
  private final AtomicInteger underWay = new AtomicInteger();

  Appending(Log log, RefusedInput refused, IntakeCounters counters) {
    this.log = log;
    this.refused = refused;
    this.counters = counters;
  }

  /// Bodies that wait for the log to be durable.
  int underWay() {
    return underWay.get();
  }

  /// Appends what was decoded, counts it, and keeps what was refused.
  ///
  /// @param bodyBytes of the body that was decoded
  /// @param prepared of the records; empty when there are none
  IntakeResult append(
      DecodedBatch batch, int bodyBytes, Optional<PreparedBatch> prepared, Provenance from)
      throws LogUnavailableException, InterruptedException {
    IntakeResult result = append(batch, prepared);
    counters.taken(from.source(), bodyBytes, result, batch);
    if (batch.rejectedCount() > 0) {
      counters.rejected(result.rejected(), batch.rejectedCount() - result.rejected().size());
      refused.keep(batch.refused(), from);
    }
    return result;
  }

  private IntakeResult append(DecodedBatch batch, Optional<PreparedBatch> prepared)
      throws LogUnavailableException, InterruptedException {
    long records = batch.records().count();
    Optional<PositionRange> concerned = Optional.empty();
    long duplicates = 0;
    long conflicting = 0;
    if (prepared.isPresent()) {
      AppendResult appended;
      try {
        underWay.incrementAndGet();
        appended = log.append(prepared.get());
      } catch (LogUnavailableException e) {
        counters.unavailable();
        throw e;
      } finally {
        underWay.decrementAndGet();
      }
      duplicates = appended.duplicates().size();
      conflicting = appended.conflicting();
      Position start = duplicates > 0 ? Position.START : appended.start();
      if (start.compareTo(appended.end()) < 0) {
        concerned = Optional.of(new PositionRange(start, appended.end()));
      }
    }
    return new IntakeResult(
        records - duplicates,
        duplicates,
        conflicting,
        batch.ignoredCount(),
        batch.rejections(),
        batch.rejectedCount(),
        warnings(batch),
        concerned);
  }

  private static Map<String, Long> warnings(DecodedBatch batch) {
    if (batch.warnedCount() == 0) {
      return Map.of();
    }
    Map<String, Long> warnings = new TreeMap<>();
    batch.warnings().forEach((what, count) -> warnings.put(what.code(), count));
    return warnings;
  }
}
