package io.onex.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.onex.testkit.FakeBackend;
import io.onex.testkit.backend.Api;
import io.onex.testkit.backend.Backends;
import io.onex.testkit.backend.RunningProgram;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A whole gateway whose `/metrics` a real Prometheus scrapes and whose pushes a real Pushgateway
/// takes, compared with what was sent as Prometheus answers it.
///
/// Of the seed's configuration this version has `prometheus` and `elk`; its `jaeger` (like datadog,
/// pagerduty and slack) is read, warned of and delivered nowhere, so real spans are compared in
/// [RealBackEndsTest] with a configuration of the project's own. Logstash is a stand-in that writes
/// into a real OpenSearch as the seed's pipeline would.
@Tag("installed-program")
class RealPrometheusTest {
  private static final Path GUIDE = Path.of("../../shared/spec/event-integration-patterns.md");
  private static final Duration LONGEST = Duration.ofSeconds(90);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> ROUTED_TO_ELK =
      Set.of("NODE_START", "NODE_SUCCESS", "NODE_FAILURE");

  @TempDir private Path folder;

  @Test
  void prometheus_answers_what_was_sent_although_the_other_back_ends_are_dead() throws Exception {
    SentDemo demo = SentDemo.of(41, 120);
    int port = Backends.freePort();
    FakeBackend dead = FakeBackend.answering(503);
    try (RunningProgram _ = Backends.pushgateway(port);
        TestGateway gateway =
            new TestGateway(
                folder,
                Map.of(
                    "OPENSEARCH",
                    dead.url().toString(),
                    "ZIPKIN",
                    dead.url().toString(),
                    "PROMETHEUS",
                    "http://127.0.0.1:" + port,
                    "PUSHGATEWAY",
                    "http://127.0.0.1:" + port))) {
      gateway.start(RealBackEndsTest.ownConfiguration());
      demo.post(gateway);
      compare(demo, gateway, port);
      assertThat(gateway.destination("prometheus").get("balanced").asBoolean()).isTrue();
      assertThat(gateway.destination("documents").get("delivered").asLong()).isZero();
    } finally {
      dead.close();
    }
  }

  @Test
  void the_seeds_configuration_shows_the_demo_in_prometheus_and_opensearch() throws Exception {
    String seed = seedConfiguration();
    SentDemo demo = SentDemo.of(42, 120);
    int search = Backends.freePort();
    int push = Backends.freePort();
    try (RunningProgram _ = Backends.openSearch(search, folder.resolve("opensearch"));
        StandInLogstash logstash = new StandInLogstash(search);
        RunningProgram _ = Backends.pushgateway(push);
        TestGateway gateway = new TestGateway(folder, secrets())) {
      String yaml = seed;
      yaml = replaced(yaml, "http://prometheus:9090", "http://127.0.0.1:" + push);
      yaml = replaced(yaml, "http://pushgateway:9091", "http://127.0.0.1:" + push);
      yaml = replaced(yaml, "http://logstash:8080", logstash.url().toString());
      gateway.start(yaml);
      demo.post(gateway);
      compare(demo, gateway, push);
      documents(demo, gateway, search);
      assertThat(logstash.refused()).isEmpty();
      long pushed =
          demo.events().stream()
              .filter(
                  e -> e.isTelemetry() || Set.of("NODE_START", "NODE_SUCCESS").contains(e.type()))
              .count();
      assertThat(gateway.destination("prometheus").get("delivered").asLong()).isEqualTo(pushed);
    }
  }

