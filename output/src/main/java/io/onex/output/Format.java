package io.onex.output;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// How a result is printed.
public enum Format {
  /// Sentences and tables for people.
  HUMAN,
  /// Tables only.
  TABLE,
  JSON,
  YAML,
  /// The rows of the result, RFC 4180.
  CSV;

  /// The format of that name, case aside.
  public static Optional<Format> named(String name) {
    return Arrays.stream(values()).filter(f -> f.text().equalsIgnoreCase(name)).findFirst();
  }

  /// What is printed when nobody said: `human` on a terminal, `json` otherwise.
  public static Format unasked() {
    return Terminal.isThere() ? HUMAN : JSON;
  }

  /// The names of all formats, for people: `human, table, json, yaml, csv`.
  public static String names() {
    return Arrays.stream(values()).map(Format::text).collect(Collectors.joining(", "));
  }

  /// Whether a result is one document, which a program reads as a whole.
  public boolean isDocument() {
    return this == JSON || this == YAML;
  }

  private String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
