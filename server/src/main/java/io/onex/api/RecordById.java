package io.onex.api;

import io.onex.bytes.Slice;
import io.onex.log.LogReader;
import io.onex.log.Position;
import io.onex.log.Record;
import io.onex.log.SegmentedLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds a record by an event id, by the index of ids and one block.
final class RecordById {
  private static final int ONE_BLOCK = 1 << 20;

  private RecordById() {}

  /// The record with this id. Reads the disk.
  static Optional<Record> find(SegmentedLog log, Slice id) throws IOException {
    return at(log, log.find(id));
  }

  /// The conclusion with this id. Reads the disk.
  static Optional<Record> findConclusion(SegmentedLog log, Slice id) throws IOException {
    return at(log, log.findConclusion(id));
  }

  /// Records that came with this id but stand under another, as another record had it with other
  /// content. Reads the disk.
  static List<Record> findConflicting(SegmentedLog log, Slice id, int most) throws IOException {
    List<Record> records = new ArrayList<>();
    for (Position position : log.findConflicting(id, most)) {
      at(log, Optional.of(position)).ifPresent(records::add);
    }
    return records;
  }

  /// The record that names the event with this id as its cause. Reads the disk.
  static Optional<Record> findCausedBy(SegmentedLog log, Slice id) throws IOException {
    return at(log, log.findCausedBy(id));
  }

  private static Optional<Record> at(SegmentedLog log, Optional<Position> position)
      throws IOException {
    if (position.isEmpty()) {
      return Optional.empty();
    }
    try (LogReader reader = log.reader(position.get())) {
      return reader.read(1, ONE_BLOCK).records().stream()
          .filter(record -> record.position().equals(position.get()))
          .findFirst();
    }
  }
}
