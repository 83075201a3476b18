package io.onex.wire.zipkin;

import io.onex.bytes.Slice;
import io.onex.json.JsonText;
import io.onex.json.JsonWriter;
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
    json.key("traceId").escapedText(operation.text(Member.TRACE_ID));
    json.key("id").escapedText(operation.text(Member.SPAN_ID));
    if (!operation.text(Member.PARENT_SPAN_ID).isEmpty()) {
      json.key("parentId").escapedText(operation.text(Member.PARENT_SPAN_ID));
    }
    json.key("name").text(name(operation));
    if (operation.is(Member.FAMILY, "node")) {
      json.key("kind").text("SERVER");
    }
    json.key("timestamp").number(operation.integer(Member.START_US));
    if (!operation.is(Member.DURATION_SOURCE, "none")) {
      // Zipkin reads 0 as "not known", which is what leaving it out says.
      json.key("duration").number(Math.max(1, operation.integer(Member.DURATION_US)));
    }
    json.key("localEndpoint").beginObject();
    json.key("serviceName").text(lower(nodeOf(operation))).endObject();
    json.key("tags").beginObject();
    tags(json, operation);
    json.endObject().endObject();
  }

  private static void tags(JsonWriter json, EndedOperation operation) {
    tag(json, "node.id", operation.text(Member.NODE_ID));
    tag(json, "node.version", operation.text(Member.VERSION));
    tag(json, "correlation.id", operation.text(Member.CORRELATION_ID));
    tag(json, "onex.family", operation.text(Member.FAMILY));
    tag(json, "onex.operation", operation.text(Member.OPERATION));
    tag(json, "onex.function", operation.text(Member.FUNCTION));
    tag(json, "onex.duration_source", operation.text(Member.DURATION_SOURCE));
    tag(json, "onex.start_event_id", operation.text(Member.START_EVENT_ID));
    tag(json, "onex.end_event_id", operation.text(Member.END_EVENT_ID));
    tag(json, "outcome", operation.text(Member.OUTCOME));
    if (operation.isTrue(Member.CLOCK_CORRECTED)) {
      json.key("clock_corrected").text("true");
    }
    if (operation.is(Member.OUTCOME, "error")) {
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
    String done = JsonText.unescape(operation.text(Member.OPERATION));
    boolean named = !done.isEmpty() && !done.equals(UNKNOWN);
    return "onex." + lower(named ? done : nodeOf(operation));
  }

  private static String nodeOf(EndedOperation operation) {
    Slice name = operation.text(Member.NODE_NAME);
    Slice node = name.isEmpty() ? operation.text(Member.NODE_ID) : name;
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
