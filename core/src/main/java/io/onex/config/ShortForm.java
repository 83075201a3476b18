package io.onex.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Settings that may be written as one value when that says enough.
record ShortForm<T>(ValueType<T> settings, ValueType<T> single) implements ValueType<T> {
  @Override
  public Optional<T> read(ConfigNode node, ConfigProblems problems) {
    return node instanceof ConfigNode.Scalar
        ? single.read(node, problems)
        : settings.read(node, problems);
  }

  @Override
  public String label() {
    return single.label() + " or " + settings.label();
  }

  @Override
  public Map<String, Object> schema() {
    return Map.of("anyOf", List.of(single.schema(), settings.schema()));
  }

  @Override
  public String show(T value) {
    return settings.show(value);
  }
}
