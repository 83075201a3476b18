package io.onex.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Checks settings that speak of each other: names in rules, fallbacks, former names.
///
/// Looks at what is written, not at what could be read: a destination whose settings have errors is
/// there all the same, and a rule with an error still names somebody.
final class CrossChecks {
  private final ConfigNode root;
  private final Optional<ConfigNode.Mapping> destinations;
  private final ConfigTree tree;
  private final ConfigProblems problems;
  private final Set<String> names = new LinkedHashSet<>();

  CrossChecks(ConfigNode root, ConfigTree tree, ConfigProblems problems) {
    this.root = root;
    this.tree = tree;
    this.problems = problems;
    Optional<ConfigNode> written = root.child("integrations");
    this.destinations =
        written.filter(ConfigNode.Mapping.class::isInstance).map(ConfigNode.Mapping.class::cast);
    destinations.ifPresent(mapping -> names.addAll(mapping.entries().keySet()));
  }

  void run() {
    boolean unreadable =
        destinations.isEmpty()
            && root.child("integrations").filter(n -> !(n instanceof ConfigNode.Empty)).isPresent();
    if (unreadable) {
      return;
    }
    Optional<ConfigNode> routing = root.child(GatewayConfig.ROUTING.name());
    routing
        .flatMap(node -> node.child(RoutingConfig.RULES.name()))
        .map(ConfigNode::items)
        .orElse(List.of())
        .forEach(rule -> rule.child(RuleConfig.INTEGRATIONS.name()).ifPresent(this::targets));
    routing.flatMap(node -> node.child(RoutingConfig.UNMATCHED.name())).ifPresent(this::targets);
    names.forEach(this::fallbacks);
    formerNames();
  }

  private void targets(ConfigNode targets) {
    List<String> known = new ArrayList<>(names);
    Stream.of(DestinationGroup.values()).map(Types::lower).forEach(known::add);
    known.add(RuleConfig.ALL);
    for (ConfigNode item : targets.items()) {
      if (item instanceof ConfigNode.Scalar target
          && !target.value().isBlank()
          && !known.contains(target.value())) {
        problems.error(
            tree.mark(item.path()),
            targets.path(),
            "no destination is called \"" + target.written() + "\"",
            Suggestion.hint(
                target.value(), known, "it is neither a key under integrations nor a group"));
      }
    }
  }

  /// Follows the fallbacks of one destination; of a circle only the first in the file is told.
  private void fallbacks(String destination) {
    Set<String> seen = new LinkedHashSet<>();
    Optional<String> at = Optional.of(destination);
    while (at.isPresent() && names.contains(at.get())) {
      if (!seen.add(at.get())) {
        if (at.get().equals(destination)
            && names.stream().filter(seen::contains).findFirst().equals(at)) {
          problems.error(
              mark(destination, "fallback"),
              path(destination, "fallback"),
              "fallbacks lead round in a circle",
              "");
        }
        return;
      }
      at = fallback(at.get());
    }
    if (at.isPresent() && seen.size() == 1) {
      problems.error(
          mark(destination, "fallback"),
          path(destination, "fallback"),
          "no destination is called \"" + at.get() + "\"",
          Suggestion.hint(at.get(), names, ""));
    }
  }

  private Optional<String> fallback(String destination) {
    Optional<ConfigNode> fallback = setting(destination, "fallback");
    return text(fallback).or(() -> text(fallback.flatMap(node -> node.child("destination"))));
  }

  private void formerNames() {
    Map<String, String> heirs = new HashMap<>();
    for (String destination : names) {
      Optional<String> former = text(setting(destination, "previously"));
      if (former.isEmpty()) {
        continue;
      }
      if (names.contains(former.get())) {
        problems.error(
            mark(destination, "previously"),
            path(destination, "previously"),
            "\"" + former.get() + "\" is still a destination of its own",
            "remove it, or remove previously");
      }
      String other = heirs.put(former.get(), destination);
      if (other != null) {
        problems.error(
            mark(destination, "previously"),
            path(destination, "previously"),
            "\"" + other + "\" already goes on as \"" + former.get() + "\"",
            "");
      }
    }
  }

  private Optional<ConfigNode> setting(String destination, String key) {
    return destinations.flatMap(all -> all.child(destination)).flatMap(node -> node.child(key));
  }

  private static Optional<String> text(Optional<ConfigNode> node) {
    return node.filter(ConfigNode.Scalar.class::isInstance)
        .map(scalar -> ((ConfigNode.Scalar) scalar).value())
        .filter(value -> !value.isBlank());
  }

  private Mark mark(String destination, String key) {
    return tree.mark(path(destination, key));
  }

  private static String path(String destination, String key) {
    return "integrations." + destination + "." + key;
  }
}
