package io.onex.metric.model;

import io.onex.log.fold.SnapshotReader;
import io.onex.log.fold.SnapshotWriter;
import java.util.List;

/// What one series has counted; owned by one thread.
sealed interface Cell permits NumberCell, HistogramCell {
  MetricFamily.Point point(List<String> labelValues);

  void write(SnapshotWriter out);

  void read(SnapshotReader in);
}
