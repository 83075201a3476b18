package io.onex.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Turns JSON objects into rows.
public final class Cells {
  private Cells() {}

  /// A table with one row per object and one column per field.
  ///
  /// @param fields names of the fields; underscores become blanks in the headings
  public static Table table(String title, JsonNode objects, String... fields) {
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode object : objects) {
      List<String> row = new ArrayList<>();
      for (String field : fields) {
        row.add(text(object.path(field)));
      }
      rows.add(row);
    }
    List<String> columns = new ArrayList<>();
    for (String field : fields) {
      columns.add(field.replace('_', ' ').toUpperCase(Locale.ROOT));
    }
    return new Table(title, columns, rows);
  }

  /// A table with one row per member of a single thing.
  public static Table members(JsonNode object) {
    List<List<String>> rows = new ArrayList<>();
    object
        .properties()
        .forEach(member -> rows.add(List.of(member.getKey(), text(member.getValue()))));
    return new Table("", List.of("FIELD", "VALUE"), rows);
  }

  /// Such as `1 dead letter` or `1,200 dead letters`.
  public static String count(long many, String what) {
    return String.format(Locale.ROOT, "%,d %s%s", many, what, many == 1 ? "" : "s");
  }

  /// A value as one cell: numbers with at most one decimal, nothing as a dash, lists joined.
  public static String text(JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return "-";
    }
    if (value.isFloatingPointNumber()) {
      return String.format(Locale.ROOT, "%.1f", value.doubleValue());
    }
    if (value.isArray()) {
      List<String> items = new ArrayList<>();
      value.forEach(item -> items.add(text(item)));
      return String.join(",", items);
    }
    return value.isContainerNode() ? value.toString() : value.asText();
  }
}
