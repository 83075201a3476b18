package io.onex.metric.model;

import io.onex.log.fold.SnapshotReader;
import io.onex.log.fold.SnapshotWriter;
import io.onex.operation.Symbols;

/// A metric family that counts: its declaration and the state of its series.
///
/// Owned by one thread; [#snapshot] makes something that any thread may read.
public sealed interface Family permits CounterFamily, GaugeFamily, HistogramFamily {
  FamilySpec spec();

  /// All series as they stand, in the order they came up.
  MetricFamily snapshot();

  /// Series within the budget.
  int size();

  /// How often something was counted in an overflow series because the budget was used up.
  long overflowed();

  void write(SnapshotWriter out);

  /// Reads what [#write] of a family with the same labels and buckets wrote, into one without
  /// series that have counted.
  ///
  /// @throws IllegalArgumentException when the snapshot is damaged
  void read(SnapshotReader in, Symbols symbols);
}
