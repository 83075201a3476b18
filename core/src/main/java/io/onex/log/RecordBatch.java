package io.onex.log;

import java.util.List;

/// Consecutive records read from the log.
///
/// @param records in log order; positions may have gaps where a corrupt block was skipped
/// @param start the position asked for
/// @param end the position just past everything this batch covers, gaps included
public record RecordBatch(List<Record> records, Position start, Position end) {
  public RecordBatch {
    records = List.copyOf(records);
    if (start.compareTo(end) > 0) {
      throw new IllegalArgumentException(
          "a batch cannot end before it starts: " + start + " " + end);
    }
  }

  public boolean isEmpty() {
    return start.equals(end);
  }
}
