package io.onex.config;

import java.util.Map;
import java.util.Optional;

/// How a setting's value is read, described and printed. Immutable; see [Types] for those there
/// are.
///
/// @param <T> what it is read into
public interface ValueType<T> {
  /// The value, or nothing after at least one error was added to `problems`.
  ///
  /// @param node never [ConfigNode.Empty], which reads as absent
  Optional<T> read(ConfigNode node, ConfigProblems problems);

  /// What it is, for messages and the reference, such as `duration` or `list of text`.
  String label();

  /// Its JSON Schema (draft 2020-12), as maps, lists, texts, numbers and truth values.
  Map<String, Object> schema();

  /// A value in the form it is written in a file.
  default String show(T value) {
    return value.toString();
  }
}
