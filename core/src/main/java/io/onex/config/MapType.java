package io.onex.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Names that the operator chooses, to values, in file order.
record MapType<T>(ValueType<T> value) implements ValueType<Map<String, T>> {
  @Override
  public Optional<Map<String, T>> read(ConfigNode node, ConfigProblems problems) {
    if (node instanceof ConfigNode.Unresolved) {
      return Optional.empty();
    }
    if (!(node instanceof ConfigNode.Mapping mapping)) {
      problems.error(node, "expected names with a value each, found " + node.noun(), "");
      return Optional.empty();
    }
    Map<String, T> values = new LinkedHashMap<>();
    mapping
        .entries()
        .forEach((key, entry) -> {
          if (entry.value() instanceof ConfigNode.Empty) {
            problems.error(entry.value(), "a value is missing", "");
          } else {
            value.read(entry.value(), problems).ifPresent(v -> values.put(key, v));
          }
        });
    return values.size() == mapping.entries().size()
        ? Optional.of(Collections.unmodifiableMap(values))
        : Optional.empty();
  }

  @Override
  public String label() {
    return "names to " + value.label();
  }

  @Override
  public Map<String, Object> schema() {
    return Map.of("type", "object", "additionalProperties", value.schema());
  }

  @Override
  public String show(Map<String, T> values) {
    return values.entrySet().stream()
        .map(entry -> entry.getKey() + ": " + value.show(entry.getValue()))
        .collect(Collectors.joining(", ", "{", "}"));
  }
}
