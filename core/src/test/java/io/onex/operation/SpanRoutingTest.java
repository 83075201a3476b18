package io.onex.operation;

import static io.onex.operation.RoutedRuns.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.onex.config.RoutedKind;
import io.onex.log.Record;
import io.onex.routing.Router;
import io.onex.routing.Rules;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A run has its span where a rule sends one of its events, however it ends.
class SpanRoutingTest {
  private final RoutedRuns runs = new RoutedRuns();

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "NODE_START NODE_SUCCESS; true; true",
        "NODE_START; true; true",
        "NODE_SUCCESS; true; false",
        "NODE_FAILURE; false; true",
        "OPERATION_ENDED; true; true",
        "NODE_*; true; true",
        "NODE_HEARTBEAT; false; false",
        "TELEMETRY_OPERATION_START; false; false"
      })
  void a_run_has_its_span_by_a_rule_for_any_of_its_events(String types, boolean good, boolean bad) {
    runs.rules(rule(types, "jaeger"));

    runs.take("NODE_START", "a").take("NODE_SUCCESS", "a");
    assertThat(runs.sentTo()).isEqualTo(good ? List.of("jaeger") : List.of());
    runs.take("NODE_START", "b").take("NODE_FAILURE", "b");
    assertThat(runs.sentTo()).isEqualTo(bad ? List.of("jaeger") : List.of());
  }

  @Test
  void a_call_that_fails_has_its_span_by_a_rule_for_its_start() {
    runs.rules(rule("TELEMETRY_OPERATION_START TELEMETRY_OPERATION_SUCCESS", "zipkin"));

    runs.take("TELEMETRY_OPERATION_START", "a").take("TELEMETRY_OPERATION_ERROR", "a");

    assertThat(runs.sentTo()).containsExactly("zipkin");
  }

  @Test
  void a_run_that_its_output_says_failed_has_the_span_of_the_event_that_ended_it() {
    runs.rules(rule("NODE_SUCCESS", "jaeger"), rule("NODE_FAILURE", "zipkin"));

    runs.take("NODE_START", "a");
    runs.take("NODE_SUCCESS", "n", "a", "{\"output_state\":{\"status\":\"error\"}}");

    assertThat(runs.sentTo()).containsExactly("jaeger", "zipkin");
  }

  @Test
  void destinations_that_take_no_spans_get_a_conclusion_by_its_own_type_alone() {
    runs.rules(rule("NODE_START NODE_SUCCESS", "jaeger elk"));

    runs.take("NODE_START", "a").take("NODE_FAILURE", "a");

    assertThat(runs.sentTo()).containsExactly("jaeger");
  }

  @Test
  void conditions_are_judged_on_the_event_that_has_what_they_ask_for() {
    runs.rules(
        rule("NODE_START", "*", Set.of(), Optional.of("metadata.keep == true"), "jaeger"),
        rule("NODE_START", "n", Set.of(RoutedKind.EVENT), Optional.empty(), "zipkin"));

    runs.take("NODE_START", "n", "a", "{\"keep\":true}").take("NODE_FAILURE", "a");
    assertThat(runs.sentTo()).containsExactly("jaeger", "zipkin");
    runs.take("NODE_START", "n", "b", "{\"keep\":false}").take("NODE_FAILURE", "b");
    assertThat(runs.sentTo()).containsExactly("zipkin");
    runs.take("NODE_START", "m", "c", "{\"keep\":true}").take("NODE_FAILURE", "m", "c", "{}");
    assertThat(runs.sentTo()).containsExactly("jaeger");
  }

  @Test
  void an_end_is_judged_by_what_it_says_itself() {
    runs.rules(
        rule("NODE_FAILURE", "*", Set.of(), Optional.of("metadata.error_code == 'E1'"), "jaeger"));

    runs.take("NODE_START", "a").take("NODE_FAILURE", "n", "a", "{\"error_code\":\"E1\"}");
    assertThat(runs.sentTo()).containsExactly("jaeger");
    runs.take("NODE_START", "b").take("NODE_FAILURE", "n", "b", "{\"error_code\":\"E2\"}");
    assertThat(runs.sentTo()).isEmpty();
  }

  @Test
  void each_event_is_judged_by_the_rules_of_its_own_position() {
    runs.rules(rule("NODE_START", "jaeger")).take("NODE_START", "a");
    runs.rules(rule("NODE_FAILURE", "zipkin")).take("NODE_FAILURE", "a");
    runs.rules(rule("NODE_HEARTBEAT", "elk"));
    assertThat(runs.sentTo()).containsExactly("jaeger", "zipkin");

    runs.take("NODE_START", "b");
    runs.rules(rule("NODE_START", "jaeger")).take("NODE_FAILURE", "b");
    assertThat(runs.sentTo()).as("no rule named it when it came").isEmpty();
  }

  @Test
  void what_everything_was_sent_to_when_a_run_began_gets_its_span() {
    runs.rules(rule("*", "jaeger")).take("NODE_START", "a");
    runs.rules(rule("*", "elk")).take("NODE_FAILURE", "a");

    assertThat(runs.sentTo()).containsExactly("jaeger", "elk");
  }

  @Test
  void a_restart_between_start_and_end_changes_nothing() {
    runs.rules(rule("NODE_START NODE_SUCCESS", "jaeger")).take("NODE_START", "a");
    runs.run.restart();
    runs.take("NODE_FAILURE", "a");
    assertThat(runs.sentTo()).containsExactly("jaeger");

    runs.take("NODE_SUCCESS", "early");
    runs.run.restart();
    runs.rules(rule("NODE_HEARTBEAT", "elk")).pass(10_000);
    assertThat(runs.sentTo()).as("an END that waited for its START").containsExactly("jaeger");
  }

  @Test
  void an_end_before_its_start_takes_both_along() {
    runs.rules(rule("NODE_START", "jaeger"), rule("NODE_FAILURE", "zipkin"));

    runs.take("NODE_FAILURE", "a").take("NODE_START", "n", "a", "{}", 5);

    assertThat(runs.sentTo()).containsExactly("jaeger", "zipkin");
  }

  @Test
  void a_run_that_was_stuck_has_its_span_when_it_ends() {
    runs.rules(rule("NODE_START", "jaeger")).take("NODE_START", "a").pass(31 * 60_000);
    assertThat(runs.last().type().name()).isEqualTo("OPERATION_STUCK");

    runs.take("NODE_FAILURE", "a");

    assertThat(runs.sentTo()).containsExactly("jaeger");
  }

  @Test
  void a_renamed_destination_gets_the_spans_of_its_former_name() {
    runs.rules(rule("NODE_START", "jaeger")).take("NODE_START", "a");
    runs.rules(List.of("traces"), List.of("traces"), rule("NODE_HEARTBEAT", "traces"));
    runs.take("NODE_FAILURE", "a");

    assertThat(route("traces", Optional.of("jaeger"))).isEqualTo(Router.Route.ROUTED);
    assertThat(route("traces", Optional.empty()))
        .as("some rule matched it")
        .isEqualTo(Router.Route.ELSEWHERE);
  }

  @Test
  void a_name_that_takes_no_spans_any_more_gets_none() {
    runs.rules(rule("NODE_START", "jaeger")).take("NODE_START", "a");
    runs.rules(List.of("jaeger"), List.of(), rule("NODE_HEARTBEAT", "jaeger"));
    runs.take("NODE_FAILURE", "a");

    assertThat(route("jaeger", Optional.empty())).isEqualTo(Router.Route.ELSEWHERE);
    assertThat(route("jaeger", Optional.of("jaeger"))).isEqualTo(Router.Route.ELSEWHERE);
  }

  @Test
  void a_destination_that_came_later_gets_the_past_by_its_first_rules() {
    runs.rules(List.of("elk"), List.of(), rule("*", "elk"));
    runs.take("NODE_START", "a").take("NODE_FAILURE", "a");
    Record past = runs.last();
    runs.take("NODE_FAILURE", "alone").pass(10_000);
    Record alone = runs.last();
    runs.rules(
        List.of("elk", "jaeger", "zipkin"),
        List.of("jaeger", "zipkin"),
        rule("NODE_START NODE_SUCCESS", "n", Set.of(RoutedKind.EVENT), Optional.empty(), "jaeger"),
        rule("NODE_START", "m", Set.of(), Optional.empty(), "zipkin"));

    assertThat(runs.isSent("jaeger", past)).isTrue();
    assertThat(runs.isSent("zipkin", past)).isFalse();
    assertThat(runs.isSent("jaeger", alone)).as("its START was not seen").isFalse();
  }

  @Test
  void a_run_that_began_while_a_destination_was_away_has_its_span_when_it_ends_after_it_is_back() {
    Rules.Rule starts = rule("NODE_START NODE_SUCCESS", "jaeger");
    runs.rules(starts).take("NODE_START", "before");
    runs.rules(List.of("elk"), List.of(), rule("*", "elk")).take("NODE_START", "while");
    runs.take("NODE_START", "m", "of another node", "{}");
    runs.rules(rule("NODE_START", "n", Set.of(), Optional.empty(), "jaeger"));

    runs.take("NODE_FAILURE", "before");
    assertThat(runs.sentTo()).containsExactly("jaeger");
    runs.take("NODE_FAILURE", "while");
    assertThat(runs.sentTo()).containsExactly("jaeger");
    runs.take("NODE_FAILURE", "m", "of another node", "{}");
    assertThat(runs.sentTo()).isEmpty();
  }

  @Test
  void a_replay_goes_by_the_rules_of_today() {
    Optional<String> when = Optional.of("metadata.keep == true");
    runs.rules(rule("NODE_START", "zipkin"), rule("NODE_START", "*", Set.of(), when, "jaeger"));
    runs.take("NODE_START", "n", "a", "{\"keep\":true}").take("NODE_FAILURE", "a");
    Record kept = runs.last();
    runs.take("NODE_START", "b").take("NODE_FAILURE", "b");
    Record other = runs.last();

    assertThat(runs.history.routesToday("jaeger", kept)).isTrue();
    assertThat(runs.history.routesToday("jaeger", other)).isFalse();
    assertThat(runs.history.routesToday("zipkin", other)).isTrue();

    runs.rules(rule("NODE_START", "jaeger"));
    assertThat(runs.history.routesToday("jaeger", other)).isTrue();
    assertThat(runs.history.routesToday("zipkin", other)).isFalse();

    runs.rules(rule("NODE_SUCCESS", "*", Set.of(), when, "jaeger"));
    assertThat(runs.history.routesToday("jaeger", kept)).isFalse();
  }

  @Test
  void a_conclusion_says_where_its_span_goes_only_when_its_type_does_not() {
    runs.rules(rule("*", "jaeger zipkin elk")).take("NODE_START", "a").take("NODE_FAILURE", "a");
    assertThat(FoldRun.json(runs.last()).has("spans_to")).isFalse();

    runs.rules(rule("OPERATION_ENDED", "jaeger"), rule("NODE_START", "zipkin"));
    runs.take("NODE_START", "b").take("NODE_FAILURE", "b");
    assertThat(FoldRun.json(runs.last()).get("spans_to"))
        .singleElement()
        .satisfies(name -> assertThat(name.asText()).isEqualTo("zipkin"));
    assertThat(runs.sentTo()).containsExactly("jaeger", "zipkin");
    assertThat(Operation.read(runs.last().body()).spansTo().names()).containsExactly("zipkin");
  }

  @Test
  void names_are_told_apart_whatever_they_hold() {
    List<String> odd = List.of("a", "b\"a", "\"a\"", "a\\", ",", "[", "ä", "spans_to", "a,\"b");
    for (int i = 0; i < odd.size(); i++) {
      List<String> named = odd.subList(i, Math.min(i + 2, odd.size()));
      RoutedRuns fresh = new RoutedRuns();
      Rules.Rule rule = rule("NODE_START", "x");
      fresh.rules(
          odd,
          odd,
          new Rules.Rule(
              rule.name(), rule.eventTypes(), rule.nodes(), rule.kinds(), rule.when(), named));
      fresh.take("NODE_START", "c").take("NODE_FAILURE", "c");

      assertThat(odd.stream().filter(name -> fresh.isSent(name, fresh.last())).toList())
          .isEqualTo(named);
    }
  }

  private Router.Route route(String destination, Optional<String> previously) {
    return new Router(runs.history, destination, previously).route(runs.last());
  }
}
