package io.onex.config;

import java.util.Map;
import java.util.Optional;

/// A setting of which this version can do one value only: what the program does anyway. Any other
/// asks for what a later version does, and is an error that says so.
///
/// @param type reads it, so that a value that is none at all is told apart
/// @param only what this version does
/// @param schema of it as written
/// @param instead what this version does, a clause such as `every trace is sent`
record OnlyValue<T>(ValueType<T> type, T only, Map<String, Object> schema, String instead)
    implements ValueType<T> {
  @Override
  public Optional<T> read(ConfigNode node, ConfigProblems problems) {
    Optional<T> value = type.read(node, problems);
    if (value.isPresent() && !value.get().equals(only)) {
      problems.error(
          node,
          Availability.NOT_YET + ": " + instead,
          "write " + type.show(only) + ", or leave it out");
      return Optional.empty();
    }
    return value;
  }

  @Override
  public String label() {
    return type.label() + ", here only `" + type.show(only) + "`";
  }

  @Override
  public String show(T value) {
    return type.show(value);
  }
}
