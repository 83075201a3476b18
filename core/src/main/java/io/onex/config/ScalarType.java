package io.onex.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// A value that is read from one text.
///
/// @param label what it is, for messages
/// @param schema of the text or number as written
/// @param echo whether a wrong value may be repeated in the error
/// @param parse gives the value, or an [IllegalArgumentException] whose message says what is right
/// @param show gives the text of a value
record ScalarType<T>(
    String label,
    Map<String, Object> schema,
    boolean echo,
    Function<String, T> parse,
    Function<T, String> show)
    implements ValueType<T> {
  private static final int MAX_ECHO = 60;

  @Override
  public Optional<T> read(ConfigNode node, ConfigProblems problems) {
    if (node instanceof ConfigNode.Unresolved) {
      return Optional.empty();
    }
    if (!(node instanceof ConfigNode.Scalar scalar)) {
      problems.error(node, "expected " + label + ", found " + node.noun(), "");
      return Optional.empty();
    }
    try {
      return Optional.of(parse.apply(scalar.value()));
    } catch (IllegalArgumentException e) {
      String found = echo ? ", found " + echoed(scalar) : "";
      problems.error(node, "expected " + label + found, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /// Any scalar may be a reference instead, filled in before its type is asked for.
  @Override
  public Map<String, Object> schema() {
    return "string".equals(schema.get("type")) && schema.size() == 1
        ? schema
        : Map.of("anyOf", List.of(schema, Map.of("$ref", "#/$defs/reference")));
  }

  @Override
  public String show(T value) {
    return show.apply(value);
  }

  /// The value as written, never what was filled in, without the parts of a URL where credentials
  /// and tokens stand.
  private static String echoed(ConfigNode.Scalar scalar) {
    String text =
        scalar.written().replaceAll("//[^/@]*@", "//***@").replaceAll("(://[^?#]*[?#]).*", "$1***");
    return '"' + (text.length() > MAX_ECHO ? text.substring(0, MAX_ECHO) + "…" : text) + '"';
  }
}