  /// Waits until Prometheus holds all events, by scrape and by push, then compares every value.
  private void compare(SentDemo demo, TestGateway gateway, int pushgateway) throws Exception {
    int port = Backends.freePort();
    try (RunningProgram _ =
            Backends.prometheus(
                port, folder, Map.of("gateway", gateway.port(), "pushgateway", pushgateway));
        Api api = new Api(port)) {
      for (String job : List.of("gateway", "onex")) {
        String of = "{job=\"" + job + "\"}";
        await()
            .atMost(LONGEST)
            .untilAsserted(() -> {
              assertThat(query(api, "onex_events_total" + of)).isEqualTo(demo.eventsTotal());
              assertThat(query(api, "onex_node_executions_total" + of))
                  .isEqualTo(demo.executionsTotal());
              sums(
                  query(api, "onex_node_execution_duration_seconds_sum" + of),
                  demo.executionMicros());
              sums(query(api, "onex_operation_duration_seconds_sum" + of), demo.operationMicros());
              assertThat(query(api, "sum(onex_active_operations" + of + ")"))
                  .isEqualTo(Map.of(Map.of(), 0.0));
            });
      }
      assertThat(query(api, "onex_gateway_ingest_accepted_total"))
          .isEqualTo(Map.of(Map.of("source", "http"), (double) demo.events().size()));
    }
  }

  private static void sums(
      Map<Map<String, String>, Double> seconds, Map<Map<String, String>, Long> micros) {
    assertThat(seconds.keySet()).isEqualTo(micros.keySet());
    micros.forEach((labels, sum) ->
        assertThat(seconds.get(labels)).as("%s", labels).isCloseTo(sum / 1e6, within(1e-9 * sum)));
  }

  private void documents(SentDemo demo, TestGateway gateway, int search) throws Exception {
    List<SentEvent> routed =
        demo.events().stream().filter(e -> ROUTED_TO_ELK.contains(e.type())).toList();
    await()
        .atMost(LONGEST)
        .untilAsserted(() ->
            assertThat(gateway.destination("elk").get("delivered").asInt())
                .isEqualTo(routed.size()));
    assertThat(gateway.destination("elk").get("unmatched").asLong())
        .as("heartbeats, logs and what the gateway itself concludes")
        .isGreaterThanOrEqualTo(
            demo.events().stream()
                .filter(e -> !e.isTelemetry() && !ROUTED_TO_ELK.contains(e.type()))
                .count());
    try (Api api = new Api(search)) {
      api.post("/onex-*/_refresh", "");
      List<JsonNode> found = new ArrayList<>();
      api.post("/onex-*/_search", "{\"size\":10000}").at("/hits/hits").forEach(found::add);
      assertThat(found).hasSize(routed.size());
      Map<String, JsonNode> byId =
          found.stream().collect(Collectors.toMap(h -> h.at("/_source/event_id").asText(), h -> h));
      ObjectNode host = JSON.createObjectNode().put("host", "test-host");
      for (SentEvent event : routed) {
        assertThat(byId.get(event.id()).get("_source")).isEqualTo(SentDocument.of(event, host));
        assertThat(byId.get(event.id()).get("_index").asText())
            .isEqualTo(SentDocument.index(event));
      }
    }
  }

  /// Instant values by labels, those that Prometheus adds left out.
  private static Map<Map<String, String>, Double> query(Api api, String expression)
      throws Exception {
    JsonNode answer =
        api.get("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
    assertThat(answer.get("status").asText()).as(answer.toString()).isEqualTo("success");
    Map<Map<String, String>, Double> values = new HashMap<>();
    for (JsonNode series : answer.at("/data/result")) {
      Map<String, String> labels = new TreeMap<>();
      series
          .get("metric")
          .properties()
          .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
      labels.keySet().removeAll(Set.of("__name__", "job", "instance"));
      assertThat(values.put(labels, series.at("/value/1").asDouble())).isNull();
    }
    return values;
  }

  private static String seedConfiguration() throws Exception {
    if (!Files.exists(GUIDE)) {
      System.out.println("NOT RUN: the seed's configuration; there is no " + GUIDE);
      Assumptions.abort("no " + GUIDE + " beside the checkout");
    }
    String guide = Files.readString(GUIDE);
    int from = guide.indexOf("# integration_config.yaml");
    return guide.substring(from, guide.indexOf("```", from));
  }

  private static Map<String, String> secrets() {
    return Map.of(
        "DATADOG_API_KEY", "none",
        "DATADOG_APP_KEY", "none",
        "PAGERDUTY_INTEGRATION_KEY", "none",
        "SLACK_TOKEN", "none");
  }

  private static String replaced(String yaml, String address, String by) {
    assertThat(yaml).containsOnlyOnce(address);
    return yaml.replace(address, by);
  }
}
