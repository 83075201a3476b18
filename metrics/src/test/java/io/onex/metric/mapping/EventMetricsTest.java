package io.onex.metric.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.onex.config.Glob;
import io.onex.config.MetricsConfig;
import io.onex.metric.model.MetricFamily;
import io.onex.operation.OperationSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventMetricsTest {
  private static final String NOW = "2026-11-22T09:44:11Z";
  private static final String RUN = "74174996-e229-4d60-ba6a-bbbc21a4b520";

  private static String event(String time, String node, String type, String metadata) {
    return event(time, node, type, "\"" + RUN + "\"", metadata);
  }

  private static String event(
      String time, String node, String type, String correlation, String metadata) {
    return """
    {"event_id":"%s-%s-%s-%s","timestamp":"%s","node_id":"%s","event_type":"%s","correlation_id":%s,"metadata":%s}\
    """
        .formatted(time, node, type, metadata.hashCode(), time, node, type, correlation, metadata);
  }

  private static final String[] STAMPER_RUN = {
    event(
        "2026-11-22T09:44:10.424926",
        "stamper_node-a8f2g",
        "TELEMETRY_OPERATION_START",
        "{\"operation\":\"stamp_file\",\"function\":\"run_stamper_node\"}"),
    event(
        "2026-11-22T09:44:10.425057",
        "stamper_node-a8f2g",
        "NODE_START",
        "{\"input_state\":{\"version\":\"1.1.1\"},\"node_version\":\"1.1.1\"}"),
    event(
        "2026-11-22T09:44:10.427815",
        "stamper_node-a8f2g",
        "NODE_SUCCESS",
        "{\"output_state\":{\"status\":\"error\",\"message\":\"not found\"}}"),
    event(
        "2026-11-22T09:44:10.427999",
        "stamper_node-a8f2g",
        "TELEMETRY_OPERATION_SUCCESS",
        "{\"operation\":\"stamp_file\",\"execution_time_ms\":3.07,\"success\":true}")
  };

  @Test
  void one_stamper_run_is_four_events_one_execution_and_one_operation() {
    Fed fed = Fed.withDefaults().take(NOW, STAMPER_RUN);

    assertThat(
            fed.value(
                "onex_events_total", "telemetry_operation_start", "stamper_node-a8f2g", "started"))
        .isEqualTo(1);
    assertThat(fed.value("onex_events_total", "node_success", "stamper_node-a8f2g", "error"))
        .isEqualTo(1);
    assertThat(series(fed, "onex_events_total").values().stream().mapToDouble(n -> n).sum())
        .isEqualTo(4);
    assertThat(fed.value("onex_node_executions_total", "stamper_node", "1.1.1", "error"))
        .isEqualTo(1);
    assertThat(series(fed, "onex_node_executions_total"))
        .containsOnly(
            Map.entry(List.of("stamper_node", "1.1.1", "success"), 0.0),
            Map.entry(List.of("stamper_node", "1.1.1", "error"), 1.0));
    assertThat(fed.value("onex_node_execution_duration_seconds", "stamper_node", "1.1.1"))
        .isEqualTo(1);
    assertThat(fed.value("onex_operation_duration_seconds", "stamper_node-a8f2g", "stamp_file"))
        .isEqualTo(1);
    assertThat(fed.value("onex_active_operations", "stamper_node-a8f2g")).isZero();
    assertThat(fed.value("onex_active_executions", "stamper_node")).isZero();
    assertThat(fed.conclusions()).isEqualTo(2);
  }

  @Test
  void the_first_failure_of_a_node_raises_a_series_that_its_start_began() {
    Fed fed = Fed.withDefaults().take(NOW, STAMPER_RUN[0], STAMPER_RUN[1]);

    assertThat(series(fed, "onex_node_executions_total"))
        .containsOnly(
            Map.entry(List.of("stamper_node", "1.1.1", "success"), 0.0),
            Map.entry(List.of("stamper_node", "1.1.1", "error"), 0.0));
    String id = "stamper_node-a8f2g";
    assertThat(series(fed, "onex_events_total"))
        .containsOnly(
            Map.entry(List.of("node_start", id, "started"), 1.0),
            Map.entry(List.of("node_success", id, "success"), 0.0),
            Map.entry(List.of("node_success", id, "error"), 0.0),
            Map.entry(List.of("node_failure", id, "error"), 0.0),
            Map.entry(List.of("telemetry_operation_start", id, "started"), 1.0),
            Map.entry(List.of("telemetry_operation_success", id, "success"), 0.0),
            Map.entry(List.of("telemetry_operation_success", id, "error"), 0.0),
            Map.entry(List.of("telemetry_operation_error", id, "error"), 0.0));

    fed.take(NOW, STAMPER_RUN[2]);
    assertThat(series(fed, "onex_node_executions_total"))
        .containsOnly(
            Map.entry(List.of("stamper_node", "1.1.1", "success"), 0.0),
            Map.entry(List.of("stamper_node", "1.1.1", "error"), 1.0));
  }

  private static Map<List<String>, Double> series(Fed fed, String family) {
    return fed.family(family).points().stream()
        .collect(
            Collectors.toMap(
                MetricFamily.Point::labelValues, point -> ((MetricFamily.Value) point).value()));
  }

  private static final String SENDER_START =
      event("2026-11-22T09:44:10", "n", "NODE_START", "{\"operation\":\"stamp\"}");
  private static final String SENDER_SUCCESS =
      event(
          "2026-11-22T09:44:12",
          "n",
          "NODE_SUCCESS",
          "{\"operation\":\"stamp\",\"duration_ms\":1500}");

  @Test
  void what_the_specifications_own_sender_says_is_an_operation() {
    Fed fed = Fed.withDefaults().take(NOW, SENDER_START);
    assertThat(fed.value("onex_active_operations", "n")).isEqualTo(1);

    fed.take(NOW, SENDER_SUCCESS);
    assertThat(fed.value("onex_active_operations", "n")).isZero();
    assertThat(fed.value("onex_operation_duration_seconds", "n", "stamp")).isEqualTo(1);
    assertThat(fed.text())
        .contains("onex_operation_duration_seconds_sum{node_id=\"n\",operation=\"stamp\"} 1.5");
  }

  @Test
  void the_type_of_an_operation_is_not_its_name() {
    Fed fed =
        Fed.withDefaults()
            .take(
                NOW,
                event("2026-11-22T09:44:10", "n", "NODE_START", "{\"operation_type\":\"batch\"}"),
                event("2026-11-22T09:44:11", "n", "NODE_SUCCESS", "{\"operation\":\"stamp\"}"),
                event("2026-11-22T09:44:12", "n", "NODE_START", "{\"operation_type\":\"batch\"}"))
            .restart()
            .take(NOW, event("2026-11-22T09:44:13", "n", "NODE_SUCCESS", "{}"));

    assertThat(fed.value("onex_operation_duration_seconds", "n", "stamp")).isEqualTo(1);
    assertThat(fed.value("onex_operation_duration_seconds", "n", "unknown")).isEqualTo(1);
  }

  @Test
  void a_run_told_by_both_families_under_one_name_is_observed_once() {
    Fed fed =
        Fed.withDefaults()
            .take(
                NOW,
                event(
                    "2026-11-22T09:44:09",
                    "n",
                    "TELEMETRY_OPERATION_START",
                    "{\"operation\":\"stamp\"}"),
                SENDER_START,
                SENDER_SUCCESS,
                event(
                    "2026-11-22T09:44:13",
                    "n",
                    "TELEMETRY_OPERATION_SUCCESS",
                    "{\"operation\":\"stamp\",\"execution_time_ms\":1750}"));

    assertThat(fed.value("onex_operation_duration_seconds", "n", "stamp")).isEqualTo(1);
    assertThat(fed.text())
        .contains("onex_operation_duration_seconds_sum{node_id=\"n\",operation=\"stamp\"} 1.75");
    assertThat(fed.value("onex_node_execution_duration_seconds", "n", "unknown")).isEqualTo(1);
    assertThat(fed.value("onex_active_operations", "n")).isZero();
  }

  @Test
  void operations_may_be_those_of_telemetry_alone_also_from_one_start_to_the_next() {
    EventMetricsSettings all = EventMetricsSettings.DEFAULT;
    EventMetricsSettings telemetry =
        new EventMetricsSettings(
            all.operations(), 100, Map.of(), MetricsConfig.Operations.TELEMETRY, List.of());
    Fed fed = new Fed(telemetry).take(NOW, SENDER_START);
    assertThat(fed.value("onex_active_operations", "n")).isZero();

    fed.restart(all);
    assertThat(fed.value("onex_active_operations", "n")).isEqualTo(1);
    fed.restart(telemetry);
    assertThat(fed.value("onex_active_operations", "n")).isZero();

    fed.restart(all).take(NOW, SENDER_SUCCESS);
    assertThat(fed.value("onex_active_operations", "n")).isZero();
    assertThat(fed.value("onex_active_executions", "n")).isZero();
    assertThat(fed.value("onex_operation_duration_seconds", "n", "stamp")).isEqualTo(1);
  }

  @Test
  void what_runs_is_active_until_it_ends_in_whatever_way() {
    Fed fed = Fed.withDefaults().take(NOW, STAMPER_RUN[0], STAMPER_RUN[1]);
    assertThat(fed.value("onex_active_operations", "stamper_node-a8f2g")).isEqualTo(2);
    assertThat(fed.value("onex_active_executions", "stamper_node")).isEqualTo(1);

    fed.take(
        NOW,
        event(
            "2026-11-22T09:44:10.427815",
            "stamper_node-a8f2g",
            "NODE_FAILURE",
            "{\"error\":\"boom\"}"));

    assertThat(fed.value("onex_active_operations", "stamper_node-a8f2g")).isEqualTo(1);
    assertThat(fed.value("onex_active_executions", "stamper_node")).isZero();
  }

  @Test
  void an_end_whose_start_was_never_seen_lowers_no_gauge() {
    Fed fed = Fed.withDefaults().take(NOW, STAMPER_RUN[2]).tick("2026-11-22T09:50:00Z");

    assertThat(fed.value("onex_active_executions", "stamper_node")).isZero();
    assertThat(fed.value("onex_node_executions_total", "stamper_node", "unknown", "error"))
        .isEqualTo(1);
    assertThat(fed.value("onex_gateway_operations_end_without_start_total")).isEqualTo(1);
  }

  @Test
  void what_is_stuck_is_not_active_and_what_is_forgotten_is_neither() {
    Fed fed = Fed.withDefaults().take(NOW, STAMPER_RUN[1]).tick("2026-11-22T10:14:11Z");
    assertThat(fed.value("onex_active_executions", "stamper_node")).isZero();
    assertThat(fed.value("onex_stuck_executions", "stamper_node")).isEqualTo(1);

    fed.tick("2026-11-23T09:44:11Z");
    assertThat(fed.value("onex_stuck_executions", "stamper_node")).isZero();
    assertThat(fed.value("onex_gateway_operations_expired_total")).isEqualTo(1);
  }

  @Test
  void a_stuck_execution_that_ends_after_all_leaves_no_trace_in_the_gauges() {
    Fed fed =
        Fed.withDefaults()
            .take(NOW, STAMPER_RUN[1])
            .tick("2026-11-22T10:14:11Z")
            .take("2026-11-22T10:15:00Z", STAMPER_RUN[2]);

    assertThat(fed.value("onex_active_executions", "stamper_node")).isZero();
    assertThat(fed.value("onex_stuck_executions", "stamper_node")).isZero();
  }

  @Test
  void an_operation_pushed_out_by_max_open_is_not_active_any_more() {
    OperationSettings one =
        new OperationSettings(
            Duration.ofMinutes(30), Duration.ofHours(24), Duration.ofSeconds(5), 1, 1);
    Fed fed =
        new Fed(
            new EventMetricsSettings(one, 100, Map.of(), MetricsConfig.Operations.ALL, List.of()));

    fed.take(
        NOW,
        event("2026-11-22T09:44:10", "a", "NODE_START", "null"),
        event("2026-11-22T09:44:10", "b", "NODE_START", "null"));

    assertThat(fed.value("onex_active_executions", "a")).isZero();
    assertThat(fed.value("onex_active_executions", "b")).isEqualTo(1);
    assertThat(fed.value("onex_gateway_operations_evicted_total")).isEqualTo(1);
  }

  @Test
  void the_slowest_bucket_names_the_trace_it_came_from() {
    Fed fed = Fed.withDefaults().take(NOW, STAMPER_RUN);

    assertThat(fed.text())
        .contains(
            "onex_operation_duration_seconds_bucket{node_id=\"stamper_node-a8f2g\","
                + "operation=\"stamp_file\",le=\"0.005\"} 1 # {trace_id=\""
                + RUN.replace("-", "")
                + "\"} 0.00307 ");
  }

  @Test
  void events_of_every_other_type_are_counted_as_what_they_are() {
    Fed fed =
        Fed.withDefaults()
            .take(
                NOW,
                event("2026-11-22T09:44:10", "n", "SCENARIO_FAILED", "{}"),
                event("2026-11-22T09:44:10", "n", "NODE_HEARTBEAT", "{}"),
                event("2026-11-22T09:44:10", "n", "plugin.ai_assistant.completion", "{}"),
                event("2026-11-22T09:44:10", "n", "NODE_DISCOVERY_REQUEST", "{}"),
                event("2026-11-22T09:44:10", "n", "TOOL_DISCOVERY_REQUEST", "{}"));

    assertThat(fed.value("onex_events_total", "scenario_failed", "n", "error")).isEqualTo(1);
    assertThat(fed.value("onex_events_total", "node_heartbeat", "n", "info")).isEqualTo(1);
    assertThat(fed.value("onex_events_total", "plugin.ai_assistant.completion", "n", "info"))
        .isEqualTo(1);
    assertThat(fed.value("onex_registry_discovery_requests_total")).isEqualTo(2);
  }

  @Test
  void executions_of_validator_nodes_are_validation_runs() {
    Fed fed =
        Fed.withDefaults()
            .take(
                NOW,
                event("2026-11-22T09:44:10", "schema_validator_node", "NODE_START", "{}"),
                event(
                    "2026-11-22T09:44:10.4",
                    "schema_validator_node",
                    "NODE_FAILURE",
                    "{\"error\":\"bad\",\"error_code\":\"ONEX_VALID_101\",\"execution_time_ms\":400}"));

    assertThat(fed.value("onex_validation_runs_total", "schema_validator_node", "error"))
        .isEqualTo(1);
    assertThat(fed.value("onex_validation_errors_total", "valid", "ONEX_VALID_101", "error"))
        .isEqualTo(1);
    assertThat(fed.value("onex_validation_duration_seconds", "schema_validator_node")).isEqualTo(1);
    assertThat(fed.value("onex_node_executions_total", "schema_validator_node", "unknown", "error"))
        .isEqualTo(1);
  }

  @Test
  void which_nodes_are_validators_is_a_setting() {
    Fed fed =
        new Fed(
            new EventMetricsSettings(
                OperationSettings.DEFAULT,
                100,
                Map.of(),
                MetricsConfig.Operations.ALL,
                List.of(Glob.of("stamper*"))));

    fed.take(NOW, STAMPER_RUN);

    assertThat(fed.value("onex_validation_runs_total", "stamper_node", "error")).isEqualTo(1);
    assertThat(fed.value("onex_validation_errors_total", "unknown", "unknown", "error"))
        .isEqualTo(1);
  }

  @Test
  void test_coverage_is_what_an_event_last_told() {
    Fed fed =
        Fed.withDefaults()
            .take(
                NOW,
                event(
                    "2026-11-22T09:44:10",
                    "test_runner:1.0.0",
                    "PERFORMANCE_METRIC",
                    "{\"test_coverage_percent\":79.5}"),
                event(
                    "2026-11-22T09:44:10",
                    "test_runner:1.0.0",
                    "NODE_SUCCESS",
                    "{\"output_state\":{\"test_coverage_percent\":81}}"),
                event(
                    "2026-11-22T09:44:10",
                    "test_runner:1.0.0",
                    "HEALTH_CHECK",
                    "{\"test_coverage_percent\":\"many\"}"));

    assertThat(fed.value("onex_test_coverage_percent", "test_runner")).isEqualTo(81);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "test_coverage_percent":7                                                        | 7
          "test_coverage_percent":7,"metadata":{"a":1}                                     | 7
          "test_coverage_percent":7,"metadata":{"test_coverage_percent":8}                 | 8
          "test_coverage_percent":7,"payload":{"test_coverage_percent":8,"metadata":{}}    | 8
          "output_state":{"test_coverage_percent":7},"metadata":{}                         | 7
          """)
  void test_coverage_counts_beside_the_metadata_where_that_does_not_tell_it(
      String rest, double percent) {
    String event =
        "{\"event_type\":\"NODE_SUCCESS\",\"node_id\":\"runner:1\",\"event_id\":\"e\",\"timestamp\":"
            + "\"2026-11-22T09:44:10Z\","
            + rest
            + "}";
    Fed fed = Fed.withDefaults().take(NOW, event);
    assertThat(fed.value("onex_test_coverage_percent", "runner")).isEqualTo(percent);
  }

  @Test
  void audit_records_tell_who_asked_and_the_answer() {
    Fed fed =
        Fed.withDefaults()
            .take(
                NOW,
                """
                {"event_category":"authorization","user_id":"user123","resource":"nodes/stamper_node",\
                "action":"execute","result":"denied","timestamp":"2025-05-27T10:31:01.000001"}\
                """,
                """
                {"event_category":"authentication","event_type":"failed_login","user_id":"user123",\
                "source_ip":"192.0.2.1","timestamp":"2025-05-27T10:31:01.000001"}\
                """);

    assertThat(fed.value("onex_authorization_checks_total", "nodes", "execute", "denied"))
        .isEqualTo(1);
    assertThat(fed.value("onex_authentication_attempts_total", "unknown", "failure")).isEqualTo(1);
    assertThat(fed.text()).doesNotContain("user123");
  }

  @Test
  void beyond_the_budget_nodes_share_one_series_and_sums_stay_right() {
    Fed fed =
        new Fed(
            new EventMetricsSettings(
                OperationSettings.DEFAULT,
                100,
                Map.of("onex_events_total", 2),
                MetricsConfig.Operations.ALL,
                List.of()));
    for (String node : List.of("a", "b", "c", "d", "a")) {
      fed.take(NOW, event("2026-11-22T09:44:10", node, "NODE_HEARTBEAT", "{}"));
    }

    assertThat(fed.value("onex_events_total", "node_heartbeat", "a", "info")).isEqualTo(2);
    assertThat(fed.value("onex_events_total", "__overflow__", "__overflow__", "info")).isEqualTo(2);
    assertThat(fed.value("onex_gateway_metric_overflows_total", "onex_events_total")).isEqualTo(2);
    assertThat(fed.value("onex_gateway_metric_series", "onex_events_total")).isEqualTo(2);
  }

  @Test
  void every_family_is_described_in_the_reference() throws IOException {
    String page = Files.readString(Path.of("../docs/reference/metrics.md"));

    for (MetricFamily family : Fed.withDefaults().fold().families()) {
      assertThat(page).contains("`" + family.name() + "`");
      for (String label : family.labelNames()) {
        assertThat(page).contains(label);
      }
    }
  }
}
