package io.onex.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.onex.testkit.FakeBackend;
import io.onex.testkit.backend.Api;
import io.onex.testkit.backend.Backends;
import io.onex.testkit.backend.RunningProgram;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A whole gateway with `real-back-ends.yaml` between the demo's events and a real OpenSearch and a
/// real Zipkin, each asked through its own API and compared with what was sent. The Pushgateway is
/// a fake here; the real one and Prometheus are in [RealPrometheusTest].
@Tag("real-backend")
class RealBackEndsTest {
  private static final int OPENSEARCH = Backends.freePort();
  private static final int ZIPKIN = Backends.freePort();
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path folder;
  private static RunningProgram openSearch;
  private static RunningProgram zipkin;
  private static FakeBackend pushgateway;
  private static TestGateway gateway;
  private static SentDemo demo;

  @BeforeAll
  static void start() throws Exception {
    openSearch = Backends.openSearch(OPENSEARCH, folder.resolve("opensearch"));
    zipkin = Backends.zipkin(ZIPKIN);
    pushgateway = FakeBackend.answering(200);
    gateway =
        new TestGateway(
            folder,
            Map.of(
                "OPENSEARCH",
                "http://127.0.0.1:" + OPENSEARCH,
                "ZIPKIN",
                "http://127.0.0.1:" + ZIPKIN,
                "PROMETHEUS",
                pushgateway.url().toString(),
                "PUSHGATEWAY",
                pushgateway.url().toString()));
    gateway.start(ownConfiguration());
    demo = SentDemo.of(20261122, 160);
    demo.post(gateway);
    await()
        .atMost(LONGEST)
        .untilAsserted(() -> {
          for (JsonNode destination : gateway.json("/onex/v1/status").get("destinations")) {
            assertThat(destination.get("pending").asLong()).as("%s", destination).isZero();
            assertThat(destination.get("balanced").asBoolean()).isTrue();
          }
          assertThat(gateway.destination("traces").get("delivered").asLong())
              .isEqualTo(demo.operations().size());
        });
  }

  @AfterAll
  static void stop() throws Exception {
    gateway.close();
    pushgateway.close();
    zipkin.close();
    openSearch.close();
  }

  @Test
  void every_event_is_one_document_that_equals_what_was_sent_field_by_field() throws Exception {
    Map<String, JsonNode> hits = new HashMap<>();
    try (Api api = new Api(OPENSEARCH)) {
      api.post("/onex-*/_refresh", "");
      assertThat(api.get("/onex-*/_count").get("count").asInt())
          .isEqualTo(demo.events().size() + demo.operations().size());
      api.post("/onex-*/_search", "{\"size\":10000}")
          .at("/hits/hits")
          .forEach(hit -> hits.put(hit.get("_id").asText(), hit));
    }
    ObjectNode added = JSON.createObjectNode().put("host", "test-host").put("environment", "test");
    added.putObject("labels").put("team", "platform");
    for (SentEvent event : demo.events()) {
      JsonNode hit = Objects.requireNonNull(hits.remove(event.id()), event.id());
      assertThat(hit.get("_index").asText()).isEqualTo(SentDocument.index(event));
      assertThat(hit.get("_source")).isEqualTo(SentDocument.of(event, added));
    }
    assertThat(hits.values())
        .hasSize(demo.operations().size())
        .allSatisfy(
            hit -> assertThat(hit.at("/_source/event_type").asText()).isEqualTo("OPERATION_ENDED"));
    SentConclusion.compare(hits.values(), demo.operations(), List.of("traces"));
    assertThat(gateway.destination("documents").get("delivered").asInt())
        .isEqualTo(demo.events().size() + demo.operations().size());
  }

  @Test
  void every_operation_is_one_span_with_its_duration_its_parent_and_its_error() throws Exception {
    List<JsonNode> spans = ShownSpans.await(ZIPKIN, demo.operations().size());
    ShownSpans.compare(spans, demo.operations());

    assertThat(demo.operations()).as("the demo has failures").anyMatch(o -> o.end().failed());
  }

  @Test
  void every_event_is_counted_in_the_series_it_belongs_to_and_there_are_no_others()
      throws Exception {
    Map<Series, Double> expected = SentSeries.of(demo);

    SentSeries.compare(Series.ofEvents(gateway.get("/metrics").body()), expected);
    await()
        .atMost(LONGEST)
        .untilAsserted(() ->
            SentSeries.compare(Series.ofEvents(pushgateway.requests().getLast().text()), expected));
    assertThat(expected).hasSizeGreaterThan(100);
  }

  /// The project's own configuration that knows every back end.
  static String ownConfiguration() throws Exception {
    try (var in = RealBackEndsTest.class.getResourceAsStream("real-back-ends.yaml")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
