package io.onex.metric.mapping;

import io.onex.bytes.Slice;
import io.onex.json.JsonFields;
import io.onex.json.JsonKind;
import io.onex.log.Record;
import io.onex.log.RecordFlags;

/// Test coverage told by an event: `test_coverage_percent` in its metadata or output state.
final class Coverage {
  private static final String KEY = "test_coverage_percent";

  private Coverage() {}

  /// Whether there may be one; spares most events the walk over their metadata.
  static boolean mayStandIn(Record record) {
    return !record.has(RecordFlags.NO_COVERAGE)
        && (!record.metadata().isEmpty() || record.has(RecordFlags.SAYS_MORE_BESIDE));
  }

  /// The percentage; NaN when there is no number.
  static double of(Record record) {
    double percent = of(record.metadata());
    if (Double.isNaN(percent) && record.has(RecordFlags.SAYS_MORE_IN_PAYLOAD)) {
      Slice payload = JsonFields.find(record.body(), "payload");
      percent = of(payload.isEmpty() ? JsonFields.find(record.body(), "data") : payload);
    }
    if (Double.isNaN(percent) && record.has(RecordFlags.SAYS_MORE_BESIDE)) {
      percent = of(record.body());
    }
    return percent;
  }

  private static double of(Slice metadata) {
    Slice found = JsonFields.find(metadata, KEY);
    return JsonFields.number(
        JsonFields.kind(found) == JsonKind.NUMBER
            ? found
            : JsonFields.find(metadata, "output_state", KEY));
  }
}
