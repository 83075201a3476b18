package io.onex.api;

import io.onex.bytes.Slice;
import io.onex.event.EventType;
import io.onex.json.JsonFields;
import io.onex.log.LogReader;
import io.onex.log.Record;
import io.onex.log.RecordBatch;
import io.onex.log.RecordKind;
import io.onex.log.SegmentedLog;
import io.onex.operation.Operation;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/// Finds the record that concluded the operation of a START or END.
///
/// Its id follows from that of the START, or of an END without START, so the index of ids leads
/// there however much later it ended. An END does not know its START; but its conclusion follows it
/// at once, so a bounded stretch of the log after it is looked through, of which most records are
/// passed over by their header.
final class RelatedOperation {
  /// How many records after an END are looked at.
  static final int REACH_RECORDS = 100_000;

  private static final int CHUNK_RECORDS = 5_000;
  private static final int CHUNK_BYTES = 4 << 20;
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
    boolean part = STARTS.contains(event.type()) || ENDS.contains(event.type());
    if (event.kind() != RecordKind.EVENT || !part) {
      return Optional.empty();
    }
    Optional<Record> concluded = RecordById.find(log, Operation.endedEventId(event.eventId()));
    return concluded.isPresent() || STARTS.contains(event.type()) ? concluded : after(log, event);
  }

  private static Optional<Record> after(SegmentedLog log, Record event) throws IOException {
    long end = Math.min(log.durableEnd().offset(), event.position().offset() + REACH_RECORDS);
    try (LogReader reader = log.reader(event.position())) {
      while (reader.position().offset() < end) {
        RecordBatch batch = reader.read(CHUNK_RECORDS, CHUNK_BYTES);
        if (batch.isEmpty()) {
          return Optional.empty();
        }
        for (Record record : batch.records()) {
          if (concludes(record, event.eventId())) {
            return Optional.of(record);
          }
        }
      }
    }
    return Optional.empty();
  }

  private static boolean concludes(Record record, Slice eventId) {
    if (record.kind() != RecordKind.DERIVED
        || record.frame().typeId() != EventType.OPERATION_ENDED.id()) {
      return false;
    }
    return JsonFields.text(JsonFields.find(record.body(), "end_event_id")).equals(eventId.utf8());
  }
}
