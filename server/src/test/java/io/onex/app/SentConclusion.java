package io.onex.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The documents in which operations should stand concluded, by what was sent.
final class SentConclusion {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SentConclusion() {}

  /// Checks that there is one document for each operation and no other, and that it says what the
  /// two events say.
  ///
  /// @param hits documents as the back end shows them
  /// @param spansTo names that each has to say its span goes to
  static void compare(Iterable<JsonNode> hits, List<SentOperation> operations, List<String> spansTo)
      throws IOException {
    Map<String, JsonNode> byEnd = new HashMap<>();
    for (JsonNode hit : hits) {
      JsonNode source = hit.get("_source");
      assertThat(source.get("event_type").asText()).isEqualTo("OPERATION_ENDED");
      assertThat(byEnd.put(source.at("/metadata/end_event_id").asText(), source)).isNull();
    }
    for (SentOperation operation : operations) {
      JsonNode source = byEnd.remove(operation.end().id());
      assertThat(source).as("%s", operation).isNotNull();
      ObjectNode said = (ObjectNode) source.get("metadata").deepCopy();
      // Made by the gateway; what spans show of them is compared there.
      said.remove(List.of("trace_id", "span_id", "parent_span_id", "version", "duration_source"));
      // Read again, so that numbers are of the same types.
      assertThat(said).isEqualTo(JSON.readTree(body(operation, spansTo).toString()));
      assertThat(source.get("duration_seconds").asDouble())
          .isEqualTo(operation.durationMicros() / 1e6);
      assertThat(source.path("severity").asText().equals("error"))
          .isEqualTo(operation.end().failed());
    }
    assertThat(byEnd).as("conclusions of nothing that was sent").isEmpty();
  }

  private static ObjectNode body(SentOperation operation, List<String> spansTo) {
    SentEvent start = operation.start();
    SentEvent end = operation.end();
    ObjectNode body = JSON.createObjectNode();
    body.put("family", end.isTelemetry() ? "telemetry" : "node");
    spansTo.forEach(name -> body.withArray("/spans_to").add(name));
    body.put("node_id", end.node()).put("node_name", operation.nodeName());
    for (String key : List.of("operation", "function")) {
      if (start.metadata().has(key)) {
        body.set(key, start.metadata().get(key));
      }
    }
    if (!end.correlation().isEmpty()) {
      body.put("correlation_id", end.correlation());
    }
    body.put("start_us", start.timeMicros());
    body.put("end_us", end.timeMicros());
    body.put("duration_us", operation.durationMicros());
    body.put("outcome", end.failed() ? "error" : "success");
    if (end.failed()) {
      error(body, end);
    }
    return body.put("start_event_id", start.id()).put("end_event_id", end.id());
  }

  private static void error(ObjectNode body, SentEvent end) {
    JsonNode said = end.metadata();
    ObjectNode error = JSON.createObjectNode();
    for (JsonNode message :
        List.of(said.path("error"), said.path("error_message"), said.at("/output_state/message"))) {
      if (message.isTextual() && !error.has("message")) {
        error.set("message", message);
      }
    }
    if (said.path("error_type").isTextual()) {
      error.set("type", said.get("error_type"));
    }
    if (said.path("error_code").isTextual()) {
      error.set("code", said.get("error_code"));
    }
    if (!error.isEmpty()) {
      body.set("error", error);
    }
  }
}
