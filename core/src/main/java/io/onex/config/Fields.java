package io.onex.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// The settings of one mapping, in the order in which they are explained. Immutable.
public final class Fields {
  private final SequencedMap<String, Field<?>> byName;
  private final SequencedMap<String, String> dead;

  private Fields(SequencedMap<String, Field<?>> byName, SequencedMap<String, String> dead) {
    this.byName = Collections.unmodifiableSequencedMap(byName);
    this.dead = Collections.unmodifiableSequencedMap(dead);
  }

  /// @throws IllegalArgumentException when two have the same name
  public static Fields of(Field<?>... fields) {
    return new Fields(new LinkedHashMap<>(), new LinkedHashMap<>()).plus(List.of(fields));
  }

  /// These settings and those of `more`, which keep their dead keys.
  ///
  /// @throws IllegalArgumentException when both have a setting of the same name
  public Fields plus(Fields more) {
    SequencedMap<String, String> allDead = new LinkedHashMap<>(dead);
    allDead.putAll(more.dead);
    return new Fields(byName, allDead).plus(List.copyOf(more.byName.values()));
  }

  /// Declares a key that is refused with a reason, which is a sentence such as `not available in
  /// this version` or what to write instead.
  public Fields dead(String name, String reason) {
    SequencedMap<String, String> allDead = new LinkedHashMap<>(dead);
    allDead.put(name, reason);
    return new Fields(byName, allDead);
  }

  /// Declares that a key has a new name.
  public Fields renamed(String old, String current) {
    return dead(old, "is now called \"" + current + "\"");
  }

  private Fields plus(List<Field<?>> more) {
    SequencedMap<String, Field<?>> all = new LinkedHashMap<>(byName);
    for (Field<?> field : more) {
      if (all.put(field.name(), field) != null) {
        throw new IllegalArgumentException("two settings are called " + field.name());
      }
    }
    return new Fields(all, dead);
  }

  public List<Field<?>> all() {
    return List.copyOf(byName.values());
  }

  /// What is read when nothing is written.
  ///
  /// @throws IllegalStateException when a setting must be written
  Section defaults() {
    Map<String, Object> values = new HashMap<>();
    for (Field<?> field : byName.values()) {
      values.put(
          field.name(),
          field.fallback().orElseThrow(() -> new IllegalStateException(field + " has no default")));
    }
    return new Section("", this, values);
  }

  boolean contains(Field<?> field) {
    return byName.get(field.name()) == field;
  }

  /// Reads a mapping. Reports unknown, dead and missing keys and every value that cannot be read.
  ///
  /// @param node [ConfigNode.Empty] reads as a mapping without keys
  /// @return nothing when there was any error
  public Optional<Section> read(ConfigNode node, ConfigProblems problems) {
    return read(node, Set.of(), problems);
  }

  /// As [#read(ConfigNode, ConfigProblems)]; `ignored` keys belong to somebody else.
  Optional<Section> read(ConfigNode node, Set<String> ignored, ConfigProblems problems) {
    return switch (node) {
      case ConfigNode.Unresolved u -> Optional.empty();
      case ConfigNode.Empty e -> values(node, Map.of(), ignored, problems);
      case ConfigNode.Mapping mapping -> values(node, mapping.entries(), ignored, problems);
      case ConfigNode.Sequence s -> noMapping(node, problems);
      case ConfigNode.Scalar s -> noMapping(node, problems);
    };
  }

  private Optional<Section> values(
      ConfigNode node,
      Map<String, ConfigNode.Entry> entries,
      Set<String> ignored,
      ConfigProblems problems) {
    int errors = problems.errors();
    entries.forEach((key, entry) -> {
      if (!byName.containsKey(key) && !ignored.contains(key)) {
        refuse(node, key, entry.keyMark(), problems);
      }
    });
    Map<String, Object> values = new HashMap<>();
    for (Field<?> field : byName.values()) {
      ConfigNode.Entry entry = entries.get(field.name());
      boolean present = entry != null && !(entry.value() instanceof ConfigNode.Empty);
      if (entry != null && present) {
        field.read(entry.value(), problems).ifPresent(v -> values.put(field.name(), v));
      } else if (field.isRequired()) {
        problems.error(
            entry != null ? entry.keyMark() : node.mark(),
            path(node, field.name()),
            "this setting is required",
            field.help());
      } else {
        field.fallback().ifPresent(v -> values.put(field.name(), v));
      }
    }
    // A value that could not be filled in was reported when it was found.
    return problems.errors() > errors || values.size() < byName.size()
        ? Optional.empty()
        : Optional.of(new Section(node.path(), this, values));
  }

  private void refuse(ConfigNode node, String key, Mark mark, ConfigProblems problems) {
    String reason = dead.get(key);
    if (reason != null) {
      problems.error(mark, path(node, key), reason, "");
      return;
    }
    List<String> known = new ArrayList<>(byName.keySet());
    String otherwise = known.isEmpty() ? "" : "known here: " + String.join(", ", known);
    problems.error(mark, path(node, key), "unknown key", Suggestion.hint(key, known, otherwise));
  }

  private static Optional<Section> noMapping(ConfigNode node, ConfigProblems problems) {
    problems.error(node, "expected a mapping of settings, found " + node.noun(), "");
    return Optional.empty();
  }

  private static String path(ConfigNode node, String key) {
    return node.path().isEmpty() ? key : node.path() + "." + key;
  }
}
