package io.onex.output;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

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

  /// The same without those of `named` whose cells are all 0.
  ///
  /// @param named headings
  public Table withoutZeros(Set<String> named) {
    List<Integer> kept =
        IntStream.range(0, columns.size())
            .filter(c ->
                !named.contains(columns.get(c))
                    || rows.stream().anyMatch(row -> !row.get(c).equals("0")))
            .boxed()
            .toList();
    return new Table(
        title, pick(kept, columns), rows.stream().map(row -> pick(kept, row)).toList());
  }

  /// The same with every cell fit for a terminal.
  Table printable() {
    return new Table(title, printable(columns), rows.stream().map(Table::printable).toList());
  }

  private static List<String> printable(List<String> cells) {
    return cells.stream().map(Printable::text).toList();
  }

  private static List<String> pick(List<Integer> kept, List<String> cells) {
    return kept.stream().map(cells::get).toList();
  }
}
