package io.onex.output;

import java.util.ArrayList;
import java.util.List;

/// Draws a table with aligned columns; columns of numbers are aligned to the right.
final class TableText {
  private static final String GAP = "  ";

  private TableText() {}

  static List<String> lines(Table given, Style style) {
    Table table = given.printable();
    int columns = table.columns().size();
    int[] width = new int[columns];
    boolean[] numeric = new boolean[columns];
    for (int c = 0; c < columns; c++) {
      width[c] = table.columns().get(c).length();
      numeric[c] = !table.rows().isEmpty();
      for (List<String> row : table.rows()) {
        width[c] = Math.max(width[c], row.get(c).length());
        numeric[c] &= isNumber(row.get(c));
      }
    }
    List<String> lines = new ArrayList<>();
    lines.add(style.heading(line(table.columns(), width, numeric)));
    for (List<String> row : table.rows()) {
      lines.add(line(row, width, numeric));
    }
    return lines;
  }

  private static String line(List<String> cells, int[] width, boolean[] right) {
    StringBuilder line = new StringBuilder();
    for (int c = 0; c < cells.size(); c++) {
      String padding = " ".repeat(width[c] - cells.get(c).length());
      line.append(c == 0 ? "" : GAP);
      line.append(right[c] ? padding + cells.get(c) : cells.get(c) + padding);
    }
    return line.toString().stripTrailing();
  }

  private static boolean isNumber(String cell) {
    return cell.isEmpty()
        || cell.equals("-")
        || cell.matches("[-+]?[0-9][0-9,.]*( ?[%A-Za-zµ/]{0,5})");
  }
}
