package io.onex.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Values in order; a single one may stand without brackets.
record ListType<T>(ValueType<T> item) implements ValueType<List<T>> {
  @Override
  public Optional<List<T>> read(ConfigNode node, ConfigProblems problems) {
    if (!(node instanceof ConfigNode.Sequence sequence)) {
      return item.read(node, problems).map(List::of);
    }
    List<T> values = new ArrayList<>();
    for (ConfigNode element : sequence.items()) {
      if (element instanceof ConfigNode.Empty) {
        problems.error(element, "an item of this list is empty", "");
      } else {
        item.read(element, problems).ifPresent(values::add);
      }
    }
    return values.size() == sequence.items().size()
        ? Optional.of(List.copyOf(values))
        : Optional.empty();
  }

  @Override
  public String label() {
    return "list of " + item.label();
  }

  @Override
  public Map<String, Object> schema() {
    return Map.of("anyOf", List.of(item.schema(), Map.of("type", "array", "items", item.schema())));
  }

  @Override
  public String show(List<T> values) {
    return values.stream().map(item::show).collect(Collectors.joining(", ", "[", "]"));
  }
}
