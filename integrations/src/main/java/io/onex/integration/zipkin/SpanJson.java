package io.onex.integration.zipkin;

import io.onex.event.JsonText;
import io.onex.event.JsonWriter;
import io.onex.event.Slice;
import java.util.Locale;

/// Writes one ended operation as a span of Zipkin's JSON v2.
///
/// The name is `onex.` and what was done, the operation, or where an operation has no name of its
/// own, the node: one span covers a START and its END, so the type of either would say the same of
/// all spans. Zipkin keeps names and services in lower case, so that is how they are written.
///
/// The run of a node has kind `SERVER`, because that is what Zipkin draws its map of dependencies
/// from; an operation inside a node has no kind, which is Zipkin's word for work in the process.
///
/// Sources: Zipkin API v2 (`zipkin2-api.yaml`, Span), `zipkin2.Span`.
final class SpanJson {
  private static final String UNKNOWN = "unknown";

  private SpanJson() {}

  static void write(JsonWriter json, EndedOperation operation) {
    json.beginObject();
    json.key("traceId").escapedText(operation.traceId);
    json.key("id").escapedText(operation.spanId);
    if (!operation.parentSpanId.isEmpty()) {
      json.key("parentId").escapedText(operation.parentSpanId);
    }
    json.key("name").text(name(operation));
    if (operation.isNode()) {
      json.key("kind").text("SERVER");
    }
    json.key("timestamp").number(operation.startMicros);
    // Zipkin reads 0 as "not known".
    json.key("duration").number(Math.max(1, operation.durationMicros));
    json.key("localEndpoint").beginObject();
    json.key("serviceName").text(lower(nodeOf(operation))).endObject();
    json.key("tags").beginObject();
    tags(json, operation);
    json.endObject().endObject();
  }

  private static void tags(JsonWriter json, EndedOperation operation) {
    tag(json, "node.id", operation.nodeId);
    tag(json, "node.version", operation.version);
    tag(json, "correlation.id", operation.correlationId);
    tag(json, "onex.family", operation.family);
    tag(json, "onex.operation", operation.operation);
    tag(json, "onex.function", operation.function);
    tag(json, "onex.duration_source", operation.durationSource);
    tag(json, "onex.start_event_id", operation.startEventId);
    tag(json, "onex.end_event_id", operation.endEventId);
    tag(json, "outcome", operation.outcome);
    if (operation.clockCorrected) {
      json.key("clock_corrected").text("true");
    }
    if (operation.isError()) {
      tag(json, "error.type", operation.errorType);
      tag(json, "error.code", operation.errorCode);
      json.key("error").escapedText(whatWentWrong(operation));
    }
  }

  /// Zipkin marks a span as failed when the tag is there, whatever its value; a value is for
  /// people.
  private static Slice whatWentWrong(EndedOperation operation) {
    if (!operation.errorMessage.isEmpty()) {
      return operation.errorMessage;
    }
    if (!operation.errorType.isEmpty()) {
      return operation.errorType;
    }
    return operation.errorCode.isEmpty() ? Slice.utf8("true") : operation.errorCode;
  }

  private static String name(EndedOperation operation) {
    String done = JsonText.unescape(operation.operation);
    boolean named = !done.isEmpty() && !done.equals(UNKNOWN);
    return "onex." + lower(named ? done : nodeOf(operation));
  }

  private static String nodeOf(EndedOperation operation) {
    if (!operation.nodeName.isEmpty()) {
      return JsonText.unescape(operation.nodeName);
    }
    return operation.nodeId.isEmpty() ? UNKNOWN : JsonText.unescape(operation.nodeId);
  }

  private static void tag(JsonWriter json, String name, Slice value) {
    if (!value.isEmpty()) {
      json.key(name).escapedText(value);
    }
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
