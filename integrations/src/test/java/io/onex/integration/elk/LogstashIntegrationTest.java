package io.onex.integration.elk;

import static io.onex.integration.TestRecords.event;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.onex.bytes.Slice;
import io.onex.config.ConfigLoader;
import io.onex.delivery.DeliveryResult;
import io.onex.delivery.Integration;
import io.onex.delivery.Integration.Probe;
import io.onex.delivery.Payload;
import io.onex.delivery.http.BaseUrl;
import io.onex.integration.Services;
import io.onex.integration.SteppedClock;
import io.onex.integration.Transports;
import io.onex.log.Record;
import io.onex.testkit.FakeBackend;
import io.onex.testkit.FakeBackend.Behaviour.Answer;
import io.onex.testkit.FakeBackend.Request;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LogstashIntegrationTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String AT = "2026-11-22T09:44:10Z";

  private final ConcurrentLinkedQueue<Answer> interruptions = new ConcurrentLinkedQueue<>();
  private final List<JsonNode> events = new CopyOnWriteArrayList<>();
  private final FakeBackend logstash = new FakeBackend(this::http);
  private final LogstashIntegration integration = integration();

  @AfterEach
  void stop() {
    integration.close();
    logstash.close();
  }

  @Test
  void a_batch_is_one_array_of_which_each_element_becomes_an_event() throws Exception {
    DeliveryResult result =
        send(
            event("NODE_START", "e-1", "n", "c", "{}", AT),
            event("NODE_FAILURE", "e-2", "n", "c", "{\"duration_ms\":1200}", AT));

    assertThat(result).isInstanceOf(DeliveryResult.Delivered.class);
    assertThat(logstash.requests()).hasSize(1);
    assertThat(events).extracting(e -> e.get("event_id").asText()).containsExactly("e-1", "e-2");
    assertThat(events.get(1).get("duration_seconds").asDouble()).isEqualTo(1.2);
    assertThat(events.get(1).get("tags").toString()).isEqualTo("[\"error\",\"alert\"]");
  }

  @Test
  void a_backlogged_pipeline_is_tried_again() throws Exception {
    interruptions.add(Answer.of(429));
    assertThat(send(event("NODE_START", "e-1", "n", "c", "{}", AT)))
        .isInstanceOf(DeliveryResult.Retryable.class);
    assertThat(send(event("NODE_START", "e-1", "n", "c", "{}", AT)))
        .isInstanceOf(DeliveryResult.Delivered.class);
  }

  @Test
  void wrong_credentials_pause_the_destination() throws Exception {
    interruptions.add(Answer.of(401));
    assertThat(send(event("NODE_START", "e-1", "n", "c", "{}", AT)))
        .isInstanceOf(DeliveryResult.Unauthorized.class);
  }

  @Test
  void a_probe_sends_nothing_because_logstash_would_make_an_event_of_it() throws Exception {
    assertThat(integration.probe()).isInstanceOf(Probe.Unknown.class);
    assertThat(logstash.requests()).isEmpty();
  }

  @Test
  void with_both_addresses_logstash_takes_documents_once_the_template_is_there() throws Exception {
    try (FakeSearchEngine engine = new FakeSearchEngine();
        Integration both = both(engine)) {
      engine.interruptions.add(Answer.of(503));
      Payload payload =
          both.encode(List.of(event("NODE_START", "e-1", "n", "c", "{}", AT)), r -> Slice.EMPTY)
              .payload();

      assertThat(both.send(payload)).isInstanceOf(DeliveryResult.Retryable.class);
      assertThat(events).isEmpty();
      assertThat(both.send(payload)).isInstanceOf(DeliveryResult.Delivered.class);

      assertThat(events).hasSize(1);
      assertThat(engine.templates).containsOnlyKeys("onex");
      assertThat(engine.documents).isEmpty();
      assertThat(both.probe()).isInstanceOf(Probe.Reachable.class);
      assertThat(logstash.requests().getFirst().header("authorization")).isEqualTo("Basic dTpw");
      assertThat(engine.backend.requests()).allMatch(r -> r.header("authorization").isEmpty());
    }
  }

  private Integration both(FakeSearchEngine engine) throws Exception {
    ElkFactory factory = new ElkFactory();
    String yaml =
        "logstash_url: %s%nelasticsearch_url: %s%nlogstash_username: u%nlogstash_password: p"
            .formatted(logstash.url(), engine.backend.url());
    return factory.create(ConfigLoader.section(factory.kind().settings(), yaml), Services.plain());
  }

  private DeliveryResult send(Record... records) throws Exception {
    return integration.send(integration.encode(List.of(records), r -> Slice.EMPTY).payload());
  }

  /// The HTTP input with the seed's settings: any method, any path, body read by the `json` codec,
  /// which falls back to a plain message when the body is no JSON.
  private Answer http(Request request) {
    Answer interruption = interruptions.poll();
    if (interruption != null) {
      return interruption;
    }
    try {
      JsonNode body = JSON.readTree(request.body());
      if (!request.header("content-type").equals("application/json") || !body.isContainerNode()) {
        events.add(JSON.createObjectNode().put("message", request.text()));
      } else if (body.isArray()) {
        body.forEach(events::add);
      } else {
        events.add(body);
      }
    } catch (IOException e) {
      events.add(JSON.createObjectNode().put("message", request.text()));
    }
    return new Answer(200, Map.of("Content-Type", "text/plain"), "ok");
  }

  private LogstashIntegration integration() {
    return new LogstashIntegration(
        new BaseUrl(logstash.url()),
        new ElkSettings(
            Optional.of(new BaseUrl(logstash.url())),
            Optional.empty(),
            "onex",
            true,
            false,
            Optional.empty(),
            Optional.empty()),
        Duration.ofSeconds(5),
        Transports.plain(),
        new SteppedClock(),
        Optional.empty(),
        Optional.empty());
  }
}
