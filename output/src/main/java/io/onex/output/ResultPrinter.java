package io.onex.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
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
        for (Table table : result.tables()) {
          TableText.lines(table, style).forEach(out::println);
        }
        errors(result);
      }
      case JSON -> document(JsonMapper.builder().build(), result);
      case YAML -> document(Documents.yaml(), result);
      case CSV -> csv(result);
    }
    out.flush();
    err.flush();
  }

  private void human(Result result) {
    if (!quiet) {
      result.messages().forEach(out::println);
    }
    for (Table table : result.tables()) {
      if (table.rows().isEmpty()) {
        continue;
      }
      if (!table.title().isEmpty()) {
        out.println();
        out.println(style.heading(table.title()));
      }
      TableText.lines(table, style).forEach(out::println);
    }
    errors(result);
  }

  private void errors(Result result) {
    for (String error : result.errors()) {
      err.println(style.bad("onex: " + error));
    }
  }

  private void document(ObjectMapper mapper, Result result) {
    ObjectNode root = mapper.createObjectNode();
    root.put("status", result.outcome().name().toLowerCase(Locale.ROOT));
    result.messages().forEach(root.putArray("messages")::add);
    result.errors().forEach(root.putArray("errors")::add);
    root.set("metadata", result.metadata());
    try {
      out.println(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root).stripTrailing());
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void csv(Result result) {
    for (Table table : result.tables()) {
      out.print(Csv.line(table.columns()));
      for (List<String> row : table.rows()) {
        out.print(Csv.line(row));
      }
    }
    errors(result);
  }
}
