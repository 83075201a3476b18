package io.onex.event;

import static io.onex.event.DecoderFixture.correlationId;
import static io.onex.event.DecoderFixture.metadata;
import static io.onex.event.DecoderFixture.micros;
import static io.onex.event.DecoderFixture.nodeId;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventDecoderTest {
  private static final String ID = "2f1c9b52-0b3a-4d0e-8f6a-7a1f5d3c9e10";

  private final DecoderFixture codec = new DecoderFixture();

  @Test
  void a_flat_event_is_taken_as_it_came() {
    String input =
        """
        {"event_id":"%s","timestamp":"2025-12-31T10:00:00.5","node_id":"press-1","event_type":"NODE_START",\
        "correlation_id":"c-1","metadata":{"input_state":{}}}\
        """
            .formatted(ID);

    DecodedEvent event = codec.accepted("  " + input + "\r\n");

    assertThat(event.type()).isEqualTo(EventType.NODE_START);
    assertThat(event.kind()).isEqualTo(EventKind.EVENT);
    assertThat(event.eventId().utf8()).isEqualTo(ID);
    assertThat(event.timeMicros()).isEqualTo(micros("2025-12-31T10:00:00.5Z"));
    assertThat(event.timeAssumed()).isFalse();
    assertThat(nodeId(event)).isEqualTo("press-1");
    assertThat(correlationId(event)).isEqualTo("c-1");
    assertThat(metadata(event)).isEqualTo("{\"input_state\":{}}");
    assertThat(event.body().utf8()).isEqualTo(input);
    assertThat(EventWarning.of(event.warnings())).isEmpty();
  }

  @Test
  void what_an_event_lacks_is_reported_as_absent() {
    DecodedEvent event =
        codec.accepted("{\"event_type\":\"SCENARIO_STARTED\",\"node_id\":\"n\",\"metadata\":null}");

    assertThat(event.hasEventId()).isFalse();
    assertThat(event.correlationIdOffset()).isEqualTo(DecodedEvent.ABSENT);
    assertThat(event.metadataOffset()).isEqualTo(DecodedEvent.ABSENT);
    assertThat(event.timeAssumed()).isTrue();
    assertThat(event.timeMicros()).isEqualTo(DecoderFixture.RECEIVED_MICROS);
    assertThat(EventWarning.of(event.warnings()))
        .containsExactlyInAnyOrder(EventWarning.NO_EVENT_ID, EventWarning.NO_TIME);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "event_id":"evt-1"                      | ODD_EVENT_ID
          "event_id":7                            | ODD_EVENT_ID
          "event_id":{}                           | NO_EVENT_ID
          "node_id":""                            | EMPTY_NODE_ID
          "correlation_id":7                      | CORRELATION_NUMBER
          "timestamp":"2025-05-25"                | DATE_ONLY
          "timestamp":"1970-01-01T00:00:00Z"      | ODD_TIME
          "timestamp":"2026-01-03T00:00:01Z"      | ODD_TIME
          "timestamp":null                        | NO_TIME
          "timestamp":NaN                         | NO_TIME
          "event_type":"SOMETHING_ELSE"           | UNKNOWN_TYPE
          "event_type":"com.onex.node_start"      | TYPE_SPELLING
          "event_type":"NODE_SUCCESS"             | METADATA_INCOMPLETE
          "metadata":"{\\"input_state\\":{}}"     | METADATA_DECODED
          "metadata":{"input_state":1,"success":0}| METADATA_ODD
          "metadata":{"input_state":{},"x":[Infinity,-Infinity,NaN]} | NOT_A_NUMBER
          "metadata":{"input_state":1,"execution_time_ms":-0.5} | METADATA_ODD
          "metadata":{"input_state":1,"execution_time_ms":31622400001} | METADATA_ODD
          "metadata":{"input_state":1,"execution_time_ms":1E11} | METADATA_ODD
          "metadata":{"input_state":1,"args_count":2.5} | METADATA_ODD
          "metadata":{"input_state":1,"args_count":"2"} | METADATA_ODD
          "metadata":{"input_state":1,"kwargs_keys":"a"} | METADATA_ODD
          "metadata":{"input_state":-Infinity}    | METADATA_INCOMPLETE
          "metadata":{"input_state":9223372036854775808}  | LARGE_NUMBER
          "metadata":{"input_state":-9223372036854775809} | LARGE_NUMBER
          "metadata":{"input_state":1e309}        | LARGE_NUMBER
          "event_type":"DISCOVERY_RESPONSE"       | TYPE_SPELLING
          "event_type":"RUNTIME_ERROR"            | UNKNOWN_TYPE
          "timestamp":"-1"                        | ODD_TIME
          "schema_version":"2.0.0"                | NEWER_SCHEMA
          "schema_version":{"major":3}            | NEWER_SCHEMA
          "schema_version":"latest"               | ODD_SCHEMA
          "metadata":{"input_state":[[[[[[[[[[[]]]]]]]]]]]} | DEEP
          """)
  void an_oddity_is_accepted_with_a_warning(String member, EventWarning warning) {
    assertThat(EventWarning.of(codec.accepted(eventWith(member)).warnings())).contains(warning);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "schema_version":"1.1.0"
          "schema_version":{"major":1,"minor":0}
          "metadata":{"input_state":9223372036854775807}
          "metadata":{"input_state":-9223372036854775808}
          "metadata":{"input_state":1e308}
          "metadata":{"input_state":1e-999}
          "metadata":{"input_state":1,"execution_time_ms":-0.0}
          "metadata":{"input_state":1,"execution_time_ms":9.5e-07}
          "metadata":{"input_state":1,"execution_time_ms":1e10}
          "metadata":{"input_state":1,"execution_time_ms":31622400000}
          "metadata":{"input_state":1,"args_count":-2,"kwargs_keys":[]}
          "metadata":{"input_state":1,"args_count":null,"kwargs_keys":null}
          "event_type":"node_introspection_event"
          "metadata":{"input_state":[[[[[[[[[[]]]]]]]]]]}
          "event_type":"core.node.start"
          "event_type":{"event_name":"NODE_START","namespace":"onex"}
          "timestamp":1748183400250
          """)
  void a_legal_variant_is_accepted_without_warning(String member) {
    assertThat(EventWarning.of(codec.accepted(eventWith(member)).warnings())).isEmpty();
  }

  /// A flat event whose field of the same key is replaced by `member`.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "trace_id":"t"                                        | true
          "trace\\u005fid":"t"                                  | true
          "payload":{"trace_id":"t"}                            | true
          "x":[[{"y":{"trace_id":null}}]]                       | true
          "metadata":{"trace_id":"t"}                           | true
          "metadata":"{\\"trace_id\\":\\"t\\"}"                | true
          "metadata":{"traces":"trace_id","Trace_id":1}         | false
          "x":"{\\"trace_id\\":\\"t\\"}"                       | false
          """)
  void whether_a_trace_id_may_be_found_is_known(String member, boolean may) {
    assertThat(codec.accepted(eventWith(member)).mayHoldTraceId()).isEqualTo(may);
    // What the decoder knows of one event says nothing about the next.
    assertThat(codec.accepted(eventWith("\"y\":1")).mayHoldTraceId()).isFalse();
  }

  @Test
  void whether_a_coverage_may_be_found_is_known() {
    DecodedEvent event = codec.accepted(eventWith("\"metadata\":{\"test_coverage_percent\":7}"));
    assertThat(event.mayHoldCoverage()).isTrue();
    assertThat(event.mayHoldTraceId()).isFalse();
  }

  private static String eventWith(String member) {
    StringBuilder event = new StringBuilder("{" + member);
    Map.of(
            "event_id", "\"" + ID + "\"",
            "timestamp", "\"2025-12-31T10:00:00Z\"",
            "node_id", "\"n\"",
            "event_type", "\"NODE_START\"",
            "metadata", "{\"input_state\":{}}")
        .forEach((key, value) -> {
          if (!member.startsWith("\"" + key + "\"")) {
            event.append(",\"").append(key).append("\":").append(value);
          }
        });
    return event.append("}").toString();
  }

  @Test
  void metadata_encoded_twice_is_decoded_once() {
    DecodedEvent event =
        codec.accepted(
            eventWith(
                "\"metadata\":\"{\\n \\\"a\\\": \\\"\\\\u00e4\\\", \\\"token\\\":\\\"t\\\"}\""));

    assertThat(metadata(event)).isEqualTo("{  \"a\": \"\\u00e4\", \"token\":\"***\"}");
    assertThat(event.repaired()).isTrue();
    assertThat(event.redacted()).isTrue();
    assertThat(nodeId(event)).isEqualTo("n");
  }

  @Test
  void numbers_that_are_none_become_null() {
    DecodedEvent event = codec.accepted(eventWith("\"metadata\":{\"a\":NaN,\"b\":[-Infinity]}"));

    assertThat(metadata(event)).isEqualTo("{\"a\":null,\"b\":[null]}");
    assertThat(event.repaired()).isTrue();
  }

  @Test
  void a_body_over_several_lines_becomes_one_line() {
    DecodedEvent event = codec.accepted(eventWith("\"metadata\":\r\n{\n}").replace(",", ",\n"));

    assertThat(event.body().utf8()).doesNotContain("\n", "\r");
    assertThat(metadata(event)).isEqualTo("{ }");
    assertThat(event.repaired()).isFalse();
  }

  @Test
  void the_node_of_an_event_may_stand_under_another_key() {
    assertThat(
            nodeId(codec.accepted("{\"event_type\":\"X\",\"node_id\":null,\"node_name\":\"a\"}")))
        .isEqualTo("a");
    assertThat(nodeId(codec.accepted("{\"event_type\":\"X\",\"entity_id\":\"b\\u0041\"}")))
        .isEqualTo("b\\u0041");
  }

  @Test
  void an_event_inside_an_envelope_speaks_for_itself() {
    DecodedEvent event =
        codec.accepted(
            """
            {"payload":{"event_type":{"event_name":"NODE_SUCCESS"},"event_id":"%s","node_id":"inner",
             "timestamp":"2025-12-31T05:00:00","correlation_id":null,"metadata":{"execution_time_ms":2}},
             "envelope_id":"e","envelope_timestamp":"2025-12-31T10:00:00Z","correlation_id":"outer",
             "source_tool":"tool","metadata":{"tags":{}},"event_type":null}\
            """
                .formatted(ID));

    assertThat(event.type()).isEqualTo(EventType.NODE_SUCCESS);
    assertThat(event.eventId().utf8()).isEqualTo(ID);
    assertThat(nodeId(event)).isEqualTo("inner");
    assertThat(correlationId(event)).isEqualTo("outer");
    assertThat(metadata(event)).isEqualTo("{\"execution_time_ms\":2}");
    assertThat(event.timeMicros())
        .as("a zone beats none")
        .isEqualTo(micros("2025-12-31T10:00:00Z"));
    assertThat(event.warnings()).isZero();
  }

  @Test
  void an_envelope_around_another_payload_takes_the_payload_for_metadata() {
    DecodedEvent event =
        codec.accepted(
            """
            {"payload":{"node_id":"n","uptime_seconds":5,"timestamp":"2025-12-31T10:00:00Z"},\
            "envelope_id":"%s","event_type":null}\
            """
                .formatted(ID));

    assertThat(event.type().name()).isEqualTo("NODE_HEARTBEAT");
    assertThat(event.eventId().utf8()).isEqualTo(ID);
    assertThat(metadata(event)).startsWith("{\"node_id\":\"n\",\"uptime_seconds\":5");
  }

  @Test
  void an_envelope_that_nothing_gives_a_type_is_kept_with_a_warning() {
    DecodedEvent event =
        codec.accepted("{\"envelope_id\":\"e\",\"event_type\":null,\"payload\":{\"x\":1}}");

    assertThat(event.type().name()).isEqualTo("UNTYPED");
    assertThat(EventWarning.of(event.warnings())).contains(EventWarning.UNTYPED);
  }

  @Test
  void the_payload_of_an_envelope_with_a_type_may_be_anything() {
    DecodedEvent event =
        codec.accepted("{\"envelope_id\":\"e\",\"event_type\":\"a.b\",\"payload\":\"x\"}");

    assertThat(event.type().name()).isEqualTo("a.b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"node_id":"n","uptime_seconds":4}                            | NODE_HEARTBEAT
          {"service_name":"s","previous_state":"OPEN","new_state":"CLOSED"} | CIRCUIT_BREAKER_STATE_CHANGED
          {"node_id":"n","reason":"drained"}                            | NODE_SHUTDOWN
          {"node_id":"n","error_code":"E","retry_eligible":false}       | NODE_REGISTRATION_FAILED
          {"node_id":"n","endpoints":{},"metadata":{"zone":"a"}}        | NODE_INTROSPECTION
          {"node_id":"n","endpoints":{},"reason":"startup"}             | NODE_INTROSPECTION
          {"node_id":"n","registered_at":"2025-12-31T10:00:00Z"}        | NODE_REGISTER
          {"node_id":"n","reason":"x","deregistered_at":"2025-12-31T10:00:00Z"} | NODE_DEREGISTERED
          {"request_id":"r","target_node_ids":null,"reason":"startup"}  | INTROSPECTION_REQUEST
          {"logger_family":"kafka","log_level":"ERROR","raw_message":"m"} | RUNTIME_ERROR
          {"original_topic":"t","failure_reason":"x"}                   | DLQ_MESSAGE
          {"service_name":"s","metadata":{}}                            | UNTYPED
          """)
  void a_bare_payload_is_known_by_its_fields_alone_and_in_an_envelope(String payload, String type) {
    assertThat(codec.accepted(payload).type().name()).isEqualTo(type);
    assertThat(codec.accepted("{\"envelope_id\":\"e\",\"payload\":" + payload + "}").type().name())
        .isEqualTo(type);
  }

  @Test
  void an_error_of_a_runtime_is_complete_without_a_type() {
    DecodedEvent event =
        codec.accepted(
            """
            {"event_id":"%s","source_service":"effects","logger_family":"l","log_level":"ERROR",\
            "detected_at":"2025-12-31T10:00:00Z"}\
            """
                .formatted(ID));

    assertThat(nodeId(event)).isEqualTo("effects");
    assertThat(event.timeMicros()).isEqualTo(micros("2025-12-31T10:00:00Z"));
    assertThat(event.warnings()).isZero();
  }

  @Test
  void a_bare_payload_with_a_type_of_its_own_may_name_no_node_on_a_topic() {
    String payload = "{\"event_type\":\"db.query.failed\",\"contract_id\":\"c\"}";
    Carrier carrier =
        new Carrier(Topic.of("onex.evt.omnibase-infra.ledger.v1"), Carrier.NO_TIME, Map.of());

    assertThat(codec.accepted(payload, carrier).type().name()).isEqualTo("db.query.failed");
    assertThat(codec.refused(payload).field()).isEqualTo("node_id");
    assertThat(
            codec.decode(
                "{\"event_type\":\"NODE_START\",\"metadata\":{\"input_state\":{}}}", carrier))
        .isInstanceOf(DecodeOutcome.Refused.class);
  }

  @Test
  void an_envelope_may_name_its_node_and_time_as_the_bridge_does() {
    DecodedEvent event =
        codec.accepted(
            """
            {"event_id":"%s","event_type":"NODE_INTROSPECTION","source_node_id":"n",\
            "event_timestamp":"2025-12-31T10:00:00Z","payload":{"a":1}}\
            """
                .formatted(ID));

    assertThat(nodeId(event)).isEqualTo("n");
    assertThat(event.timeMicros()).isEqualTo(micros("2025-12-31T10:00:00Z"));
    assertThat(event.warnings()).isZero();
  }

  @Test
  void a_cloud_event_names_its_node_in_the_source() {
    DecodedEvent event =
        codec.accepted(
            """
            {"specversion":"1.0","type":"com.onex.node_success","source":"onex/press-1","id":"17",\
            "time":"2025-12-31T10:00:00Z","correlationid":"c","data":{"metadata":{"a":1}}}\
            """);

    assertThat(event.type()).isEqualTo(EventType.NODE_SUCCESS);
    assertThat(nodeId(event)).isEqualTo("press-1");
    assertThat(correlationId(event)).isEqualTo("c");
    assertThat(metadata(event)).isEqualTo("{\"a\":1}");
    assertThat(event.eventId().utf8()).as("unique within its source").isEqualTo("onex/press-1#17");
  }

  @Test
  void the_topic_gives_a_bare_payload_its_type_and_time() {
    Carrier carrier =
        new Carrier(
            Topic.of("onex.evt.platform.node-heartbeat.v1"), 1_767_000_000_000_000L, Map.of());

    DecodedEvent event = codec.accepted("{\"node_id\":\"n\",\"load\":0.5}", carrier);

    assertThat(event.type().name()).isEqualTo("NODE_HEARTBEAT");
    assertThat(event.timeMicros()).isEqualTo(1_767_000_000_000_000L);
    assertThat(event.timeAssumed()).isTrue();
    assertThat(metadata(event)).isEqualTo("{\"node_id\":\"n\",\"load\":0.5}");
  }

  @Test
  void a_record_written_as_json_is_read_as_if_it_came_from_its_topic() {
    DecodedEvent event =
        codec.accepted(
            """
            {"topic":"onex.evt.platform.node-heartbeat.v1","offset":3,"headers":{"message_id":"m-1"},\
            "timestamp_ms":1767000000000,"value":"{\\"node_id\\":\\"n\\"}"}\
            """);

    assertThat(event.type().name()).isEqualTo("NODE_HEARTBEAT");
    assertThat(event.body().utf8()).isEqualTo("{\"node_id\":\"n\"}");
    assertThat(event.eventId().utf8()).isEqualTo("m-1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"command_type":"REGISTER","entity_id":"n","payload":{}}      | COMMAND
          {"snapshot_type":"STATE","entity_id":"n"}                     | SNAPSHOT
          {"intent_type":"X","entity_id":"n"}                           | INTENT
          null                                                          | TOMBSTONE
          {"topic":"onex.cmd.a.b.v1","value":{"node_id":"n"}}           | COMMAND
          {"topic":"onex.registration.snapshots","value":"{}"}          | SNAPSHOT
          {"topic":"dev.users.commands.v1","value":"{}"}                | COMMAND
          {"topic":"dev.acme.onex.cmd.a.b.v1","value":{"node_id":"n"}}  | COMMAND
          {"topic":"onex.evt.a.b.v1","value":null}                      | TOMBSTONE
          """)
  void what_is_no_fact_is_ignored(String input, IgnoreReason reason) {
    assertThat(codec.decode(input)).isEqualTo(new DecodeOutcome.Ignored(reason));
  }

  @Test
  void log_lines_and_audit_entries_are_not_events() {
    DecodedEvent log =
        codec.accepted(
            "{\"level\":\"INFO\",\"message\":\"m\",\"service\":\"s\",\"timestamp\":\"?\"}");
    assertThat(log.kind()).isEqualTo(EventKind.LOG);
    assertThat(log.type()).isEqualTo(EventType.LOG_LINE);
    assertThat(nodeId(log)).isEqualTo("s");
    assertThat(log.timeAssumed()).isTrue();

    DecodedEvent audit =
        codec.accepted("{\"event_category\":\"authentication\",\"event_type\":\"login\"}");
    assertThat(audit.kind()).isEqualTo(EventKind.LOG);
    assertThat(audit.type()).isEqualTo(EventType.AUDIT);
  }

  @Test
  void white_space_is_nothing() {
    assertThat(codec.decode(" \t\r\n")).isEqualTo(new DecodeOutcome.Blank());
    assertThat(codec.decode("")).isEqualTo(new DecodeOutcome.Blank());
  }

  @Test
  void a_byte_order_mark_is_dropped() {
    DecodedEvent event = codec.accepted("\ufeff" + eventWith("\"x\":1"));

    assertThat(EventWarning.of(event.warnings())).containsExactly(EventWarning.BYTE_ORDER_MARK);
    assertThat(event.body().utf8()).startsWith("{");
  }

  @Test
  void escapes_in_ids_are_flagged_and_resolved_where_a_value_is_answered() {
    DecodedEvent event =
        codec.accepted(
            "{\"event_id\":\"a\\/b\",\"event_type\":\"X\",\"node_id\":\"n\\u00e4\",\"metadata\":{}}");

    assertThat(event.eventId().utf8()).isEqualTo("a/b");
    assertThat(event.nodeIdEscaped()).isTrue();
    assertThat(event.correlationIdEscaped()).isFalse();
  }

  @Test
  void an_event_in_the_middle_of_an_array_is_read_where_it_stands() {
    String input = eventWith("\"x\":1");
    byte[] bytes = ("xx" + input + "yy").getBytes(StandardCharsets.UTF_8);
    EventDecoder decoder = new EventDecoder(EventLimits.DEFAULT, SensitiveKeys.NONE, 1);

    DecodeOutcome outcome = decoder.decode(bytes, 2, bytes.length - 2, Carrier.NONE, 0);

    assertThat(outcome).isInstanceOf(DecodeOutcome.Accepted.class);
    assertThat(((DecodeOutcome.Accepted) outcome).event().body().utf8()).isEqualTo(input);
  }
}
