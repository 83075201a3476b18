package io.onex.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which records go where. All matching rules apply.
///
/// @param rules in file order; one that sends everything everywhere when the file has no `routing`
/// @param unmatched destinations, groups or `*` for records no rule matches
public record RoutingConfig(List<RuleConfig> rules, List<String> unmatched) {
  static final Field<List<RuleConfig>> RULES =
      Field.of(
          "rules",
          Types.list(RuleConfig.TYPE),
          List.of(),
          "All rules that match a record apply. Without `routing` everything goes everywhere.");
  static final Field<List<String>> UNMATCHED =
      Field.of(
          "unmatched",
          Types.list(Types.TEXT),
          List.of(),
          "Destinations or groups for records no rule matches; they are counted either way.");
  static final Fields FIELDS = Fields.of(RULES, UNMATCHED);

  /// Everything goes everywhere.
  public static final RoutingConfig EVERYTHING =
      new RoutingConfig(
          List.of(
              new RuleConfig(
                  "everything",
                  List.of(Glob.of(RuleConfig.ALL)),
                  List.of(Glob.of(RuleConfig.ALL)),
                  Set.of(),
                  Optional.empty(),
                  List.of(RuleConfig.ALL))),
          List.of());

  public RoutingConfig {
    rules = List.copyOf(rules);
    unmatched = List.copyOf(unmatched);
  }

  static RoutingConfig from(Section section) {
    List<RuleConfig> rules = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (RuleConfig rule : section.get(RULES)) {
      String name = rule.name().isEmpty() ? "rule-" + (rules.size() + 1) : rule.name();
      if (!names.add(name)) {
        throw new IllegalArgumentException("two rules are called \"" + name + "\"");
      }
      rules.add(rule.named(name));
    }
    return new RoutingConfig(rules, section.get(UNMATCHED));
  }
}
