package io.onex.api;

import io.onex.event.EventType;
import io.onex.log.Record;
import io.onex.log.RecordKind;
import io.onex.log.SegmentedLog;
import io.onex.operation.Operation;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/// Finds the record that concluded the operation of a START or END, however much later that was.
///
/// Its id follows from that of the START, and it names the END as its cause: the index of ids leads
/// there from both.
final class RelatedOperation {
  private static final Set<EventType> STARTS =
      Set.of(EventType.NODE_START, EventType.TELEMETRY_OPERATION_START);
  private static final Set<EventType> ENDS =
      Set.of(
          EventType.NODE_SUCCESS,
          EventType.NODE_FAILURE,
          EventType.TELEMETRY_OPERATION_SUCCESS,
          EventType.TELEMETRY_OPERATION_ERROR);

  private RelatedOperation() {}

  /// Reads the disk.
  static Optional<Record> find(SegmentedLog log, Record event) throws IOException {
    if (event.kind() != RecordKind.EVENT) {
      return Optional.empty();
    }
    if (STARTS.contains(event.type())) {
      return RecordById.findConclusion(log, Operation.endedEventId(event.eventId()));
    }
    return ENDS.contains(event.type())
        ? RecordById.findCausedBy(log, event.eventId())
        : Optional.empty();
  }
}
