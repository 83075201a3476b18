package io.onex.config;

import java.util.List;
import java.util.Optional;

/// As much of `routing` as can be read, whatever is wrong with the rest of the file.
///
/// @param rules those of the file by their number; nothing for one that has errors
/// @param whole the section, when nothing of it has errors
public record ReadableRouting(List<Optional<RuleConfig>> rules, Optional<RoutingConfig> whole) {
  public ReadableRouting {
    rules = List.copyOf(rules);
  }

  /// Reads once more what has been read; what is wrong with it has been reported then.
  static ReadableRouting of(ConfigNode root) {
    ConfigProblems reported = new ConfigProblems();
    Optional<ConfigNode> routing =
        root.child(GatewayConfig.ROUTING.name())
            .filter(node -> !(node instanceof ConfigNode.Empty));
    Optional<RoutingConfig> whole =
        routing.isEmpty()
            ? Optional.of(RoutingConfig.EVERYTHING)
            : routing.flatMap(node -> GatewayConfig.ROUTING.read(node, reported));
    if (whole.isPresent()) {
      return new ReadableRouting(whole.get().rules().stream().map(Optional::of).toList(), whole);
    }
    List<ConfigNode> rules =
        routing
            .flatMap(node -> node.child(RoutingConfig.RULES.name()))
            .map(ConfigNode::items)
            .orElse(List.of());
    return new ReadableRouting(
        rules.stream().map(rule -> RuleConfig.TYPE.read(rule, reported)).toList(), whole);
  }
}
