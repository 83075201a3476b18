package io.onex.config;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// A mapping of declared settings that becomes a record.
record SectionType<T>(Fields fields, Function<Section, T> make) implements ValueType<T> {
  @Override
  public Optional<T> read(ConfigNode node, ConfigProblems problems) {
    return fields.read(node, problems).flatMap(section -> made(section, node, problems));
  }

  private Optional<T> made(Section section, ConfigNode node, ConfigProblems problems) {
    try {
      return Optional.of(make.apply(section));
    } catch (IllegalArgumentException e) {
      problems.error(node, String.valueOf(e.getMessage()), "");
      return Optional.empty();
    }
  }

  @Override
  public String label() {
    return "settings";
  }

  @Override
  public Map<String, Object> schema() {
    return ConfigSchema.ofSection(fields);
  }

  /// The defaults of a section are those of its settings, shown one by one.
  @Override
  public String show(T value) {
    return "";
  }
}
