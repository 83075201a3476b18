package io.onex.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// One event of the demo as the test sent it, read by rules of the test's own.
///
/// @param enveloped whether it came in an envelope of 2026
/// @param type canonical
/// @param correlation empty when absent
record SentEvent(
    String id,
    boolean enveloped,
    String type,
    String node,
    String correlation,
    long timeMicros,
    JsonNode metadata) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> TYPES =
      Map.of(
          "core.node.start", "NODE_START",
          "core.node.completed", "NODE_SUCCESS",
          "node-heartbeat", "NODE_HEARTBEAT");
  private static final Set<String> STARTED = Set.of("NODE_START", "TELEMETRY_OPERATION_START");
  private static final Set<String> SUCCEEDED =
      Set.of("NODE_SUCCESS", "TELEMETRY_OPERATION_SUCCESS");
  private static final Set<String> FAILED = Set.of("NODE_FAILURE", "TELEMETRY_OPERATION_ERROR");

  static SentEvent of(String json) {
    try {
      JsonNode tree = JSON.readTree(json);
      boolean enveloped = tree.has("envelope_id");
      JsonNode inner = enveloped ? tree.get("payload") : tree;
      String type = tree.get("event_type").asText();
      String time = inner.get("timestamp").asText();
      Instant at = Instant.parse(time.endsWith("Z") ? time : time + "Z");
      return new SentEvent(
          tree.get(enveloped ? "envelope_id" : "event_id").asText(),
          enveloped,
          TYPES.getOrDefault(type, type),
          inner.get("node_id").asText(),
          tree.path("correlation_id").asText("").replace("null", ""),
          ChronoUnit.MICROS.between(Instant.EPOCH, at),
          said(enveloped, tree, inner));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What an event in an envelope says stands in the metadata of the payload, what another payload
  /// says in all of it.
  private static JsonNode said(boolean enveloped, JsonNode tree, JsonNode inner) {
    return enveloped && !inner.has("metadata") ? inner : (enveloped ? inner : tree).get("metadata");
  }

  boolean isTelemetry() {
    return type.startsWith("TELEMETRY_");
  }

  boolean isStart() {
    return STARTED.contains(type);
  }

  boolean isEnd() {
    return SUCCEEDED.contains(type) || FAILED.contains(type);
  }

  /// Whether it ended badly, by its type or by what its output says.
  boolean failed() {
    return FAILED.contains(type)
        || (SUCCEEDED.contains(type)
            && (metadata.at("/output_state/status").asText().equals("error")
                || metadata.path("status").asText().equals("error")));
  }

  /// The label `status` of `onex_events_total`.
  String status() {
    if (isStart()) {
      return "started";
    }
    return failed() ? "error" : isEnd() ? "success" : "info";
  }

  String typeLabel() {
    return type.toLowerCase(Locale.ROOT);
  }

  /// What its END says it took, or -1.
  long toldMicros() {
    JsonNode told = metadata.path("execution_time_ms");
    return told.isNumber() ? Math.round(told.asDouble() * 1000) : -1;
  }

  /// The words for what went wrong.
  String error() {
    for (JsonNode candidate :
        new JsonNode[] {
          metadata.path("error"),
          metadata.path("error_message"),
          metadata.at("/output_state/message"),
          metadata.path("error_type"),
          metadata.path("error_code")
        }) {
      if (candidate.isTextual()) {
        return candidate.asText();
      }
    }
    return "true";
  }

  JsonNode correlationOrNull() {
    return correlation.isEmpty()
        ? NullNode.getInstance()
        : JSON.getNodeFactory().textNode(correlation);
  }
}
