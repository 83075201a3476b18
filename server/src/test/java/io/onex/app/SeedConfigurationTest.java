package io.onex.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.onex.testkit.backend.Api;
import io.onex.testkit.backend.Backends;
import io.onex.testkit.backend.RunningProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The seed's configuration, changed in addresses and secrets only, between the demo's events and
/// real systems: Prometheus and Pushgateway, OpenSearch behind a stand-in for Logstash, and Zipkin,
/// whose port speaks what the Zipkin receiver of Jaeger's collector speaks.
///
/// Its datadog, pagerduty and slack are read, warned of and delivered nowhere.
@Tag("installed-program")
class SeedConfigurationTest {
  private static final Path GUIDE = Path.of("../../shared/spec/event-integration-patterns.md");
  private static final Duration LONGEST = Duration.ofSeconds(90);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> ROUTED_TO_ELK =
      Set.of("NODE_START", "NODE_SUCCESS", "NODE_FAILURE");

  @TempDir private Path folder;

  @Test
  void the_seeds_configuration_shows_the_demo_as_metrics_documents_and_spans() throws Exception {
    String seed = seedConfiguration();
    SentDemo demo = SentDemo.of(42, 120);
    int search = Backends.freePort();
    int push = Backends.freePort();
    int zipkin = Backends.freePort();
    try (RunningProgram _ = Backends.openSearch(search, folder.resolve("opensearch"));
        StandInLogstash logstash = new StandInLogstash(search);
        RunningProgram _ = Backends.zipkin(zipkin);
        RunningProgram _ = Backends.pushgateway(push);
        TestGateway gateway = new TestGateway(folder, secrets())) {
      String yaml = seed;
      yaml = replaced(yaml, "http://prometheus:9090", "http://127.0.0.1:" + push);
      yaml = replaced(yaml, "http://pushgateway:9091", "http://127.0.0.1:" + push);
      yaml = replaced(yaml, "http://logstash:8080", logstash.url().toString());
      yaml = replaced(yaml, "agent_host: \"jaeger\"", "agent_host: \"127.0.0.1\"");
      yaml = replaced(yaml, "agent_port: 6831", "agent_port: " + zipkin);
      gateway.start(yaml);
      demo.post(gateway);
      ShownMetrics.compare(demo, gateway, push, folder);
      documents(demo, gateway, search);
      spans(demo, gateway, zipkin);
      assertThat(logstash.refused()).isEmpty();
      long pushed =
          demo.events().stream()
              .filter(
                  e -> e.isTelemetry() || Set.of("NODE_START", "NODE_SUCCESS").contains(e.type()))
              .count();
      assertThat(gateway.destination("prometheus").get("delivered").asLong()).isEqualTo(pushed);
    }
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

  /// The seed sends `NODE_START` and `NODE_SUCCESS` to jaeger: each run of a node is one span, also
  /// when it failed.
  private static void spans(SentDemo demo, TestGateway gateway, int zipkin) throws Exception {
    List<SentOperation> routed =
        demo.operations().stream().filter(o -> !o.end().isTelemetry()).toList();
    assertThat(routed).anyMatch(o -> o.parent().isPresent());
    assertThat(routed).anyMatch(o -> o.end().type().equals("NODE_FAILURE"));
    ShownSpans.compare(ShownSpans.await(zipkin, routed.size()), routed);
    await()
        .atMost(LONGEST)
        .untilAsserted(() ->
            assertThat(gateway.destination("jaeger").get("delivered").asInt())
                .isEqualTo(routed.size()));
    assertThat(gateway.destination("jaeger").get("balanced").asBoolean()).isTrue();
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
