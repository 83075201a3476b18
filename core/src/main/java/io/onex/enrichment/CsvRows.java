package io.onex.enrichment;

import java.util.ArrayList;
import java.util.List;

/// Reads comma-separated values (RFC 4180): cells may be quoted and then hold commas, line ends and
/// doubled quotes. Empty lines are left out.
final class CsvRows {
  private final String text;
  private final List<Row> rows = new ArrayList<>();
  private List<String> cells = new ArrayList<>();
  private int line = 1;
  private int rowLine = 1;
  private int at;

  /// @param line on which it begins, from 1
  record Row(int line, List<String> cells) {}

  private CsvRows(String text) {
    this.text = text.startsWith("\ufeff") ? text.substring(1) : text;
  }

  /// @throws IllegalArgumentException when a quote is left open or stands in the middle of a cell
  static List<Row> read(String text) {
    return new CsvRows(text).read();
  }

  private List<Row> read() {
    while (at < text.length()) {
      cells.add(peek() == '"' ? quoted() : plain());
      if (at < text.length() && peek() == ',') {
        at++;
        if (at == text.length()) {
          cells.add("");
        }
      } else {
        endRow();
      }
    }
    if (!cells.isEmpty()) {
      endRow();
    }
    return List.copyOf(rows);
  }

  private String plain() {
    int from = at;
    while (at < text.length() && peek() != ',' && peek() != '\n' && peek() != '\r') {
      if (peek() == '"') {
        throw new IllegalArgumentException("line " + line + ": a quote within a cell");
      }
      at++;
    }
    return text.substring(from, at).strip();
  }

  private String quoted() {
    int opened = line;
    StringBuilder cell = new StringBuilder();
    at++;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') {
        if (at < text.length() && peek() == '"') {
          at++;
        } else {
          return closed(cell);
        }
      } else if (c == '\n') {
        line++;
      }
      cell.append(c);
    }
    throw new IllegalArgumentException("line " + opened + ": a quote is never closed");
  }

  private String closed(StringBuilder cell) {
    if (at < text.length() && peek() != ',' && peek() != '\n' && peek() != '\r') {
      throw new IllegalArgumentException("line " + line + ": text after a closing quote");
    }
    return cell.toString();
  }

  private void endRow() {
    if (cells.size() > 1 || !cells.getFirst().isEmpty()) {
      rows.add(new Row(rowLine, List.copyOf(cells)));
    }
    cells = new ArrayList<>();
    if (at < text.length() && peek() == '\r') {
      at++;
    }
    if (at < text.length() && peek() == '\n') {
      at++;
    }
    line++;
    rowLine = line;
  }

  private char peek() {
    return text.charAt(at);
  }
}
