package io.onex.delivery;

import io.onex.log.Position;
import io.onex.log.RecordBatch;
import java.util.List;

/// Records read from the log, each with the verdict of the rules.
///
/// @param batch what was read
/// @param verdicts one per record, in order
/// @param logStart the oldest position that could be read: what is missing below it has expired,
///   what is missing above it was in a corrupt block
/// @param readableNanos monotonic time from which on the records could be read; the true moment may
///   be later, never earlier, so that no record waits longer than its max_age
public record JudgedRecords(
    RecordBatch batch, List<Verdict> verdicts, Position logStart, long readableNanos) {
  public JudgedRecords {
    verdicts = List.copyOf(verdicts);
    if (verdicts.size() != batch.records().size()) {
      throw new IllegalArgumentException(
          batch.records().size() + " records with " + verdicts.size() + " verdicts");
    }
  }
}
