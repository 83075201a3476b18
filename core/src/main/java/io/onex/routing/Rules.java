package io.onex.routing;

import io.onex.bytes.Slice;
import io.onex.config.DestinationConfig;
import io.onex.config.DestinationGroup;
import io.onex.config.Glob;
import io.onex.config.RoutedKind;
import io.onex.config.RoutingConfig;
import io.onex.config.RuleConfig;
import io.onex.config.Types;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The rules at one time, with groups and `*` replaced by the destinations they meant then.
///
/// This is what is versioned: its canonical text stands in the log and its [#epoch] names it.
///
/// @param rules in file order
/// @param unmatched destinations of records that no rule matches
/// @param known all destinations there were, in file order; a destination that is not among them is
///   judged by the first later rules that know it
/// @param tracing those of `known` that take spans: an ended operation also goes to these by the
///   rules of the event that ended it
public record Rules(
    List<Rule> rules, List<String> unmatched, List<String> known, List<String> tracing) {
  public Rules {
    tracing = List.copyOf(tracing);
    rules = List.copyOf(rules);
    unmatched = List.copyOf(unmatched);
    known = List.copyOf(known);
    if (known.size() > DestinationConfig.MAX_DESTINATIONS
        || new HashSet<>(known).size() != known.size()) {
      throw new IllegalArgumentException(
          "too many destinations, or two of the same name: " + known);
    }
  }

  /// One rule.
  ///
  /// @param eventTypes at least one matches
  /// @param nodes at least one matches
  /// @param kinds the record is of one of them; empty for any
  /// @param when CEL expression that is true
  /// @param destinations by name, in order of `known`
  public record Rule(
      String name,
      List<Glob> eventTypes,
      List<Glob> nodes,
      Set<RoutedKind> kinds,
      Optional<String> when,
      List<String> destinations) {
    public Rule {
      eventTypes = List.copyOf(eventTypes);
      nodes = List.copyOf(nodes);
      kinds = Set.copyOf(kinds);
      destinations = List.copyOf(destinations);
    }
  }

  /// The rules that a configuration means, given its destinations.
  public static Rules of(RoutingConfig routing, List<DestinationConfig> destinations) {
    List<Rule> rules = new ArrayList<>();
    for (RuleConfig rule : routing.rules()) {
      rules.add(
          new Rule(
              rule.name(),
              rule.eventTypes(),
              rule.nodes(),
              rule.kinds(),
              rule.when(),
              resolve(rule.integrations(), destinations)));
    }
    return new Rules(
        rules,
        resolve(routing.unmatched(), destinations),
        destinations.stream().map(DestinationConfig::name).toList(),
        destinations.stream()
            .filter(destination -> destination.groups().contains(DestinationGroup.TRACING))
            .map(DestinationConfig::name)
            .toList());
  }

  /// A short name that is the same for the same rules: 16 hexadecimal digits.
  public String epoch() {
    return RulesJson.epoch(this);
  }

  /// The canonical JSON text, equal for equal rules.
  public Slice json() {
    return RulesJson.write(this);
  }

  /// Reads what [#json] wrote.
  ///
  /// @throws IllegalArgumentException when `json` is anything else
  public static Rules parse(Slice json) {
    return RulesJson.read(json);
  }

  private static List<String> resolve(List<String> targets, List<DestinationConfig> destinations) {
    List<String> names = new ArrayList<>();
    for (DestinationConfig destination : destinations) {
      boolean named =
          targets.contains(RuleConfig.ALL)
              || targets.contains(destination.name())
              || destination.groups().stream()
                  .anyMatch(group -> targets.contains(Types.lower(group)));
      if (named) {
        names.add(destination.name());
      }
    }
    return names;
  }
}
