package io.onex.metric.mapping;

import io.onex.bytes.BytePattern;
import io.onex.bytes.Slice;
import io.onex.json.JsonFields;
import io.onex.json.JsonKind;

/// Test coverage told by an event: `test_coverage_percent` in its metadata or output state.
final class Coverage {
  private static final String KEY = "test_coverage_percent";
  private static final BytePattern QUOTED = BytePattern.of("\"" + KEY + "\"");

  private Coverage() {}

  /// A quick look that spares most events the walk over their metadata.
  static boolean isMentioned(Slice metadata) {
    return QUOTED.isIn(metadata);
  }

  /// The percentage; NaN when there is no number.
  static double of(Slice metadata) {
    Slice found = JsonFields.find(metadata, KEY);
    return JsonFields.number(
        JsonFields.kind(found) == JsonKind.NUMBER
            ? found
            : JsonFields.find(metadata, "output_state", KEY));
  }
}
