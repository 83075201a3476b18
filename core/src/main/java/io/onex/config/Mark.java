package io.onex.config;

/// Where something stands in a configuration file.
///
/// @param file as the operator named it
/// @param line from 1
/// @param column from 1, in characters
public record Mark(String file, int line, int column) {
  @Override
  public String toString() {
    return file + ":" + line + ":" + column;
  }
}
