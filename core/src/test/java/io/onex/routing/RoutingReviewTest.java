package io.onex.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.onex.config.Loaded;
import io.onex.config.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoutingReviewTest {
  private static List<String> review(String routing) {
    return RoutingReview.of(Sample.load(Sample.DESTINATIONS + routing), true).problems().stream()
        .map(Problem::toString)
        .toList();
  }

  @Test
  void sending_everything_everywhere_is_fine() {
    assertThat(review("")).isEmpty();
  }

  @Test
  void an_expression_that_does_not_compile_refuses_the_configuration() {
    Loaded loaded =
        Sample.load(
            Sample.DESTINATIONS + "routing: {rules: [{when: \"siz > 1\", integrations: elk}]}");

    Loaded reviewed = RoutingReview.of(loaded, false);

    assertThat(reviewed.config()).isEmpty();
    assertThat(reviewed.problems())
        .singleElement()
        .asString()
        .startsWith("onex.yaml:5:20: error: routing.rules[0].when: column 1: undeclared");
  }

  @Test
  void
      what_can_be_known_of_rules_is_told_beside_errors_elsewhere_and_nothing_that_follows_from_them() {
    Loaded loaded =
        Sample.load(
            Sample.DESTINATIONS
                + """
                routing:
                  rules:
                    - {when: "siz > 1", integrations: elkk}
                    - {event_types: NODE_FALURE, integrations: elk}
                    - {event_type: NODE_START, when: "siz > 1", integrations: elk}
                serber: {}
                """);

    assertThat(RoutingReview.of(loaded, true).problems())
        .extracting(problem -> problem.severity() + " " + problem.path())
        .containsExactlyInAnyOrder(
            "ERROR routing.rules[0].when",
            "ERROR routing.rules[0].integrations",
            "WARNING routing.rules[1].event_types",
            "ERROR routing.rules[2].event_type",
            "ERROR serber");
  }

  @Test
  void event_types_that_no_rule_matches_are_told_beside_an_error_of_another_section() {
    Loaded loaded =
        Sample.load(
            Sample.DESTINATIONS
                + "routing: {rules: [{event_types: NODE_*, integrations: elk}]}\nserber: {}\n");

    assertThat(RoutingReview.of(loaded, true).problems())
        .extracting(problem -> problem.severity() + " " + problem.path())
        .containsExactly("WARNING routing.rules", "ERROR serber");
  }

  @Test
  void a_rule_whose_types_nobody_knows_is_dead_and_gets_a_suggestion() {
    assertThat(
            review(
                """
                routing:
                  rules:
                    - {event_types: "*", integrations: "*"}
                    - {event_types: [NODE_FALURE, x], integrations: elk}
                """))
        .containsExactly(
            "onex.yaml:8:7: warning: routing.rules[1]: adds nothing: rule \"rule-1\" already sends"
                + " the same there",
            "onex.yaml:8:8: warning: routing.rules[1].event_types: \"NODE_FALURE\" matches no event"
                + " type this version knows (did you mean \"NODE_FAILURE\"?)",
            "onex.yaml:8:8: warning: routing.rules[1].event_types: \"x\" matches no event type this"
                + " version knows");
  }

  @Test
  void a_log_rule_about_events_can_never_match() {
    assertThat(
            review(
                """
                routing:
                  rules:
                    - {kinds: log, event_types: NODE_*, integrations: elk}
                    - {kinds: event, integrations: [zipkin, metrics, elk]}
                """))
        .singleElement()
        .asString()
        .contains("routing.rules[0]: can never match: no log line has one of its event types");
  }

  @Test
  void a_rule_that_another_covers_is_named_once() {
    assertThat(
            review(
                """
                routing:
                  rules:
                    - {event_types: [NODE_START], nodes: n1, integrations: elk}
                    - {event_types: [NODE_*], integrations: [elk, zipkin]}
                    - {event_types: [NODE_*], integrations: [zipkin, elk]}
                    - {integrations: metrics}
                """))
        .containsExactly(
            "onex.yaml:7:7: warning: routing.rules[0]: adds nothing: rule \"rule-2\" already sends"
                + " the same there",
            "onex.yaml:9:7: warning: routing.rules[2]: adds nothing: rule \"rule-2\" already sends"
                + " the same there");
  }

  @Test
  void types_and_destinations_that_are_left_out_are_listed() {
    List<String> problems =
        review(
            "routing: {rules: [{event_types: [\"NODE_*\", \"T*\", \"S*\"], integrations: elk}]}");

    assertThat(problems)
        .hasSize(3)
        .anyMatch(line ->
            line.contains("no rule matches these event types: INTROSPECTION_REQUEST")
                && line.contains("AUDIT")
                && !line.contains("OPERATION_ENDED"))
        .anyMatch(line -> line.contains("integrations.zipkin: no rule sends anything there"))
        .anyMatch(line -> line.contains("counts every event all the same"));
  }

  @Test
  void a_rule_that_reaches_only_disabled_destinations_is_named() {
    String yaml =
        """
        integrations: {elk: {enabled: false, logstash_url: "http://l"}, zipkin: {url: "http://z"}}
        routing: {rules: [{event_types: NODE_START, integrations: elk}, {integrations: zipkin}]}
        """;

    assertThat(RoutingReview.of(Sample.load(yaml), true).problems())
        .singleElement()
        .asString()
        .contains("routing.rules[0].integrations: reaches no destination that is enabled");
  }

  @Test
  void a_tracing_destination_that_gets_one_outcome_only_is_named_with_what_to_write() {
    assertThat(spans("[NODE_START, NODE_SUCCESS]")).isEmpty();
    assertThat(spans("[NODE_SUCCESS, NODE_FAILURE]")).isEmpty();
    assertThat(spans("[NODE_SUCCESS, OPERATION_ENDED]")).isEmpty();
    assertThat(spans("[NODE_SUCCESS]"))
        .containsExactly(
            "onex.yaml:4:3: warning: integrations.zipkin: of the runs of nodes it gets the spans of"
                + " those that succeed only: no rule sends it NODE_FAILURE, NODE_START or"
                + " OPERATION_ENDED (a rule that sends it NODE_START sends the span of each, however"
                + " it ends)");
    assertThat(spans("[NODE_FAILURE, TELEMETRY_OPERATION_SUCCESS]"))
        .hasSize(2)
        .anyMatch(line -> line.contains("of those that fail only: no rule sends it NODE_SUCCESS,"))
        .anyMatch(line ->
            line.contains("told by telemetry")
                && line.contains("no rule sends it TELEMETRY_OPERATION_ERROR,"));
  }

  @Test
  void what_unmatched_sends_there_is_not_lacking() {
    assertThat(
            review(
                """
                routing:
                  rules:
                    - {event_types: [NODE_SUCCESS], integrations: [zipkin, elk]}
                    - {event_types: [NODE_HEARTBEAT], integrations: [metrics]}
                  unmatched: [zipkin]
                """))
        .noneMatch(line -> line.contains("gets the spans"));
    assertThat(
            review(
                """
                routing:
                  rules:
                    - {event_types: [NODE_SUCCESS], integrations: [zipkin, elk]}
                    - {event_types: [NODE_FAILURE], integrations: [metrics]}
                  unmatched: [zipkin]
                """))
        .as("what a rule matches is not unmatched")
        .anyMatch(line -> line.contains("gets the spans"));
  }

  private static List<String> spans(String types) {
    return review(
        "routing: {rules: [{integrations: [elk, metrics]}, {event_types: "
            + types
            + ", integrations: zipkin}]}");
  }
}
