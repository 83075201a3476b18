package io.onex.routing;

import io.onex.config.ConfigTree;
import io.onex.config.DestinationConfig;
import io.onex.config.DestinationGroup;
import io.onex.config.GatewayConfig;
import io.onex.config.Glob;
import io.onex.config.Loaded;
import io.onex.config.Problem;
import io.onex.config.RoutedKind;
import io.onex.config.RoutingConfig;
import io.onex.config.RuleConfig;
import io.onex.config.Suggestion;
import io.onex.event.EventType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Looks for rules that cannot be meant as they are: what does not compile is an error; what can
/// never match, adds nothing or leaves somebody out is a warning. Pure.
public final class RoutingReview {
  private static final Set<EventType> LOG_TYPES =
      Set.of(EventType.LOG_LINE, EventType.AUDIT, EventType.STRUCTURED_LOG);
  private static final Set<EventType> GATEWAY_TYPES =
      Set.of(
          EventType.OPERATION_ENDED,
          EventType.OPERATION_STUCK,
          EventType.RULES_CHANGED,
          EventType.ENRICHMENT_CHANGED,
          EventType.DESTINATION_STATE);

  private final ConfigTree tree;
  private final List<Problem> problems = new ArrayList<>();

  private RoutingReview(ConfigTree tree) {
    this.tree = tree;
  }

  /// What was loaded, with what this review found. Of a configuration that has errors already, what
  /// can be known all the same is looked at: each rule that can be read, and what no rule matches
  /// when all can.
  ///
  /// @param thorough also looks for rules that add nothing, types no rule matches and destinations
  ///   no rule reaches, as `onex config validate` does; otherwise only for errors
  public static Loaded of(Loaded loaded, boolean thorough) {
    RoutingReview review = new RoutingReview(loaded.tree());
    List<Optional<RuleConfig>> readable = loaded.routing().rules();
    for (int i = 0; i < readable.size(); i++) {
      if (readable.get(i).isPresent()) {
        review.expression(i, readable.get(i).get());
        if (thorough) {
          review.eventTypes(i, readable.get(i).get());
        }
      }
    }
    if (thorough) {
      loaded.routing().whole().ifPresent(review::unmatchedTypes);
      loaded.config().ifPresent(review::destinations);
    }
    return loaded.with(review.problems);
  }

  private void expression(int number, RuleConfig rule) {
    if (rule.when().isPresent()) {
      try {
        CelExpression.compile(rule.name(), rule.when().get());
      } catch (InvalidExpressionException e) {
        add(Problem.Severity.ERROR, path(number) + ".when", String.valueOf(e.getMessage()), "");
      }
    }
  }

  private void eventTypes(int number, RuleConfig rule) {
    for (Glob pattern : rule.eventTypes()) {
      String text = pattern.pattern();
      if (EventType.wellKnown().stream().noneMatch(type -> pattern.matches(type.name()))) {
        List<String> names = EventType.wellKnown().stream().map(EventType::name).toList();
        warn(
            path(number) + ".event_types",
            "\"" + text + "\" matches no event type this version knows",
            Suggestion.nearest(text, names).map(s -> "did you mean \"" + s + "\"?").orElse(""));
      }
    }
    boolean onlyEvents = rule.eventTypes().stream().noneMatch(Glob::matchesAll);
    boolean onlyLogs = rule.kinds().equals(Set.of(RoutedKind.LOG));
    if (onlyLogs && onlyEvents && LOG_TYPES.stream().noneMatch(type -> matches(rule, type))) {
      warn(path(number), "can never match: no log line has one of its event types", "");
    }
  }

