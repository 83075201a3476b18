package io.onex.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.onex.testkit.FakeBackend;
import io.onex.testkit.FakeBackend.Behaviour.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A whole gateway with the specification's own rules, which name START and SUCCESS, and runs that
/// fail.
class FailedRunSpansTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BY_THE_SPECIFICATION = "NODE_START, NODE_SUCCESS";

  @TempDir private Path folder;
  private final FakeBackend jaeger = FakeBackend.answering(202);
  private TestGateway gateway;

  @BeforeEach
  void open() throws Exception {
    gateway = new TestGateway(folder, Map.of());
  }

  @AfterEach
  void stop() throws IOException {
    gateway.close();
    jaeger.close();
    assertThat(jaeger.violations()).isEmpty();
  }

  @Test
  void
      a_failed_run_has_its_span_where_its_start_was_sent_also_after_a_restart_and_for_one_that_lags()
          throws Exception {
    gateway.start(yaml(BY_THE_SPECIFICATION));
    List<String> ends = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      take("NODE_START", "s" + i, "c" + i);
    }
    for (int i = 0; i < 10; i++) {
      ends.add("e" + i);
      take(i % 2 == 0 ? "NODE_FAILURE" : "NODE_SUCCESS", "e" + i, "c" + i);
    }
    await()
        .untilAsserted(() -> assertThat(endsOfSpans()).containsExactlyInAnyOrderElementsOf(ends));

    jaeger.always(request -> Answer.of(503));
    for (int i = 10; i < 15; i++) {
      ends.add("e" + i);
      take("NODE_FAILURE", "e" + i, "c" + i);
    }
    gateway.stop();
    gateway.start(yaml("AUDIT"));
    for (int i = 15; i < 20; i++) {
      ends.add("e" + i);
      take("NODE_FAILURE", "e" + i, "c" + i);
    }
    take("NODE_START", "s20", "c20");
    take("NODE_FAILURE", "e20", "c20");
    int before = jaeger.requests().size();
    jaeger.always(request -> Answer.of(202));

    await()
        .untilAsserted(() -> {
          JsonNode status = gateway.destination("jaeger");
          assertThat(status.get("pending").asLong()).isZero();
          assertThat(status.get("balanced").asBoolean()).isTrue();
          assertThat(status.get("delivered").asLong()).isEqualTo(ends.size());
        });
    assertThat(endsOfSpans(before))
        .as("the last run began and ended when no rule named it any more")
        .containsExactlyInAnyOrderElementsOf(ends.subList(10, 20));
  }

  @Test
  void a_replay_sends_the_span_of_a_failed_run_by_the_rules_of_today() throws Exception {
    gateway.start(yaml("AUDIT"));
    take("NODE_START", "s0", "c0");
    take("NODE_FAILURE", "e0", "c0");
    await()
        .untilAsserted(() -> assertThat(gateway.json("/onex/v1/why/e0").has("operation")).isTrue());
    assertThat(jaeger.requests()).isEmpty();
    gateway.gateway().reload(gateway.config(yaml(BY_THE_SPECIFICATION)));

    assertThat(
            gateway
                .post(
                    "/onex/v1/replay",
                    "{\"destination\":\"jaeger\",\"from\":\"1h\"}",
                    "application/json")
                .statusCode())
        .isEqualTo(202);

    await().untilAsserted(() -> assertThat(endsOfSpans()).containsExactly("e0"));
  }

  private String yaml(String types) {
    return """
    integrations:
      jaeger: {endpoint: "%s", batch: {max_age: 20ms}, retry: {initial: 20ms, max: 50ms}}
    routing:
      rules:
        - {event_types: [%s], integrations: jaeger}
    """
        .formatted(jaeger.url(), types);
  }

  private void take(String type, String id, String correlation) throws Exception {
    gateway.accept(
        """
        {"event_id":"%s","timestamp":"2026-11-22T09:44:10Z","node_id":"n","event_type":"%s","correlation_id":"%s","metadata":{"input_state":{},"output_state":{},"error":"it broke"}}\
        """
            .formatted(id, type, correlation),
        "durable");
  }

  private List<String> endsOfSpans() throws IOException {
    return endsOfSpans(0);
  }

  private List<String> endsOfSpans(int fromRequest) throws IOException {
    List<String> ends = new ArrayList<>();
    List<FakeBackend.Request> requests = jaeger.requests();
    for (FakeBackend.Request request : requests.subList(fromRequest, requests.size())) {
      for (JsonNode span : JSON.readTree(request.body())) {
        ends.add(span.at("/tags/onex.end_event_id").asText());
      }
    }
    return ends;
  }
}
