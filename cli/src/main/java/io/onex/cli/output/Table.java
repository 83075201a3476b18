package io.onex.cli.output;

import java.util.List;

/// Rows under a heading.
///
/// @param title printed above the rows by the human format; may be empty
/// @param columns headings
/// @param rows each as long as `columns`
public record Table(String title, List<String> columns, List<List<String>> rows) {
  public Table {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    for (List<String> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(
            "a row of " + row.size() + " cells under " + columns.size() + " columns");
      }
    }
  }
}
