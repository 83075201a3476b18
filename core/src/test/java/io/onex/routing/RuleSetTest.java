package io.onex.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.onex.log.Record;
import io.onex.log.RecordFlags;
import io.onex.log.RecordKind;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleSetTest {
  private static final long PROMETHEUS = 1;
  private static final long ELK = 2;
  private static final long ZIPKIN = 4;

  private final List<String> failed = new ArrayList<>();

  private RuleSet set(String routing) throws InvalidExpressionException {
    return RuleSet.compile(Sample.rules(routing), failed::add);
  }

  @Test
  void all_matching_rules_apply_and_a_destination_gets_a_record_once() throws Exception {
    RuleSet set =
        set(
            """
            routing:
              rules:
                - {event_types: [NODE_FAILURE], integrations: [elk]}
                - {event_types: ["NODE_*", "*_START"], integrations: [prometheus, elk]}
                - {event_types: ["TELEMETRY_OPERATION_*"], integrations: zipkin}
            """);

    assertThat(set.destinations()).containsExactly("prometheus", "elk", "zipkin");
    assertThat(set.decide(Sample.event("NODE_FAILURE", "n", "{}"))).isEqualTo(PROMETHEUS | ELK);
    assertThat(set.decide(Sample.event("TELEMETRY_OPERATION_START", "n", "{}")))
        .isEqualTo(PROMETHEUS | ELK | ZIPKIN);
    assertThat(set.decide(Sample.event("SCENARIO_PASSED", "n", "{}"))).isEqualTo(RuleSet.UNMATCHED);
  }

  @Test
  void those_who_ask_why_are_told_every_rule_that_matches_in_order() throws Exception {
    RuleSet set =
        set(
            """
            routing:
              rules:
                - {name: starts, event_types: ["*_START"], integrations: [elk]}
                - {name: nodes, event_types: ["NODE_*"], integrations: [prometheus]}
                - {name: one-node, event_types: ["*"], nodes: [a], integrations: [elk]}
                - {name: never, event_types: ["*"], when: "node_id == 'z'", integrations: [elk]}
            """);

    assertThat(set.matching(Sample.event("NODE_START", "a", "{}")))
        .containsExactly("starts", "nodes", "one-node");
    assertThat(set.matching(Sample.event("NODE_START", "b", "{}")))
        .containsExactly("starts", "nodes");
    assertThat(set.matching(Sample.event("UNHEARD_OF", "z", "{}"))).containsExactly("never");
    assertThat(set.matching(Sample.event("UNHEARD_OF", "b", "{}"))).isEmpty();
  }

  @Test
  void groups_and_the_star_stand_for_their_destinations() throws Exception {
    RuleSet set =
        set(
            """
            routing:
              rules:
                - {event_types: NODE_START, integrations: [logging, tracing]}
                - {event_types: NODE_SUCCESS, integrations: "*"}
                - {event_types: NODE_FAILURE, integrations: alerting}
              unmatched: metrics
            """);

    assertThat(set.decide(Sample.event("NODE_START", "n", "{}"))).isEqualTo(ELK | ZIPKIN);
    assertThat(set.decide(Sample.event("NODE_SUCCESS", "n", "{}")))
        .isEqualTo(PROMETHEUS | ELK | ZIPKIN);
    assertThat(set.decide(Sample.event("NODE_FAILURE", "n", "{}")))
        .as("matched by a rule that reaches nobody is not unmatched")
        .isZero();
    assertThat(set.decide(Sample.event("AUDIT", "n", "{}")))
        .isEqualTo(RuleSet.UNMATCHED | PROMETHEUS);
  }

  @Test
  void without_routing_everything_goes_everywhere() throws Exception {
    assertThat(set("").decide(Sample.event("my.own.type", "n", "{}")))
        .isEqualTo(PROMETHEUS | ELK | ZIPKIN);
  }

  @Test
  void types_nobody_knows_are_matched_by_their_name() throws Exception {
    RuleSet set = set("routing: {rules: [{event_types: [\"core.disc*\"], integrations: elk}]}");

    assertThat(set.decide(Sample.event("core.discovery.found", "n", "{}"))).isEqualTo(ELK);
    assertThat(set.decide(Sample.event("core.node", "n", "{}"))).isEqualTo(RuleSet.UNMATCHED);
  }

  @Test
  void nodes_and_kinds_narrow_a_rule() throws Exception {
    RuleSet set =
        set(
            """
            routing:
              rules:
                - {nodes: ["stamper-*", 'a"b'], integrations: elk}
                - {kinds: [log, derived], integrations: zipkin}
            """);

    assertThat(set.decide(Sample.event("NODE_START", "stamper-1", "{}"))).isEqualTo(ELK);
    assertThat(set.decide(Sample.event("NODE_START", "other", "{}"))).isEqualTo(RuleSet.UNMATCHED);
    assertThat(set.decide(Sample.event(0, RecordKind.LOG, "LOG_LINE", "other", "{}", 0)))
        .isEqualTo(ZIPKIN);
    assertThat(
            set.decide(
                Sample.event(
                    0,
                    RecordKind.EVENT,
                    "NODE_START",
                    "a\\u0022b",
                    "{}",
                    RecordFlags.NODE_ID_ESCAPED)))
        .as("escapes of JSON do not hide a node")
        .isEqualTo(ELK);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "metadata.execution_time_ms > 1000; true",
        "metadata.execution_time_ms > 2000; false",
        "metadata.execution_time_ms == 1500.5; true",
        "metadata.count == 3; true",
        "metadata.count / 2 == 1; true",
        "metadata.nothing == null; true",
        "metadata.output_state.status == 'error'; true",
        "has(metadata.absent) && metadata.absent == 1; false",
        "event_type.startsWith('NODE_') && node_id == 'n' && kind == 'event'; true",
        "event_type in ['A', 'NODE_FAILURE']; true",
        "metadata.list.exists(x, x == 'b'); true",
        "body.extra[2] == 2.5; true",
        "ingest_time - event_time == duration('1s'); true",
        "event_time < timestamp('2026-01-01T00:00:00Z'); true",
        "size > 10 && event_id == 'id-1'; true",
        "node_id.matches('^[a-z]$'); true",
        "metadata.huge > 1; true"
      })
  void expressions_see_the_record(String when, boolean matches) throws Exception {
    RuleSet set =
        set("routing: {rules: [{when: \"" + when.replace("\"", "'") + "\", integrations: elk}]}");
    Record record =
        Sample.event(
            "NODE_FAILURE",
            "n",
            """
            {"execution_time_ms":1500.5,"count":3,"nothing":null,"output_state":{"status":"error"},\
            "list":["a","b"],"huge":123456789012345678901234567890}\
            """);

    assertThat(set.decide(record)).isEqualTo(matches ? ELK : RuleSet.UNMATCHED);
    assertThat(failed).isEmpty();
  }

  @Test
  void an_expression_that_fails_on_a_record_does_not_match_and_is_counted() throws Exception {
    RuleSet set =
        set(
            "routing: {rules: [{name: slow, when: \"metadata.ms > 1\", integrations: elk},"
                + " {integrations: zipkin}]}");

    assertThat(set.decide(Sample.event("NODE_START", "n", "{}"))).isEqualTo(ZIPKIN);
    assertThat(set.decide(Sample.event("NODE_START", "n", "{\"ms\":\"x\"}"))).isEqualTo(ZIPKIN);
    assertThat(failed).containsExactly("slow", "slow");
  }

  @Test
  void an_expression_that_cannot_be_compiled_is_refused_with_its_column() {
    assertThatThrownBy(
            () -> set("routing: {rules: [{name: r, when: \"nod_id == 'x'\", integrations: elk}]}"))
        .isInstanceOf(InvalidExpressionException.class)
        .hasMessageEndingWith("column 1: undeclared reference to 'nod_id'");
    assertThatThrownBy(() -> set("routing: {rules: [{when: \"node_id ==\", integrations: elk}]}"))
        .isInstanceOf(InvalidExpressionException.class)
        .hasMessageEndingWith("column 11: the expression ends too early");
    assertThatThrownBy(() -> set("routing: {rules: [{when: \"size + 1\", integrations: elk}]}"))
        .isInstanceOf(InvalidExpressionException.class)
        .hasMessageContaining("bool");
  }

  @Test
  void an_ended_operation_goes_to_the_tracing_destinations_of_the_event_that_ended_it()
      throws Exception {
    RuleSet set =
        set(
            """
            routing:
              rules:
                - {event_types: [NODE_SUCCESS, NODE_START], integrations: [elk, zipkin]}
                - {event_types: [TELEMETRY_OPERATION_ERROR], integrations: elk}
            """);

    assertThat(ended(set, "node", "success")).isEqualTo(ZIPKIN);
    assertThat(ended(set, "node", "error")).isEqualTo(RuleSet.UNMATCHED);
    assertThat(ended(set, "telemetry", "error")).isZero();
    assertThat(ended(set, "telemetry", "success")).isEqualTo(RuleSet.UNMATCHED);
  }

  @Test
  void an_ended_operation_goes_anywhere_by_its_own_type() throws Exception {
    RuleSet set = set("routing: {rules: [{event_types: [OPERATION_ENDED], integrations: elk}]}");

    assertThat(ended(set, "node", "success")).isEqualTo(ELK);
  }

  @Test
  void an_ended_operation_whose_events_are_judged_alike_goes_where_they_go() throws Exception {
    RuleSet set = set("routing: {rules: [{event_types: [\"NODE_*\"], integrations: zipkin}]}");

    assertThat(ended(set, "node", "success")).isEqualTo(ZIPKIN);
    assertThat(ended(set, "node", "error")).isEqualTo(ZIPKIN);
    assertThat(ended(set, "telemetry", "success")).isEqualTo(RuleSet.UNMATCHED);
  }

  private static long ended(RuleSet set, String family, String outcome) {
    String body = "{\"family\":\"" + family + "\",\"outcome\":\"" + outcome + "\"}";
    return set.decide(
        Sample.body(RecordKind.DERIVED, "OPERATION_ENDED", body, RecordFlags.ORIGIN_GATEWAY));
  }

  @Test
  void what_the_gateway_says_about_a_destination_never_goes_to_that_destination() throws Exception {
    Record state =
        Sample.body(
            RecordKind.DERIVED,
            "DESTINATION_STATE",
            "{\"destination\":\"elk\"}",
            RecordFlags.ORIGIN_GATEWAY);

    assertThat(set("").decide(state)).isEqualTo(PROMETHEUS | ZIPKIN);
  }

  @Test
  void control_records_go_nowhere_and_are_not_unmatched() throws Exception {
    assertThat(set("").decide(Sample.change(0, Sample.rules("")))).isZero();
  }

  @Test
  void deciding_without_expressions_allocates_nothing() throws Exception {
    RuleSet set =
        set(
            """
            routing:
              rules:
                - {event_types: "NODE_*", integrations: elk}
                - {event_types: "*", nodes: ["*-7", "stamper-*"], kinds: event, integrations: zipkin}
            """);
    Record record = Sample.event("NODE_START", "node-with-a-name-7", "{}");
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    // The compiler decides when it removes the garbage; what counts is that it can.
    long perDecision = Long.MAX_VALUE;
    for (int round = 0; round < 50 && perDecision > 0; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 200_000; i++) {
        assertEquals(ELK | ZIPKIN, set.decide(record));
      }
      perDecision = (threads.getCurrentThreadAllocatedBytes() - before) / 200_000;
    }

    assertThat(perDecision).isZero();
  }

  @Test
  void rules_written_as_json_and_read_again_are_the_same() throws Exception {
    Rules rules =
        Sample.rules(
            """
            routing:
              rules:
                - {name: "a \\"b\\"", event_types: "X*", nodes: "n?", kinds: [log, event], when: "size > 1", integrations: elk}
              unmatched: tracing
            """);

    assertThat(Rules.parse(rules.json())).isEqualTo(rules);
    assertThat(Rules.parse(rules.json()).epoch()).isEqualTo(rules.epoch()).hasSize(16);
    assertThat(Sample.rules("").epoch()).isNotEqualTo(rules.epoch());
  }
}
