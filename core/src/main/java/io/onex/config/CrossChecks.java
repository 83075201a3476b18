package io.onex.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Checks settings that speak of each other: names in rules, fallbacks, former names.
final class CrossChecks {
  private final GatewayConfig config;
  private final ConfigTree tree;
  private final ConfigProblems problems;
  private final List<String> names;

  CrossChecks(GatewayConfig config, ConfigTree tree, ConfigProblems problems) {
    this.config = config;
    this.tree = tree;
    this.problems = problems;
    this.names = config.destinations().stream().map(DestinationConfig::name).toList();
  }

  void run() {
    List<RuleConfig> rules = config.routing().rules();
    for (int i = 0; i < rules.size(); i++) {
      targets("routing.rules[" + i + "].integrations", rules.get(i).integrations());
    }
    targets("routing.unmatched", config.routing().unmatched());
    fallbacks();
    formerNames();
  }

  private void targets(String path, List<String> targets) {
    List<String> known = new ArrayList<>(names);
    for (DestinationGroup group : DestinationGroup.values()) {
      known.add(Types.lower(group));
    }
    known.add(RuleConfig.ALL);
    for (int i = 0; i < targets.size(); i++) {
      String target = targets.get(i);
      if (!known.contains(target)) {
        String at = path + "[" + i + "]";
        String otherwise = "it is neither a key under integrations nor a group";
        problems.error(
            tree.mark(at),
            path,
            "no destination is called \"" + target + "\"",
            Suggestion.hint(target, known, otherwise));
      }
    }
  }

  private void fallbacks() {
    for (DestinationConfig destination : config.destinations()) {
      String path = "integrations." + destination.name() + ".fallback";
      Set<String> seen = new HashSet<>();
      Optional<DestinationConfig> at = Optional.of(destination);
      while (at.isPresent() && at.get().fallback().isPresent()) {
        if (!seen.add(at.get().name())) {
          problems.error(tree.mark(path), path, "fallbacks lead round in a circle", "");
          return;
        }
        String next = at.get().fallback().get().destination();
        at = config.destination(next);
        if (at.isEmpty() && seen.size() == 1) {
          problems.error(
              tree.mark(path),
              path,
              "no destination is called \"" + next + "\"",
              Suggestion.hint(next, names, ""));
        }
      }
    }
  }

  private void formerNames() {
    Map<String, String> heirs = new HashMap<>();
    for (DestinationConfig destination : config.destinations()) {
      if (destination.previously().isEmpty()) {
        continue;
      }
      String former = destination.previously().get();
      String path = "integrations." + destination.name() + ".previously";
      if (names.contains(former)) {
        problems.error(
            tree.mark(path),
            path,
            "\"" + former + "\" is still a destination of its own",
            "remove it, or remove previously");
      }
      String other = heirs.put(former, destination.name());
      if (other != null) {
        problems.error(
            tree.mark(path), path, "\"" + other + "\" already goes on as \"" + former + "\"", "");
      }
    }
  }
}
