package io.onex.log;

import java.util.List;

/// Consecutive records of the log in one array, shared by all who read them.
///
/// Views of its records are made for each reader and not kept: they die young, while views that
/// lived as long as the block would be most of what the garbage collector has to trace.
///
/// @param first position of the first record of `run`
record RecordBlock(long first, RecordRun run) {
  /// The position just past the last record.
  long end() {
    return first + run.count();
  }

  /// Adds views of the records with indexes `from` to `to`, exclusive.
  void addTo(List<Record> records, int from, int to) {
    for (int i = from; i < to; i++) {
      records.add(Record.of(new RecordFrame(run.array(), run.start(i), 0, first + i)));
    }
  }
}
