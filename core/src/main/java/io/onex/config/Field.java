package io.onex.config;

import java.util.Optional;
import java.util.function.BiFunction;

/// One setting: its key, type, default and meaning, declared once.
///
/// The declaration alone gives reading, errors, the JSON Schema and the reference page. Fields are
/// constants and are compared by identity.
///
/// @param <T> what the setting is read into
public final class Field<T> {
  private final String name;
  private final String label;
  private final String help;
  private final boolean required;
  private final String shownDefault;
  private final ValueType<?> type;
  private final Optional<T> fallback;
  private final BiFunction<ConfigNode, ConfigProblems, Optional<T>> reading;

  private Field(
      String name,
      ValueType<?> type,
      String help,
      boolean required,
      Optional<T> fallback,
      String shownDefault,
      BiFunction<ConfigNode, ConfigProblems, Optional<T>> reading) {
    if (!name.matches("[a-z][a-z0-9_]*")) {
      throw new IllegalArgumentException("a key is lower case with underscores: " + name);
    }
    this.name = name;
    this.type = type;
    this.label = type.label();
    this.help = help;
    this.required = required;
    this.fallback = fallback;
    this.shownDefault = shownDefault;
    this.reading = reading;
  }

  /// A setting that must be written.
  public static <T> Field<T> required(String name, ValueType<T> type, String help) {
    return new Field<>(name, type, help, true, Optional.empty(), "", type::read);
  }

  /// A setting that is `fallback` unless written.
  public static <T> Field<T> of(String name, ValueType<T> type, T fallback, String help) {
    return new Field<>(
        name, type, help, false, Optional.of(fallback), type.show(fallback), type::read);
  }

  /// A setting that may be absent.
  public static <T> Field<Optional<T>> optional(String name, ValueType<T> type, String help) {
    return new Field<>(
        name,
        type,
        help,
        false,
        Optional.of(Optional.empty()),
        "",
        (node, problems) -> present(type.read(node, problems)));
  }

  /// A value that was read is there; one that was not stays an error.
  private static <T> Optional<Optional<T>> present(Optional<T> value) {
    return value.isPresent() ? Optional.of(value) : Optional.empty();
  }

  public String name() {
    return name;
  }

  public String help() {
    return help;
  }

  public boolean isRequired() {
    return required;
  }

  String label() {
    return label;
  }

  /// The default as written in a file; empty when there is none.
  String shownDefault() {
    return shownDefault;
  }

  ValueType<?> type() {
    return type;
  }

  Optional<T> fallback() {
    return fallback;
  }

  Optional<T> read(ConfigNode node, ConfigProblems problems) {
    return reading.apply(node, problems);
  }

  @Override
  public String toString() {
    return name;
  }
}
