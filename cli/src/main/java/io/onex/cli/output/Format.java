package io.onex.cli.output;

/// How a result is printed.
public enum Format {
  /// Sentences and tables for people.
  HUMAN,
  /// Tables only.
  TABLE,
  JSON,
  YAML,
  /// The rows of the result, RFC 4180.
  CSV
}
