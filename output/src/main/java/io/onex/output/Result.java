package io.onex.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/// What a command has to say, independent of how it is printed.
///
/// @param outcome decides the exit code
/// @param messages sentences for people, in order
/// @param errors sentences that say what went wrong and what to do
/// @param metadata the data, as the JSON and YAML formats print it
/// @param tables the same data as rows, as the other formats print it; without them, they print its
///   members
public record Result(
    Outcome outcome,
    List<String> messages,
    List<String> errors,
    JsonNode metadata,
    List<Table> tables) {
  public Result {
    messages = List.copyOf(messages);
    errors = List.copyOf(errors);
    tables = List.copyOf(tables);
  }
}
