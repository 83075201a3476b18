package io.onex.output;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/// Prints a [Result]: data to standard output, errors of the readable formats to standard error.
public final class ResultPrinter {
  private final Format format;
  private final Style style;
  private final boolean quiet;
  private final PrintWriter out;
  private final PrintWriter err;

  public ResultPrinter(
      Format format, Style style, boolean quiet, PrintWriter out, PrintWriter err) {
    this.format = format;
    this.style = style;
    this.quiet = quiet;
    this.out = out;
    this.err = err;
  }

  public void print(Result result) {
    switch (format) {
      case HUMAN -> human(result);
      case TABLE -> {
        for (Table table : rows(result)) {
          TableText.lines(table, style).forEach(out::println);
        }
        errors(result);
      }
      case JSON -> out.println(new Documents().prettyJson(document(result)));
      case YAML -> out.println(new Documents().yaml(document(result)));
      case CSV -> csv(result);
    }
    out.flush();
    err.flush();
  }

  private void human(Result result) {
    if (!quiet) {
      result.messages().forEach(message -> out.println(Printable.text(message)));
    }
    for (Table table : result.tables()) {
      if (table.rows().isEmpty()) {
        continue;
      }
      if (!table.title().isEmpty()) {
        out.println();
        out.println(style.heading(Printable.text(table.title())));
      }
      TableText.lines(table, style).forEach(out::println);
    }
    errors(result);
  }

  private void errors(Result result) {
    for (String error : result.errors()) {
      err.println(style.bad("onex: " + Printable.text(error)));
    }
  }

  private static ObjectNode document(Result result) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("status", result.outcome().name().toLowerCase(Locale.ROOT));
    result.messages().forEach(root.putArray("messages")::add);
    result.errors().forEach(root.putArray("errors")::add);
    root.set("metadata", result.metadata());
    return root;
  }

  /// What a result has as rows; one that has none, as it is about a single thing, its members.
  private static List<Table> rows(Result result) {
    return result.tables().isEmpty() && !result.metadata().isEmpty()
        ? List.of(Cells.members(result.metadata()))
        : result.tables();
  }

  private void csv(Result result) {
    for (Table table : rows(result)) {
      out.print(Csv.line(table.columns()));
      for (List<String> row : table.rows()) {
        out.print(Csv.line(row));
      }
    }
    errors(result);
  }
}
