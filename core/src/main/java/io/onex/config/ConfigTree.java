package io.onex.config;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Where each setting of a file stands, so that later checks can point at it. Immutable.
public final class ConfigTree {
  private final Map<String, Mark> marks = new HashMap<>();
  private final Set<String> emptyMappings = new HashSet<>();
  private final Mark start;

  ConfigTree(ConfigNode root) {
    start = root.mark();
    index(root);
  }

  /// The place of the setting at `path`, or of the nearest one around it.
  public Mark mark(String path) {
    String nearest = path;
    while (!nearest.isEmpty()) {
      Mark mark = marks.get(nearest);
      if (mark != null) {
        return mark;
      }
      nearest =
          nearest.substring(
              0, Math.max(0, Math.max(nearest.lastIndexOf('.'), nearest.lastIndexOf('['))));
    }
    return start;
  }

  /// Whether `{}` is written at `path`.
  public boolean isEmptyMapping(String path) {
    return emptyMappings.contains(path);
  }

  private void index(ConfigNode node) {
    marks.putIfAbsent(node.path(), node.mark());
    switch (node) {
      case ConfigNode.Mapping mapping -> {
        if (mapping.entries().isEmpty()) {
          emptyMappings.add(mapping.path());
        }
        for (ConfigNode.Entry entry : mapping.entries().values()) {
          marks.put(entry.value().path(), entry.keyMark());
          index(entry.value());
        }
      }
      case ConfigNode.Sequence sequence -> sequence.items().forEach(this::index);
      case ConfigNode.Scalar s -> {}
      case ConfigNode.Empty e -> {}
      case ConfigNode.Unresolved u -> {}
    }
  }
}
