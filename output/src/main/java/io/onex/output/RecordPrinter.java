package io.onex.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Prints records one by one as they come: a line each for people, one JSON object per line, one
/// YAML document each, or CSV under a heading.
public final class RecordPrinter {
  private static final String GAP = "  ";
  private static final List<String> FIELDS =
      List.of("event_time", "type", "node_id", "correlation_id", "event_id");

  private final Format format;
  private final PrintWriter out;
  private final Documents documents = new Documents();

  /// Widest cell of each column so far, beginning with what is usual: columns stay in line.
  private final int[] width = {27, 27, 24, 36, 0};

  /// @param style of the heading
  public RecordPrinter(Format format, Style style, PrintWriter out) {
    this.format = format;
    this.out = out;
    List<String> heading =
        FIELDS.stream().map(f -> f.replace('_', ' ').toUpperCase(Locale.ROOT)).toList();
    switch (format) {
      case TABLE -> out.println(style.heading(aligned(heading)));
      case CSV -> out.print(Csv.line(heading));
      case HUMAN, JSON, YAML -> {}
    }
    out.flush();
  }

  /// @param record as the gateway sends it
  public void print(JsonNode record) {
    switch (format) {
      case HUMAN, TABLE ->
          out.println(aligned(cells(record, "-").stream().map(Printable::text).toList()));
      case JSON -> out.println(documents.json(record));
      case YAML -> out.println("---\n" + documents.yaml(record));
      case CSV -> out.print(Csv.line(cells(record, "")));
    }
    out.flush();
  }

  private static List<String> cells(JsonNode record, String none) {
    List<String> cells = new ArrayList<>();
    FIELDS.forEach(field -> cells.add(record.path(field).asText(none)));
    return cells;
  }

  private String aligned(List<String> cells) {
    StringBuilder line = new StringBuilder();
    for (int c = 0; c < cells.size(); c++) {
      width[c] = Math.max(width[c], cells.get(c).length());
      line.append(cells.get(c)).append(" ".repeat(width[c] - cells.get(c).length())).append(GAP);
    }
    return line.toString().stripTrailing();
  }
}
