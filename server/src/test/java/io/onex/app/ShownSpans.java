package io.onex.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.onex.testkit.backend.Api;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/// What a real Zipkin shows, compared with what was sent.
final class ShownSpans {
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private ShownSpans() {}

  /// All spans of the last day, once there are as many as there should be.
  static List<JsonNode> await(int port, int expected) {
    String query =
        "/api/v2/traces?limit=10000&lookback=86400000&endTs=" + Instant.now().toEpochMilli();
    List<JsonNode> spans = new ArrayList<>();
    try (Api api = new Api(port)) {
      Awaitility.await()
          .atMost(LONGEST)
          .untilAsserted(() -> {
            spans.clear();
            api.get(query).forEach(trace -> trace.forEach(spans::add));
            assertThat(spans).hasSize(expected);
          });
    }
    return spans;
  }

  /// Checks that there is one span for each operation and that it says what was sent: its trace,
  /// start, duration, parent and error. A parent that is not shown itself has an id all the same.
  ///
  /// @param operations those that should be shown
  static void compare(List<JsonNode> spans, List<SentOperation> operations) {
    Map<String, JsonNode> byEnd = new HashMap<>();
    Map<String, String> idOfStart = new HashMap<>();
    for (JsonNode span : spans) {
      byEnd.put(span.at("/tags/onex.end_event_id").asText(), span);
      idOfStart.put(span.at("/tags/onex.start_event_id").asText(), span.get("id").asText());
    }
    for (SentOperation operation : operations) {
      SentEvent end = operation.end();
      JsonNode span = byEnd.remove(end.id());
      assertThat(span).as("%s", operation).isNotNull();
      assertThat(span.at("/tags/onex.start_event_id").asText()).isEqualTo(operation.start().id());
      assertThat(span.get("duration").asLong()).isEqualTo(operation.durationMicros());
      assertThat(span.get("timestamp").asLong()).isEqualTo(operation.start().timeMicros());
      parent(span, operation, idOfStart);
      if (!end.correlation().isEmpty()) {
        assertThat(span.get("traceId").asText()).isEqualTo(end.correlation().replace("-", ""));
      }
      assertThat(span.at("/tags").has("error")).as("%s", span).isEqualTo(end.failed());
      if (end.failed()) {
        assertThat(span.at("/tags/error").asText()).isEqualTo(end.error());
      }
    }
    assertThat(byEnd).as("spans of nothing that was sent").isEmpty();
  }

  private static void parent(
      JsonNode span, SentOperation operation, Map<String, String> idOfStart) {
    String parent = span.path("parentId").asText();
    if (operation.parent().isEmpty()) {
      assertThat(parent).as("%s", span).isEmpty();
      return;
    }
    String shown = idOfStart.get(operation.parent().get().id());
    if (shown == null) {
      assertThat(parent).as("%s", span).matches("[0-9a-f]{16}").isNotIn(idOfStart.values());
    } else {
      assertThat(parent).as("%s", span).isEqualTo(shown);
    }
  }
}
