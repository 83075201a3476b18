package io.onex.metric.mapping;

import io.onex.bytes.Slice;
import io.onex.log.fold.SnapshotReader;
import io.onex.log.fold.SnapshotWriter;
import io.onex.metric.model.Family;
import io.onex.metric.model.LabelSpec;
import io.onex.operation.OperationFold;
import io.onex.operation.Symbols;
import java.util.List;

/// The state of the fold as bytes (format: `docs/reference/format/event-metrics.md`).
final class EventMetricsSnapshot {
  private static final String MAGIC = "ONEM";
  private static final int VERSION = 2;

  private EventMetricsSnapshot() {}

  /// @param nodesOperate whether operations of nodes are counted as such
  static Slice write(OperationFold operations, List<Family> families, boolean nodesOperate) {
    SnapshotWriter out = new SnapshotWriter(MAGIC, VERSION);
    out.bytes(operations.snapshot()).bool(nodesOperate).unsigned(families.size());
    for (Family family : families) {
      out.text(signature(family));
      family.write(out);
    }
    return out.toSlice();
  }

  /// A snapshot with other families than today's is refused: only folding again from the oldest
  /// record counts them rightly.
  ///
  /// @return whether operations of nodes were counted as such
  static boolean read(
      Slice snapshot, OperationFold operations, List<Family> families, Symbols symbols) {
    SnapshotReader in = new SnapshotReader(snapshot, MAGIC, VERSION);
    operations.restore(in.bytes());
    // In version 1 they never were.
    boolean nodesOperate = in.version() >= 2 && in.bool();
    if (in.count() != families.size()) {
      throw in.broken("it has other metric families");
    }
    for (Family family : families) {
      if (!in.text().equals(signature(family))) {
        throw in.broken("the metric family " + family.spec().name() + " has changed");
      }
      family.read(in, symbols);
    }
    in.end();
    return nodesOperate;
  }

  private static String signature(Family family) {
    return family.spec().name()
        + family.spec().labels().stream().map(LabelSpec::name).toList()
        + family.spec().buckets();
  }
}
