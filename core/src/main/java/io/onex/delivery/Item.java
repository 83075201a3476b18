package io.onex.delivery;

import io.onex.bytes.Slice;
import io.onex.log.Record;
import io.onex.log.RecordFrame;
import java.util.ArrayList;
import java.util.List;

/// One record to deliver, and the positions around it that wait for the same commit.
///
/// Positions that need no delivery are completed together with a neighbour that does, so that the
/// cursor keeps one range per batch and not one per filtered record.
///
/// @param offset where it stands for the cursor
/// @param from first offset that is completed with the record
/// @param to offset just past the last one
/// @param sides the other positions of that range
/// @param readableNanos since when the record could be read
record Item(Record record, long offset, long from, long to, List<Side> sides, long readableNanos) {
  /// Bytes that count towards the limits of a batch.
  int bytes() {
    return record.body().length();
  }

  /// This item with a copy of the record's bytes, which keeps nothing else in memory.
  Item detached() {
    Slice bytes = record.frame().encoded();
    Record copy = Record.of(new RecordFrame(bytes.toByteArray(), 0, record.position()));
    return new Item(copy, offset, from, to, sides, readableNanos);
  }

  /// This item, completing some positions behind it as well.
  Item followedBy(List<Side> more) {
    List<Side> all = new ArrayList<>(sides);
    all.addAll(more);
    return new Item(record, offset, from, more.getLast().to(), List.copyOf(all), readableNanos);
  }
}
