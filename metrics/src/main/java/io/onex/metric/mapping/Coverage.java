package io.onex.metric.mapping;

import io.onex.event.JsonFields;
import io.onex.event.JsonKind;
import io.onex.event.Slice;
import java.util.Arrays;

/// Test coverage told by an event: `test_coverage_percent` in its metadata or output state.
final class Coverage {
  private static final String KEY = "test_coverage_percent";
  private static final byte[] QUOTED = Slice.utf8("\"" + KEY + "\"").toByteArray();

  private Coverage() {}

  /// A quick look that spares most events the walk over their metadata.
  static boolean isMentioned(Slice metadata) {
    byte[] b = metadata.array();
    int last = metadata.end() - QUOTED.length;
    for (int p = metadata.offset(); p <= last; p++) {
      if (b[p] == '"' && Arrays.equals(b, p, p + QUOTED.length, QUOTED, 0, QUOTED.length)) {
        return true;
      }
    }
    return false;
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
