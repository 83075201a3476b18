package io.onex.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// Turns YAML text into [ConfigNode]s and fills references in on the way.
final class YamlTree {
  /// Deeper or larger documents are mistakes or attacks (aliases that multiply).
  private static final int MAX_DEPTH = 32;

  private static final int MAX_NODES = 100_000;

  static final String TOO_DEEP = "the document is nested too deeply or too large";

  /// Composing is recursive: what is nested far too deeply is refused before.
  private static final int MAX_COMPOSED_DEPTH = 2 * MAX_DEPTH;

  private final String file;
  private final Substitution substitution;
  private final ConfigProblems problems;
  private int nodes;

  YamlTree(String file, Substitution substitution, ConfigProblems problems) {
    this.file = file;
    this.substitution = substitution;
    this.problems = problems;
  }

  /// The document, or an empty node when `text` cannot be read; the problem is then reported.
  ConfigNode read(String text) {
    Mark start = new Mark(file, 1, 1);
    LoadSettings settings = LoadSettings.builder().setLabel(file).setUseMarks(true).build();
    try {
      Optional<Mark> tooDeep = tooDeep(new Parse(settings).parseString(text));
      if (tooDeep.isPresent()) {
        problems.error(tooDeep.get(), "", TOO_DEEP, "");
        return new ConfigNode.Unresolved(start, "");
      }
      Optional<Node> root = new Compose(settings).composeString(text);
      return root.isPresent() ? convert(root.get(), "", 0) : new ConfigNode.Empty(start, "");
    } catch (MarkedYamlEngineException e) {
      problems.error(
          e.getProblemMark().map(this::mark).orElse(start), "", "no YAML: " + e.getProblem(), "");
    } catch (YamlEngineException e) {
      problems.error(
          start,
          "",
          "no YAML: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
          "");
    }
    return new ConfigNode.Unresolved(start, "");
  }

  /// Where the document begins to be nested too deeply to be composed. Looks no further.
  private Optional<Mark> tooDeep(Iterable<Event> events) {
    int depth = 0;
    for (Event event : events) {
      switch (event) {
        case CollectionStartEvent _ -> {
          if (++depth > MAX_COMPOSED_DEPTH) {
            return event.getStartMark().map(this::mark).or(() -> Optional.of(new Mark(file, 1, 1)));
          }
        }
        case CollectionEndEvent _ -> depth--;
        default -> {}
      }
    }
    return Optional.empty();
  }

  private ConfigNode convert(Node node, String path, int depth) {
    Mark mark = node.getStartMark().map(this::mark).orElse(new Mark(file, 1, 1));
    if (depth > MAX_DEPTH || ++nodes > MAX_NODES) {
      problems.error(mark, path, TOO_DEEP, "");
      return new ConfigNode.Unresolved(mark, path);
    }
    return switch (node) {
      case MappingNode mapping -> mapping(mapping, mark, path, depth);
      case SequenceNode sequence -> {
        List<ConfigNode> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
          items.add(convert(item, path + "[" + items.size() + "]", depth + 1));
        }
        yield new ConfigNode.Sequence(mark, path, items);
      }
      case ScalarNode scalar -> scalar(scalar, mark, path);
      default -> throw new IllegalStateException("composed nodes hold no " + node.getNodeType());
    };
  }

  private ConfigNode mapping(MappingNode mapping, Mark mark, String path, int depth) {
    SequencedMap<String, ConfigNode.Entry> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      Mark keyMark = tuple.getKeyNode().getStartMark().map(this::mark).orElse(mark);
      if (!(tuple.getKeyNode() instanceof ScalarNode keyNode)) {
        problems.error(keyMark, path, "a key is a single text", "");
        continue;
      }
      String key = keyNode.getValue();
      String keyPath = join(path, key);
      if (entries.containsKey(key)) {
        int first = entries.get(key).keyMark().line();
        problems.error(keyMark, keyPath, "this key stands twice", "first at line " + first);
        continue;
      }
      entries.put(key, new ConfigNode.Entry(keyMark, value(tuple, keyMark, keyPath, depth)));
    }
    return new ConfigNode.Mapping(mark, path, entries);
  }

  /// A key without a value is where a file ends that is only half written, and would silently mean
  /// the default: who means that writes `null` or leaves the key out.
  private ConfigNode value(NodeTuple tuple, Mark keyMark, String keyPath, int depth) {
    Node value = tuple.getValueNode();
    if (isMissing(value)) {
      problems.error(keyMark, keyPath, "this key has no value", "give it one, or remove the key");
      return new ConfigNode.Unresolved(keyMark, keyPath);
    }
    return convert(value, keyPath, depth + 1);
  }

  private static boolean isMissing(Node value) {
    return value instanceof ScalarNode scalar
        && scalar.getTag().equals(Tag.NULL)
        && scalar.getValue().isEmpty();
  }

  private ConfigNode scalar(ScalarNode scalar, Mark mark, String path) {
    if (scalar.getTag().equals(Tag.NULL)) {
      return new ConfigNode.Empty(mark, path);
    }
    String written = scalar.getValue();
    try {
      return new ConfigNode.Scalar(mark, path, substitution.apply(written), written);
    } catch (Substitution.Unresolvable e) {
      problems.error(mark, path, String.valueOf(e.getMessage()), e.hint);
      return new ConfigNode.Unresolved(mark, path);
    }
  }

  private Mark mark(org.snakeyaml.engine.v2.exceptions.Mark mark) {
    return new Mark(file, mark.getLine() + 1, mark.getColumn() + 1);
  }

  private static String join(String path, String key) {
    String step = key.matches("[A-Za-z0-9_-]+") ? key : '"' + key + '"';
    return path.isEmpty() ? step : path + "." + step;
  }
}
