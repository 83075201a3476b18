package io.onex.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.onex.delivery.IntegrationCatalog;
import io.onex.testkit.FakeBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The reference pages list every metric family with its type, and none that is not there.
class MetricsReferenceTest {
  private static final Path PAGES = Path.of("..", "docs", "reference");
  private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\S+) (\\S+)$");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\| (\\w+) \\|");

  @TempDir private Path folder;

  @Test
  void every_family_of_a_gateway_with_all_kinds_is_documented_and_every_documented_one_is_there()
      throws Exception {
    try (FakeBackend taking = FakeBackend.answering(200);
        FakeBackend refusing = FakeBackend.answering(400);
        TestGateway gateway = new TestGateway(folder, Map.of())) {
      String yaml = everyKind(taking, refusing);
      for (String kind : IntegrationCatalog.load().kinds().names()) {
        assertThat(yaml).contains("kind: " + kind);
      }
      gateway.start(yaml);
      gateway.stop();
      // What counts damage needs some.
      Files.write(gateway.data().resolve("cursors/cursors.journal"), new byte[40]);
      gateway.start(yaml);
      assertThat(gateway.post(events() + "null\nno event\n", "durable").statusCode())
          .isEqualTo(202);
      await()
          .untilAsserted(() -> {
            assertThat(gateway.get("/metrics").statusCode()).isEqualTo(200);
            assertThat(gateway.destination("refusing").get("dead_lettered").asInt()).isPositive();
            assertThat(gateway.destination("refusing").get("pending").asInt()).isZero();
          });

      Map<String, String> documented = documented();
      // Stuck operations show when their time is over.
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () -> assertThat(exposed(gateway.get("/metrics").body())).isEqualTo(documented));
    }
  }

  /// Something for each family: both sorts of operations, ended, failed and left open, of a
  /// validator, with a coverage; audit entries.
  private static String events() {
    String validator = "\"node_id\":\"schema_validator\",\"correlation_id\":\"v%d\",";
    String call = "\"node_id\":\"n\",\"correlation_id\":\"t%d\",\"metadata\":{\"operation\":\"o\",";
    return String.join(
        "\n",
        event("NODE_START", validator.formatted(1) + "\"metadata\":{\"input_state\":{}}"),
        event(
            "NODE_SUCCESS",
            validator.formatted(1)
                + "\"metadata\":{\"input_state\":{},\"output_state\":{},"
                + "\"test_coverage_percent\":80,\"execution_time_ms\":7}"),
        event("NODE_START", validator.formatted(2) + "\"metadata\":{\"input_state\":{}}"),
        event(
            "NODE_FAILURE",
            validator.formatted(2)
                + "\"metadata\":{\"input_state\":{},\"error\":\"e\",\"error_code\":\"ONEX_VALID_101\"}"),
        event("NODE_START", validator.formatted(3) + "\"metadata\":{\"input_state\":{}}"),
        event("TELEMETRY_OPERATION_START", call.formatted(1) + "\"function\":\"f\"}"),
        event(
            "TELEMETRY_OPERATION_SUCCESS",
            call.formatted(1) + "\"function\":\"f\",\"execution_time_ms\":7}"),
        event("TELEMETRY_OPERATION_START", call.formatted(2) + "\"function\":\"f\"}"),
        """
        {"event_category":"authorization","user_id":"u","resource":"nodes/n","action":"execute","result":"denied"}
        {"event_category":"authentication","event_type":"login","user_id":"u"}
        """);
  }

  private static String event(String type, String more) {
    return "{\"event_type\":\"" + type + "\",\"timestamp\":\"" + Instant.now() + "\"," + more + "}";
  }

  /// Families by name, with their types.
  private static Map<String, String> exposed(String exposition) {
    Map<String, String> families = new TreeMap<>();
    for (Matcher type = TYPE.matcher(exposition); type.find(); ) {
      families.put(type.group(1), type.group(2));
    }
    return families;
  }

  private static Map<String, String> documented() throws IOException {
    Map<String, String> families = new TreeMap<>();
    String metrics = Files.readString(PAGES.resolve("metrics.md"));
    // What stands there is not exposed, and the page says why.
    int notFed = metrics.indexOf("\n## Not fed\n");
    int after = metrics.indexOf("\n## ", notFed + 1);
    rows(metrics.substring(0, notFed) + metrics.substring(after), "", families);
    String delivery = Files.readString(PAGES.resolve("delivery.md"));
    rows(
        delivery.substring(delivery.indexOf("\n## Metrics\n")), "onex_gateway_delivery_", families);
    return families;
  }

  private static void rows(String page, String prefix, Map<String, String> families) {
    for (Matcher row = ROW.matcher(page); row.find(); ) {
      families.put(prefix + row.group(1), row.group(2));
    }
  }

  private String everyKind(FakeBackend taking, FakeBackend refusing) {
    return """
    integrations:
      search: {kind: elk, elasticsearch_url: "%1$s", manage_template: false, batch: {max_age: 20ms}}
      refusing: {kind: elk, logstash_url: "%2$s", batch: {max_age: 20ms}}
      spans: {kind: zipkin, url: "%1$s", batch: {max_age: 20ms}}
      traces: {kind: jaeger, endpoint: "%1$s", batch: {max_age: 20ms}}
      push: {kind: prometheus, push_gateway: "%1$s", batch: {max_age: 20ms}}
    sources:
      files: [{paths: ["%3$s/*.ndjson"]}]
    routing:
      rules:
        - {name: all, integrations: [refusing, spans, traces, push]}
        - {name: failing, when: "metadata.unheard_of > 1", integrations: [search]}
    operations: {stuck_after: 1s, expire_after: 1h}
    """
        .formatted(taking.url(), refusing.url(), folder);
  }
}
