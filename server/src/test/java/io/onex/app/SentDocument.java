package io.onex.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/// The document that a sent event should be, field by field as the reference page of `elk` says.
final class SentDocument {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy.MM.dd").withZone(ZoneOffset.UTC);

  private SentDocument() {}

  /// @param enrichment what the configuration adds
  static JsonNode of(SentEvent event, ObjectNode enrichment) {
    ObjectNode document = JSON.createObjectNode();
    document.put("@timestamp", MICROS.format(time(event)));
    document.put("event_id", event.id()).put("event_type", event.type());
    document.put("node_id", event.node());
    document.set("correlation_id", event.correlationOrNull());
    document.set("metadata", event.metadata());
    document.put("source", "onex").put("version", "1.0.0");
    boolean log = event.type().equals("STRUCTURED_LOG");
    JsonNode told = event.metadata().path("execution_time_ms");
    if (told.isNumber()) {
      document.put("duration_seconds", told.asDouble() / 1000);
    }
    JsonNode entry = event.metadata().path("log_entry");
    JsonNode message =
        log
            ? entry.path("message")
            : event.metadata().path("error").isTextual()
                ? event.metadata().path("error")
                : event.metadata().path("error_message");
    if (message.isTextual()) {
      document.set("message", message);
    }
    if (log) {
      document.put("level", entry.get("level").asText().toUpperCase(Locale.ROOT));
    }
    boolean alert = event.type().equals("NODE_FAILURE");
    boolean error =
        alert
            || log
            || event.type().equals("TELEMETRY_OPERATION_ERROR")
            || event.metadata().at("/output_state/status").asText().equals("error");
    if (error) {
      document.put("severity", "error");
      document.putArray("tags").add("error");
    }
    if (alert) {
      document.withArray("/tags").add("alert");
    }
    return document.setAll(enrichment);
  }

  /// The daily index it should stand in.
  static String index(SentEvent event) {
    boolean log = event.type().equals("STRUCTURED_LOG");
    return (log ? "onex-logs-" : "onex-events-") + DAY.format(time(event));
  }

  private static Instant time(SentEvent event) {
    return Instant.EPOCH.plus(event.timeMicros(), ChronoUnit.MICROS);
  }
}
