package io.onex.config;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One rule: records that meet all its conditions go to all its destinations.
///
/// @param name for messages and metrics; `rule-1` and so on unless given
/// @param eventTypes patterns of canonical event types; one must match
/// @param nodes patterns of node ids; one must match
/// @param kinds kinds of record; empty for all
/// @param when CEL expression that must be true
/// @param integrations destinations, groups, or `*` for all
public record RuleConfig(
    String name,
    List<Glob> eventTypes,
    List<Glob> nodes,
    Set<RoutedKind> kinds,
    Optional<String> when,
    List<String> integrations) {
  /// Stands for all destinations.
  public static final String ALL = "*";

  static final Field<Optional<String>> NAME =
      Field.optional("name", Types.TEXT, "Name in messages and metrics.");
  static final Field<List<Glob>> EVENT_TYPES =
      Field.of(
          "event_types",
          Types.list(Types.GLOB),
          List.of(Glob.of(ALL)),
          "Event types, `*` for any run of letters; one must match.");
  static final Field<List<Glob>> NODES =
      Field.of(
          "nodes",
          Types.list(Types.GLOB),
          List.of(Glob.of(ALL)),
          "Node ids, `*` and `?` as in file names; one must match.");
  static final Field<List<RoutedKind>> KINDS =
      Field.of(
          "kinds",
          Types.list(Types.oneOf(RoutedKind.class)),
          List.of(),
          "Kinds of record; all unless given.");
  static final Field<Optional<String>> WHEN =
      Field.optional("when", Types.TEXT, "CEL expression that must be true.");
  static final Field<List<String>> INTEGRATIONS =
      Field.required(
          "integrations",
          Types.list(Types.TEXT),
          "Destinations or groups (metrics, logging, tracing, alerting), `*` for all.");
  static final Fields FIELDS = Fields.of(NAME, EVENT_TYPES, NODES, KINDS, WHEN, INTEGRATIONS);

  static final ValueType<RuleConfig> TYPE = Types.section(FIELDS, RuleConfig::from);

  public RuleConfig {
    eventTypes = List.copyOf(eventTypes);
    nodes = List.copyOf(nodes);
    kinds = Set.copyOf(kinds);
    integrations = List.copyOf(integrations);
    if (eventTypes.isEmpty() || nodes.isEmpty()) {
      throw new IllegalArgumentException(
          "an empty list of event types or nodes matches nothing; leave it out to match all");
    }
  }

  static RuleConfig from(Section section) {
    return new RuleConfig(
        section.get(NAME).orElse(""),
        section.get(EVENT_TYPES),
        section.get(NODES),
        Set.copyOf(section.get(KINDS)),
        section.get(WHEN),
        section.get(INTEGRATIONS));
  }

  RuleConfig named(String newName) {
    return new RuleConfig(newName, eventTypes, nodes, kinds, when, integrations);
  }
}
