package io.onex.integration.elk;

import io.onex.bytes.Slice;
import io.onex.json.JsonText;

/// JSON on one line, as NDJSON needs it.
final class OneLine {
  private OneLine() {}

  /// The same JSON without line breaks: the same slice when it has none. A line break in valid JSON
  /// can only be white space between tokens, so a blank means the same.
  static Slice of(Slice json) {
    if (!JsonText.hasControl(json)) {
      return json;
    }
    byte[] b = json.array();
    int end = json.end();
    for (int p = json.offset(); p < end; p++) {
      if (b[p] == '\n' || b[p] == '\r') {
        return withoutBreaks(json);
      }
    }
    return json;
  }

  private static Slice withoutBreaks(Slice json) {
    byte[] copy = json.toByteArray();
    for (int p = 0; p < copy.length; p++) {
      if (copy[p] == '\n' || copy[p] == '\r') {
        copy[p] = ' ';
      }
    }
    return Slice.of(copy);
  }
}
