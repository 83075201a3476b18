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

  /// @param operation without a flaw
  static void write(JsonWriter json, EndedOperation operation) {
    json.beginObject();
    json.key("traceId").escapedText(operation.text("trace_id"));
    json.key("id").escapedText(operation.text("span_id"));
    if (!operation.text("parent_span_id").isEmpty()) {
      json.key("parentId").escapedText(operation.text("parent_span_id"));
    }
    json.key("name").text(name(operation));
    if (operation.is("family", "node")) {
      json.key("kind").text("SERVER");
    }
    json.key("timestamp").number(operation.integer("start_us"));
    if (!operation.is("duration_source", "none")) {
      // Zipkin reads 0 as "not known", which is what leaving it out says.
      json.key("duration").number(Math.max(1, operation.integer("duration_us")));
    }
    json.key("localEndpoint").beginObject();
    json.key("serviceName").text(lower(nodeOf(operation))).endObject();
    json.key("tags").beginObject();
    tags(json, operation);
    json.endObject().endObject();
  }

  private static void tags(JsonWriter json, EndedOperation operation) {
    tag(json, "node.id", operation.text("node_id"));
    tag(json, "node.version", operation.text("version"));
    tag(json, "correlation.id", operation.text("correlation_id"));
    tag(json, "onex.family", operation.text("family"));
    tag(json, "onex.operation", operation.text("operation"));
    tag(json, "onex.function", operation.text("function"));
    tag(json, "onex.duration_source", operation.text("duration_source"));
    tag(json, "onex.start_event_id", operation.text("start_event_id"));
    tag(json, "onex.end_event_id", operation.text("end_event_id"));
    tag(json, "outcome", operation.text("outcome"));
    if (operation.isTrue("clock_corrected")) {
      json.key("clock_corrected").text("true");
    }
    if (operation.is("outcome", "error")) {
      tag(json, "error.type", operation.error("type"));
      tag(json, "error.code", operation.error("code"));
      json.key("error").escapedText(whatWentWrong(operation));
    }
  }

  /// Zipkin marks a span as failed when the tag is there, whatever its value; a value is for
  /// people.
  private static Slice whatWentWrong(EndedOperation operation) {
    for (String detail : new String[] {"message", "type", "code"}) {
      Slice text = operation.error(detail);
      if (!text.isEmpty()) {
        return text;
      }
    }
    return Slice.utf8("true");
  }

  private static String name(EndedOperation operation) {
    String done = JsonText.unescape(operation.text("operation"));
    boolean named = !done.isEmpty() && !done.equals(UNKNOWN);
    return "onex." + lower(named ? done : nodeOf(operation));
  }

  private static String nodeOf(EndedOperation operation) {
    Slice name = operation.text("node_name");
    Slice node = name.isEmpty() ? operation.text("node_id") : name;
    return node.isEmpty() ? UNKNOWN : JsonText.unescape(node);
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
