package io.onex.operation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.onex.event.EventType;
import io.onex.log.Record;
import io.onex.log.RecordFlags;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class OperationFoldTest {
  private static final String RUN = "74174996-e229-4d60-ba6a-bbbc21a4b520";

  private static String event(
      String id, String time, String node, String type, String correlation, String metadata) {
    return """
    {"event_id":"%s","timestamp":"%s","node_id":"%s","event_type":"%s","correlation_id":%s,"metadata":%s}\
    """
        .formatted(
            id,
            time,
            node,
            type,
            correlation.isEmpty() ? "null" : "\"" + correlation + "\"",
            metadata);
  }

  private static String nodeStart(String id, String time, String node, String correlation) {
    return event(id, time, node, "NODE_START", correlation, "{\"input_state\":{}}");
  }

  private static String nodeSuccess(String id, String time, String node, String correlation) {
    return event(id, time, node, "NODE_SUCCESS", correlation, "{\"output_state\":{}}");
  }

  private static String stampStart(String id, String time, String correlation) {
    return event(
        id,
        time,
        "stamper_node",
        "TELEMETRY_OPERATION_START",
        correlation,
        """
        {"operation":"stamp_file","function":"run_stamper_node","args_count":1}\
        """);
  }

  private static String stampSuccess(String id, String time, String correlation, String millis) {
    return event(
        id,
        time,
        "stamper_node",
        "TELEMETRY_OPERATION_SUCCESS",
        correlation,
        """
        {"operation":"stamp_file","function":"run_stamper_node","execution_time_ms":%s,"success":true}\
        """
            .formatted(millis));
  }

  private static Record newYorkStart() {
    return Events.record(
        stampStart("s", "2026-11-22T04:52:57.735629", RUN),
        Events.micros("2026-11-22T09:52:57.736"));
  }

  @Test
  void a_start_and_its_success_become_one_operation() {
    FoldRun run =
        FoldRun.withDefaults()
            .take(
                nodeStart("s", "2026-11-22T09:44:10.425057", "stamper_node:1.1.1", RUN),
                nodeSuccess("e", "2026-11-22T09:44:10.427815", "stamper_node:1.1.1", RUN));

    JsonNode ended = run.only();
    assertThat(ended.path("family").asText()).isEqualTo("node");
    assertThat(ended.path("node_id").asText()).isEqualTo("stamper_node:1.1.1");
    assertThat(ended.path("node_name").asText()).isEqualTo("stamper_node");
    assertThat(ended.path("version").asText()).isEqualTo("1.1.1");
    assertThat(ended.path("correlation_id").asText()).isEqualTo(RUN);
    assertThat(ended.path("trace_id").asText()).isEqualTo(RUN.replace("-", ""));
    assertThat(ended.path("start_us").asLong())
        .isEqualTo(Events.micros("2026-11-22T09:44:10.425057"));
    assertThat(ended.path("duration_us").asLong()).isEqualTo(2758);
    assertThat(ended.path("duration_source").asText()).isEqualTo("clock");
    assertThat(ended.path("outcome").asText()).isEqualTo("success");
    assertThat(ended.path("error").isMissingNode()).isTrue();
    assertThat(ended.path("start_event_id").asText()).isEqualTo("s");
    assertThat(ended.path("end_event_id").asText()).isEqualTo("e");
    assertThat(run.fold().running()).isZero();
  }

  @Test
  void the_derived_record_knows_its_node_correlation_and_origin() {
    Record ended =
        FoldRun.withDefaults()
            .take(
                nodeStart("s", "2026-11-22T09:44:10", "node \\\"1\\\"", "demo"),
                nodeSuccess("e", "2026-11-22T09:44:11", "node \\\"1\\\"", "demo"))
            .records()
            .getFirst();

    assertThat(ended.type()).isEqualTo(EventType.OPERATION_ENDED);
    assertThat(ended.nodeId().utf8()).isEqualTo("node \\\"1\\\"");
    assertThat(ended.has(RecordFlags.NODE_ID_ESCAPED)).isTrue();
    assertThat(ended.correlationId().utf8()).isEqualTo("demo");
    assertThat(ended.has(RecordFlags.ORIGIN_GATEWAY)).isTrue();
    assertThat(ended.eventTimeMicros()).isEqualTo(Events.micros("2026-11-22T09:44:11"));
    assertThat(ended.eventId().utf8()).hasSize(36);
  }

  @Test
  void the_body_reads_back_as_the_same_operation() {
    FoldRun run =
        FoldRun.withDefaults()
            .take(newYorkStart())
            .take(
                event(
                    "e",
                    "2026-11-22T09:52:57.748295",
                    "stamper_node",
                    "TELEMETRY_OPERATION_ERROR",
                    RUN,
                    """
                    {"operation":"stamp_file","execution_time_ms":12.63,"error_type":"OSError",\
                    "error_message":"no \\"file\\"\\n☕","error_code":"ONEX_CORE_021"}\
                    """));

    Operation read = Operation.read(run.records().getFirst().body());

    assertThat(read.eventId()).isEqualTo(run.records().getFirst().eventId().utf8());
    assertThat(read.spanIdHex()).isEqualTo(run.only().path("span_id").asText());
    assertThat(read.error())
        .isEqualTo(new OperationError("no \"file\"\n☕", "OSError", "ONEX_CORE_021"));
    assertThat(read.clockCorrected()).isTrue();
    assertThat(read.durationSource()).isEqualTo(DurationSource.EXECUTION_TIME_MS);
    assertThat(read.spanIdHex()).isEqualTo(run.only().path("span_id").asText()).hasSize(16);
    assertThat(read.function().text()).isEqualTo("run_stamper_node");
  }

  @Test
  void a_new_york_run_whose_start_is_five_hours_early_takes_what_its_end_says() {
    JsonNode ended =
        FoldRun.withDefaults()
            .take(newYorkStart())
            .take(stampSuccess("e", "2026-11-22T09:52:57.748295", RUN, "12.63"))
            .only();

    assertThat(ended.path("duration_us").asLong()).isEqualTo(12_630);
    assertThat(ended.path("start_us").asLong())
        .isEqualTo(Events.micros("2026-11-22T09:52:57.735665"));
    assertThat(ended.path("clock_corrected").asBoolean()).isTrue();
  }

  @Test
  void a_start_in_berlin_time_is_corrected_by_arrival_when_the_end_tells_no_duration() {
    FoldRun run = FoldRun.withDefaults();
    long arrived = Events.micros("2026-07-01T10:00:00");
    run.take(Events.record(stampStart("s", "2026-07-01T12:00:00", RUN), arrived));
    run.take(
        Events.record(
            stampSuccess("e", "2026-07-01T10:00:03.5", RUN, "null"), arrived + 3_600_000));

    assertThat(run.only().path("duration_us").asLong()).isEqualTo(3_500_000);
    assertThat(run.only().path("start_us").asLong())
        .isEqualTo(Events.micros("2026-07-01T10:00:00"));
    assertThat(run.only().path("clock_corrected").asBoolean()).isTrue();
  }

  @Test
  void a_telemetry_start_in_utc_is_left_as_it_is() {
    JsonNode ended =
        FoldRun.withDefaults()
            .take(
                stampStart("s", "2026-11-22T09:44:10.285582", RUN),
                stampSuccess("e", "2026-11-22T09:44:10.298553", RUN, "12.96"))
            .only();

    assertThat(ended.path("clock_corrected").asBoolean()).isFalse();
    assertThat(ended.path("start_us").asLong())
        .isEqualTo(Events.micros("2026-11-22T09:44:10.285582"));
    assertThat(ended.path("duration_us").asLong()).isEqualTo(12_960);
  }

  @Test
  void a_success_whose_output_state_is_error_is_an_error() {
    JsonNode ended =
        FoldRun.withDefaults()
            .take(
                nodeStart("s", "2026-11-22T09:44:10.425057", "stamper_node", RUN),
                event(
                    "e",
                    "2026-11-22T09:44:10.427815",
                    "stamper_node",
                    "NODE_SUCCESS",
                    RUN,
                    """
                    {"input_state":{"status":"success"},"output_state":{"version":"1.1.1",\
                    "status":"error","message":"Error stamping file"}}\
                    """))
            .only();

    assertThat(ended.path("outcome").asText()).isEqualTo("error");
    assertThat(ended.path("error").path("message").asText()).isEqualTo("Error stamping file");
  }

  @Test
  void a_timeout_is_an_error_of_type_timeout() {
    JsonNode ended =
        FoldRun.withDefaults()
            .take(
                nodeStart("s", "2026-11-22T09:44:10", "n", RUN),
                event(
                    "e",
                    "2026-11-22T09:44:15",
                    "n",
                    "NODE_FAILURE",
                    RUN,
                    "{\"status\":\"timeout\"}"))
            .only();

    assertThat(ended.path("outcome").asText()).isEqualTo("error");
    assertThat(ended.path("error").path("type").asText()).isEqualTo("timeout");
  }

  @Test
  void a_conclusion_says_of_an_error_only_what_its_end_said() {
    List<String> parts =
        List.of("\"error\":\"gone\"", "\"error_type\":\"E\"", "\"error_code\":\"C1\"");
    for (int told = 0; told < 8; told++) {
      List<String> said = new ArrayList<>();
      for (int part = 0; part < 3; part++) {
        if ((told & 1 << part) != 0) {
          said.add(parts.get(part));
        }
      }
      FoldRun run =
          FoldRun.withDefaults()
              .take(
                  nodeStart("s", "2026-11-22T09:44:10", "n", RUN),
                  event(
                      "e",
                      "2026-11-22T09:44:15",
                      "n",
                      "NODE_FAILURE",
                      RUN,
                      "{" + String.join(",", said) + "}"));

      JsonNode error = run.only().path("error");
      assertThat(error.path("message").asText("none")).isEqualTo((told & 1) != 0 ? "gone" : "none");
      assertThat(error.path("type").asText("none")).isEqualTo((told & 2) != 0 ? "E" : "none");
      assertThat(error.path("code").asText("none")).isEqualTo((told & 4) != 0 ? "C1" : "none");
      assertThat(error.isMissingNode()).isEqualTo(told == 0);
      Operation read = Operation.read(run.records().getFirst().body());
      assertThat(read.outcome()).isEqualTo(Outcome.ERROR);
      assertThat(read.error())
          .isEqualTo(
              new OperationError(
                  (told & 1) != 0 ? "gone" : "",
                  (told & 2) != 0 ? "E" : "",
                  (told & 4) != 0 ? "C1" : ""));
    }
  }

  @Test
  void the_four_events_of_one_stamper_run_are_two_operations_one_inside_the_other() {
    List<JsonNode> ended =
        FoldRun.withDefaults()
            .take(
                stampStart("ts", "2026-11-22T09:44:10.424926", RUN),
                nodeStart("ns", "2026-11-22T09:44:10.425057", "stamper_node", RUN),
                nodeSuccess("ne", "2026-11-22T09:44:10.427815", "stamper_node", RUN),
                stampSuccess("te", "2026-11-22T09:44:10.427999", RUN, "3.07"))
            .bodies();

    assertThat(ended)
        .extracting(body -> body.path("family").asText())
        .containsExactly("node", "telemetry");
    assertThat(ended.get(0).path("parent_span_id").asText())
        .isEqualTo(ended.get(1).path("span_id").asText());
    assertThat(ended.get(1).path("parent_span_id").isMissingNode()).isTrue();
    assertThat(ended.get(0).path("trace_id")).isEqualTo(ended.get(1).path("trace_id"));
  }

  @Test
  void starts_that_arrive_in_the_wrong_order_still_nest_as_they_ran() {
    List<JsonNode> ended =
        FoldRun.withDefaults()
            .take(
                nodeStart("ns", "2026-11-22T09:44:10.425057", "stamper_node", RUN),
                stampStart("ts", "2026-11-22T09:44:10.424926", RUN),
                nodeSuccess("ne", "2026-11-22T09:44:10.427815", "stamper_node", RUN),
                stampSuccess("te", "2026-11-22T09:44:10.427999", RUN, "3.07"))
            .bodies();

    assertThat(ended.get(0).path("family").asText()).isEqualTo("node");
    assertThat(ended.get(0).path("parent_span_id").asText())
        .isEqualTo(ended.get(1).path("span_id").asText());
    assertThat(ended.get(1).path("parent_span_id").isMissingNode()).isTrue();
  }

  @Test
  void without_correlation_id_the_events_of_a_node_pair_in_order() {
    List<JsonNode> ended =
        FoldRun.withDefaults()
            .take(
                nodeStart("s1", "2026-11-22T09:44:10", "a", ""),
                nodeStart("s2", "2026-11-22T09:44:11", "a", ""),
                nodeStart("s3", "2026-11-22T09:44:11", "b", ""),
                nodeSuccess("e1", "2026-11-22T09:44:12", "a", ""),
                nodeSuccess("e3", "2026-11-22T09:44:13", "b", ""),
                nodeSuccess("e2", "2026-11-22T09:44:14", "a", ""))
            .bodies();

    assertThat(ended)
        .extracting(
            body -> body.path("start_event_id").asText() + body.path("end_event_id").asText())
        .containsExactly("s1e1", "s3e3", "s2e2");
  }

  @Test
  void an_end_that_arrives_before_its_start_waits_for_it() {
    FoldRun run =
        FoldRun.withDefaults()
            .take(nodeSuccess("e", "2025-05-25T14:30:02", "reorder_node", "reorder-1"));
    assertThat(run.bodies()).isEmpty();
    assertThat(run.fold().held()).isEqualTo(1);

    run.take(
        Events.record(
            nodeStart("s", "2025-05-25T14:30:00", "reorder_node", "reorder-1"),
            Events.micros("2025-05-25T14:30:03")));

    assertThat(run.only().path("duration_us").asLong()).isEqualTo(2_000_000);
    assertThat(run.fold().held()).isZero();
    assertThat(run.fold().running()).isZero();
  }

  @Test
  void a_later_run_does_not_take_the_end_of_an_earlier_one_whose_start_was_lost() {
    FoldRun run =
        FoldRun.withDefaults()
            .take(
                nodeSuccess("e1", "2026-11-22T09:44:10", "a", ""),
                nodeStart("s2", "2026-11-22T09:44:11", "a", ""),
                nodeSuccess("e2", "2026-11-22T09:44:13", "a", ""));

    assertThat(run.only().path("start_event_id").asText()).isEqualTo("s2");
    assertThat(run.only().path("end_event_id").asText()).isEqualTo("e2");
  }

  @Test
  void an_end_without_start_is_concluded_alone_after_the_grace_period() {
    FoldRun run =
        FoldRun.withDefaults()
            .take(stampSuccess("e", "2026-11-22T09:44:10.302993", "demo-session-42", "4.19"))
            .tick("2026-11-22T09:44:15.302993");
    assertThat(run.bodies()).isEmpty();

    run.tick("2026-11-22T09:44:15.302994");

    assertThat(run.only().path("start_event_id").isMissingNode()).isTrue();
    assertThat(run.only().path("duration_us").asLong()).isEqualTo(4190);
    assertThat(run.only().path("start_us").asLong())
        .isEqualTo(Events.micros("2026-11-22T09:44:10.298803"));
    assertThat(run.fold().counts().endWithoutStart()).isEqualTo(1);
  }

  @Test
  void a_negative_duration_is_dropped_and_counted() {
    FoldRun run =
        FoldRun.withDefaults()
            .take(stampSuccess("e", "2025-05-25T14:30:00.123456", RUN, "-3.2"))
            .tick("2025-05-25T14:31:00");

    assertThat(run.only().path("duration_us").isMissingNode()).isTrue();
    assertThat(run.only().path("duration_source").asText()).isEqualTo("none");
    assertThat(run.fold().counts().badDurations()).isEqualTo(1);
  }

  @Test
  void a_duration_that_is_no_number_or_longer_than_a_year_gives_way_to_the_clock() {
    for (String broken : List.of("\"not_a_number\"", "12345678901234567890", "true")) {
      FoldRun run =
          FoldRun.withDefaults()
              .take(
                  stampStart("s", "2026-11-22T09:44:10", RUN),
                  stampSuccess("e", "2026-11-22T09:44:11", RUN, broken));

      assertThat(run.only().path("duration_us").asLong()).isEqualTo(1_000_000);
      assertThat(run.fold().counts().badDurations()).isEqualTo(1);
    }
  }

  @Test
  void execution_time_ms_wins_over_duration_ms_and_that_over_duration_in_seconds() {
    FoldRun run = FoldRun.withDefaults();
    run.take(
            event("a", "2026-11-22T09:44:10", "n", "NODE_SUCCESS", "", "{\"duration\":1.5}"),
            event(
                "b",
                "2026-11-22T09:44:10",
                "n",
                "NODE_SUCCESS",
                "",
                "{\"duration\":1.5,\"duration_ms\":99}"),
            event(
                "c",
                "2026-11-22T09:44:10",
                "n",
                "NODE_SUCCESS",
                "",
                "{\"duration\":1.5,\"duration_ms\":99,\"execution_time_ms\":10.0}"))
        .tick("2026-11-22T09:45:00");

    assertThat(run.bodies())
        .extracting(body -> body.path("duration_us").asLong())
        .containsExactly(1_500_000L, 99_000L, 10_000L);
  }

  @Test
  void events_that_lost_the_name_of_their_operation_still_pair() {
    String lost = "{\"operation\":null,\"execution_time_ms\":4.19,\"error_type\":\"ValueError\"}";
    FoldRun run =
        FoldRun.withDefaults()
            .take(
                stampStart("s", "2026-11-22T09:44:10", RUN),
                event(
                    "e",
                    "2026-11-22T09:44:10.00419",
                    "stamper_node",
                    "TELEMETRY_OPERATION_ERROR",
                    RUN,
                    lost));

    assertThat(run.only().path("start_event_id").asText()).isEqualTo("s");
    assertThat(run.only().path("operation").asText()).isEqualTo("stamp_file");
    assertThat(run.only().path("error").path("type").asText()).isEqualTo("ValueError");
  }

  @Test
  void an_operation_without_end_is_stuck_once_and_can_still_end() {
    FoldRun run =
        FoldRun.withDefaults()
            .take(nodeStart("s", "2026-11-22T09:00:00", "orphan_node", "orphan-1"))
            .tick("2026-11-22T09:29:59.999999");
    assertThat(run.bodies()).isEmpty();

    run.tick("2026-11-22T09:30:00").tick("2026-11-22T10:00:00");
    assertThat(run.only().path("outcome").asText()).isEqualTo("stuck");
    assertThat(run.records().getFirst().type()).isEqualTo(EventType.OPERATION_STUCK);
    assertThat(run.fold().stuck()).isEqualTo(1);
    assertThat(run.fold().running()).isZero();

    run.take(nodeSuccess("e", "2026-11-22T10:00:01", "orphan_node", "orphan-1"));
    assertThat(run.last().path("outcome").asText()).isEqualTo("success");
    assertThat(run.last().path("was_stuck").asBoolean()).isTrue();
    assertThat(run.last().path("span_id")).isEqualTo(run.bodies().getFirst().path("span_id"));
    assertThat(run.fold().stuck()).isZero();
  }

  @Test
  void a_stuck_new_york_start_is_told_in_utc() {
    FoldRun run = FoldRun.withDefaults().take(newYorkStart()).tick("2026-11-22T11:00:00");

    assertThat(run.only().path("start_us").asLong())
        .isEqualTo(Events.micros("2026-11-22T09:52:57.735629"));
    assertThat(run.only().path("clock_corrected").asBoolean()).isTrue();
  }

  @Test
  void a_stuck_operation_gives_way_to_a_newer_one_of_the_same_node() {
    FoldRun run =
        FoldRun.withDefaults()
            .take(
                nodeStart("lost", "2026-11-22T09:00:00", "a", ""),
                nodeStart("s2", "2026-11-22T09:40:00", "a", ""),
                nodeSuccess("e2", "2026-11-22T09:40:01", "a", ""));

    assertThat(run.last().path("start_event_id").asText()).isEqualTo("s2");
    assertThat(run.last().path("duration_us").asLong()).isEqualTo(1_000_000);
  }

  @Test
  void a_stuck_operation_is_forgotten_in_the_end() {
    FoldRun run =
        FoldRun.withDefaults()
            .take(nodeStart("s", "2026-11-22T09:00:00", "orphan_node", ""))
            .tick("2026-11-22T09:30:00")
            .tick("2026-11-23T09:00:00");

    assertThat(run.fold().stuck()).isZero();
    assertThat(run.fold().counts().expired()).isEqualTo(1);
    assertThat(run.bodies()).hasSize(1);
  }

  @Test
  void the_same_events_lead_to_the_same_derived_ids() {
    String[] events = {
      nodeStart("s", "2026-11-22T09:00:00", "a", RUN),
      nodeSuccess("e", "2026-11-22T09:00:01", "a", RUN)
    };

    assertThat(FoldRun.withDefaults().take(events).only())
        .isEqualTo(FoldRun.withDefaults().take(events).only());
  }

  @Test
  void an_id_of_64_bits_is_the_trace_id_filled_with_zeros() {
    for (String id : List.of("463ac35c9f6413ad", "463AC35C9F6413AD")) {
      FoldRun run =
          FoldRun.withDefaults()
              .take(
                  nodeStart("s", "2025-05-25T14:30:00", "n", id),
                  nodeSuccess("e", "2025-05-25T14:30:01", "n", id.toLowerCase(Locale.ROOT)));

      assertThat(run.only().path("trace_id").asText())
          .isEqualTo("0000000000000000463ac35c9f6413ad");
      assertThat(run.only().path("duration_us").asLong()).isEqualTo(1_000_000);
    }
  }

  @Test
  void the_spellings_of_one_correlation_id_are_one() {
    List<String> spellings =
        List.of(
            RUN,
            RUN.toUpperCase(Locale.ROOT),
            RUN.replace("-", ""),
            "{" + RUN + "}",
            "urn:uuid:" + RUN);
    for (String started : spellings) {
      for (String ended : spellings) {
        FoldRun run =
            FoldRun.withDefaults()
                .take(
                    nodeStart("s", "2025-05-25T14:30:00", "n", started),
                    nodeSuccess("e", "2025-05-25T14:30:01", "n", ended));

        assertThat(run.only().path("duration_us").asLong()).isEqualTo(1_000_000);
        assertThat(run.only().path("trace_id").asText()).isEqualTo(RUN.replace("-", ""));
      }
    }
  }

  @Test
  void a_trace_id_that_means_none_is_passed_over() {
    for (String none : List.of("None", "", "0", "0000000000000000", "N/A", "undefined", "-")) {
      String start =
          event(
              "s",
              "2025-05-25T14:30:00",
              "n",
              "NODE_START",
              RUN,
              "{\"input_state\":{},\"trace_id\":\"" + none + "\"}");
      String end = nodeSuccess("e", "2025-05-25T14:30:01", "n", RUN);
      FoldRun run = FoldRun.withDefaults().take(start, end);

      assertThat(run.only().path("trace_id").asText()).isEqualTo(RUN.replace("-", ""));
    }
  }

  @Test
  void the_trace_id_of_the_event_wins_wherever_it_stands() {
    String trace = "0af7651916cd43dd8448eb211c80319c";
    String end = nodeSuccess("e", "2026-11-22T09:00:00", "a", RUN);
    for (String carrying :
        List.of(
            end.replace("{\"output_state\"", "{\"trace_id\":\"" + trace + "\",\"output_state\""),
            end.replaceFirst("\\{", "{\"trace_id\":\"" + trace + "\","),
            end.substring(0, end.length() - 1) + ",\"trace_id\":\"" + trace + "\"}")) {
      FoldRun run = FoldRun.withDefaults().take(carrying).tick("2026-11-22T10:00:00");

      assertThat(run.only().path("trace_id").asText()).isEqualTo(trace);
    }
  }
}