  /// What only a whole configuration tells: who is reached by which rule.
  private void destinations(GatewayConfig config) {
    if (config.destinations().isEmpty()) {
      warn(
          "integrations",
          "there are no destinations",
          "events are kept and counted in /metrics, and delivered nowhere");
      return;
    }
    Rules resolved = Rules.of(config.routing(), config.destinations());
    for (int i = 0; i < resolved.rules().size(); i++) {
      boolean reaches =
          resolved.rules().get(i).destinations().stream()
              .flatMap(name -> config.destination(name).stream())
              .anyMatch(DestinationConfig::isActive);
      if (!reaches) {
        warn(
            path(i) + ".integrations",
            "reaches no destination that is enabled and available",
            "what it matches is delivered nowhere and not counted as unmatched");
      }
    }
    redundantRules(resolved.rules());
    unreachedDestinations(config, resolved);
    for (DestinationConfig destination : config.destinations()) {
      if (destination.isActive() && destination.groups().contains(DestinationGroup.TRACING)) {
        new SpanReview(resolved, destination.name())
            .lacking()
            .forEach(lack -> warn("integrations." + destination.name(), lack.what(), lack.hint()));
      }
    }
  }

  private void redundantRules(List<Rules.Rule> rules) {
    for (int i = 0; i < rules.size(); i++) {
      for (int j = 0; j < rules.size(); j++) {
        // Of two equal rules the later one is named.
        boolean wider = i != j && covers(rules.get(j), rules.get(i));
        if (wider && (j < i || !covers(rules.get(i), rules.get(j)))) {
          warn(
              path(i),
              "adds nothing: rule \"" + rules.get(j).name() + "\" already sends the same there",
              "");
          break;
        }
      }
    }
  }

  /// Whether everything that `narrow` sends anywhere, `wide` sends there, too.
  private static boolean covers(Rules.Rule wide, Rules.Rule narrow) {
    return (wide.when().isEmpty() || wide.when().equals(narrow.when()))
        && wide.destinations().containsAll(narrow.destinations())
        && (wide.kinds().isEmpty()
            || (!narrow.kinds().isEmpty() && wide.kinds().containsAll(narrow.kinds())))
        && covers(wide.eventTypes(), narrow.eventTypes())
        && covers(wide.nodes(), narrow.nodes());
  }

  private static boolean covers(List<Glob> wide, List<Glob> narrow) {
    return narrow.stream()
        .allMatch(n ->
            wide.stream()
                .anyMatch(w ->
                    w.matchesAll() || w.equals(n) || (n.isLiteral() && w.matches(n.pattern()))));
  }

  private void unmatchedTypes(RoutingConfig routing) {
    List<String> unmatched =
        EventType.wellKnown().stream()
            .filter(type -> !GATEWAY_TYPES.contains(type))
            .filter(type -> routing.rules().stream().noneMatch(rule -> matches(rule, type)))
            .map(EventType::name)
            .toList();
    if (!unmatched.isEmpty()) {
      String hint =
          routing.unmatched().isEmpty()
              ? "they are counted as unmatched and delivered nowhere; see routing.unmatched"
              : "they go to routing.unmatched";
      warn(
          "routing.rules",
          "no rule matches these event types: " + String.join(", ", unmatched),
          hint);
    }
  }

  private void unreachedDestinations(GatewayConfig config, Rules resolved) {
    for (DestinationConfig destination : config.destinations()) {
      String name = destination.name();
      boolean fallback =
          config.destinations().stream()
              .anyMatch(d -> d.fallback().map(f -> f.destination().equals(name)).orElse(false));
      boolean reached =
          fallback
              || resolved.unmatched().contains(name)
              || resolved.rules().stream().anyMatch(rule -> rule.destinations().contains(name));
      if (destination.isActive() && !reached) {
        boolean counts = destination.groups().contains(DestinationGroup.METRICS);
        warn(
            "integrations." + name,
            "no rule sends anything there",
            counts ? "what is scraped from /metrics counts every event all the same" : "");
      }
    }
  }

  private static boolean matches(RuleConfig rule, EventType type) {
    return rule.eventTypes().stream().anyMatch(pattern -> pattern.matches(type.name()));
  }

  private static String path(int rule) {
    return "routing.rules[" + rule + "]";
  }

  private void warn(String path, String message, String hint) {
    add(Problem.Severity.WARNING, path, message, hint);
  }

  private void add(Problem.Severity severity, String path, String message, String hint) {
    problems.add(new Problem(severity, tree.mark(path), path, message, hint));
  }
}
