package io.onex.output;

import java.util.List;
import java.util.stream.Collectors;

/// Lines of comma-separated values (RFC 4180).
final class Csv {
  private Csv() {}

  /// One record with its line end.
  static String line(List<String> cells) {
    return cells.stream().map(Csv::cell).collect(Collectors.joining(",")) + "\r\n";
  }

  private static String cell(String text) {
    boolean quote =
        text.indexOf(',') >= 0
            || text.indexOf('"') >= 0
            || text.indexOf('\n') >= 0
            || text.indexOf('\r') >= 0;
    return quote ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }
}
