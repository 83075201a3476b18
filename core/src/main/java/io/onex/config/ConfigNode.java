package io.onex.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// One node of a configuration file after substitution, with its place in the file.
///
/// Printing a node never shows a value: it may be a secret.
public sealed interface ConfigNode {
  Mark mark();

  /// Where the node stands within the document, such as `routing.rules[2].when`; empty for the
  /// root.
  String path();

  /// What kind of node this is, for messages.
  String noun();

  /// The value of a key; nothing when this is no mapping or has no such key.
  default Optional<ConfigNode> child(String key) {
    return this instanceof Mapping mapping
        ? Optional.ofNullable(mapping.entries().get(key)).map(Entry::value)
        : Optional.empty();
  }

  /// The items of a list; a value without brackets is its only item, nothing is none.
  default List<ConfigNode> items() {
    return switch (this) {
      case Sequence sequence -> sequence.items();
      case Empty e -> List.of();
      case Mapping m -> List.of(m);
      case Scalar s -> List.of(s);
      case Unresolved u -> List.of(u);
    };
  }

  /// Keys to values, in file order.
  record Mapping(Mark mark, String path, SequencedMap<String, Entry> entries)
      implements ConfigNode {
    public Mapping {
      entries = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(entries));
    }

    @Override
    public String noun() {
      return "a mapping";
    }
  }

  /// One key of a mapping.
  ///
  /// @param keyMark where the key stands
  record Entry(Mark keyMark, ConfigNode value) {}

  /// Values in order.
  record Sequence(Mark mark, String path, List<ConfigNode> items) implements ConfigNode {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String noun() {
      return "a list";
    }
  }

  /// A text, number or truth value; which of them is decided by the setting that reads it.
  ///
  /// @param value after substitution
  /// @param written as in the file, before substitution
  record Scalar(Mark mark, String path, String value, String written) implements ConfigNode {
    @Override
    public String noun() {
      return "a single value";
    }

    @Override
    public String toString() {
      return "Scalar[" + path + " at " + mark + "]";
    }
  }

  /// `null`, or a document without a node: reads as if the key were absent.
  record Empty(Mark mark, String path) implements ConfigNode {
    @Override
    public String noun() {
      return "nothing";
    }
  }

  /// A scalar whose substitution failed; the problem has been reported, readers stay silent.
  record Unresolved(Mark mark, String path) implements ConfigNode {
    @Override
    public String noun() {
      return "an unresolved value";
    }
  }
}
