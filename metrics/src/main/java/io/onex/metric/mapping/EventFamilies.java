package io.onex.metric.mapping;

import static io.onex.metric.model.LabelSpec.closed;
import static io.onex.metric.model.LabelSpec.open;
import static io.onex.metric.model.LabelSpec.outcome;

import io.onex.metric.model.CounterFamily;
import io.onex.metric.model.Family;
import io.onex.metric.model.FamilySpec;
import io.onex.metric.model.GaugeFamily;
import io.onex.metric.model.HistogramFamily;
import io.onex.metric.model.LabelSpec;
import java.util.List;

/// The families fed from events: names and labels of both seeds as onex-facts e and e2 settle them.
///
/// A new one is declared here, fed by the class of its events, listed in [#all] and described in
/// `docs/reference/metrics.md`; a test compares that page with this list.
final class EventFamilies {
  /// The seed's buckets, and 30 and 60 s, as its alerts ask about 30 s.
  private static final List<Double> SECONDS =
      List.of(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0);

  final CounterFamily events;
  final HistogramFamily operationDuration;
  final GaugeFamily activeOperations;
  final GaugeFamily stuckOperations;
  final CounterFamily executions;
  final HistogramFamily executionDuration;
  final GaugeFamily activeExecutions;
  final GaugeFamily stuckExecutions;
  final CounterFamily validationRuns;
  final CounterFamily validationErrors;
  final HistogramFamily validationDuration;
  final GaugeFamily testCoverage;
  final CounterFamily discoveryRequests;
  final CounterFamily authentications;
  final CounterFamily authorizations;

  private final EventMetricsSettings settings;

  EventFamilies(EventMetricsSettings settings) {
    this.settings = settings;
    events =
        counter(
            "onex_events_total",
            "Accepted events.",
            open("event_type"),
            open("node_id"),
            closed("status"));
    operationDuration =
        histogram(
            "onex_operation_duration_seconds",
            "Duration of ended operations, of both families unless metrics.operations says otherwise.",
            open("node_id"),
            open("operation"));
    activeOperations =
        gauge(
            "onex_active_operations",
            "Operations that have started, not ended and are not stuck.",
            open("node_id"));
    stuckOperations =
        gauge(
            "onex_stuck_operations",
            "Operations that have not ended within stuck_after.",
            open("node_id"));
    executions =
        counter(
            "onex_node_executions_total",
            "Ended executions of nodes (NODE family).",
            open("node_name"),
            open("version"),
            outcome("status", "success", "error"));
    executionDuration =
        histogram(
            "onex_node_execution_duration_seconds",
            "Duration of ended executions of nodes (NODE family).",
            open("node_name"),
            open("version"));
    activeExecutions =
        gauge(
            "onex_active_executions",
            "Executions of nodes that have started, not ended and are not stuck.",
            open("node_name"));
    stuckExecutions =
        gauge(
            "onex_stuck_executions",
            "Executions of nodes that have not ended within stuck_after.",
            open("node_name"));
    validationRuns =
        counter(
            "onex_validation_runs_total",
            "Ended executions of validator nodes.",
            open("validator_type"),
            outcome("status", "success", "error"));
    validationErrors =
        counter(
            "onex_validation_errors_total",
            "Failed executions of validator nodes by error.",
            open("error_category"),
            open("error_code"),
            closed("severity"));
    validationDuration =
        histogram(
            "onex_validation_duration_seconds",
            "Duration of ended executions of validator nodes.",
            open("validator_type"));
    testCoverage =
        gauge(
            "onex_test_coverage_percent",
            "Test coverage, 0 to 100, as last told by an event.",
            open("node_name"));
    discoveryRequests =
        counter(
            "onex_registry_discovery_requests_total",
            "NODE_DISCOVERY_REQUEST and TOOL_DISCOVERY_REQUEST events.");
    authentications =
        counter(
            "onex_authentication_attempts_total",
            "Authentication audit records.",
            open("method"),
            outcome("result", "success", "failure"));
    authorizations =
        counter(
            "onex_authorization_checks_total",
            "Authorization audit records.",
            open("resource_type"),
            open("action"),
            outcome("result", "allowed", "denied"));
  }

  List<Family> all() {
    return List.of(
        events,
        operationDuration,
        activeOperations,
        stuckOperations,
        executions,
        executionDuration,
        activeExecutions,
        stuckExecutions,
        validationRuns,
        validationErrors,
        validationDuration,
        testCoverage,
        discoveryRequests,
        authentications,
        authorizations);
  }

  private CounterFamily counter(String name, String help, LabelSpec... labels) {
    return new CounterFamily(FamilySpec.counter(name, help, settings.budget(name), labels));
  }

  private GaugeFamily gauge(String name, String help, LabelSpec... labels) {
    return new GaugeFamily(FamilySpec.gauge(name, help, settings.budget(name), labels));
  }

  private HistogramFamily histogram(String name, String help, LabelSpec... labels) {
    return new HistogramFamily(
        FamilySpec.histogram(name, help, settings.budget(name), SECONDS, labels));
  }
}
