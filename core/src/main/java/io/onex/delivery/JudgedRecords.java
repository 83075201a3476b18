package io.onex.delivery;

import io.onex.log.Position;
import io.onex.log.RecordBatch;
import io.onex.log.RecordOutcome;
import java.util.List;

/// Records read for one cursor, each with the verdict of the rules.
///
/// @param batch what was read, and the positions of the cursor that this covers
/// @param verdicts one per record, in order
/// @param places the cursor's offsets of the records, ascending, where they are not the records'
///   own as for dead letters; otherwise empty
/// @param logStart the oldest position that could be read: what is missing below it has expired
/// @param gaps what became of positions above it that have no record: [RecordOutcome#LOST] in the
///   log, where they were in a corrupt block
/// @param readableNanos monotonic time from which on the records could be read; the true moment may
///   be later, never earlier, so that no record waits longer than its max_age
public record JudgedRecords(
    RecordBatch batch,
    List<Verdict> verdicts,
    List<Long> places,
    Position logStart,
    RecordOutcome gaps,
    long readableNanos) {
  public JudgedRecords {
    verdicts = List.copyOf(verdicts);
    places = List.copyOf(places);
    if (!places.isEmpty() && places.size() != verdicts.size()) {
      throw new IllegalArgumentException(verdicts.size() + " verdicts at " + places.size());
    }
    if (verdicts.size() != batch.records().size()) {
      throw new IllegalArgumentException(
          batch.records().size() + " records with " + verdicts.size() + " verdicts");
    }
  }

  /// Records of the log.
  public JudgedRecords(
      RecordBatch batch, List<Verdict> verdicts, Position logStart, long readableNanos) {
    this(batch, verdicts, List.of(), logStart, RecordOutcome.LOST, readableNanos);
  }

  /// The cursor's offset of the record with this index.
  long place(int index) {
    return places.isEmpty() ? batch.records().get(index).position().offset() : places.get(index);
  }
}
