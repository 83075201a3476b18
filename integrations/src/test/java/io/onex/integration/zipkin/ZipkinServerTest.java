package io.onex.integration.zipkin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.onex.bytes.Slice;
import io.onex.delivery.DeliveryResult;
import io.onex.delivery.Integration.Probe;
import io.onex.delivery.http.BaseUrl;
import io.onex.integration.Operations;
import io.onex.integration.SteppedClock;
import io.onex.integration.Transports;
import io.onex.log.Record;
import io.onex.testkit.backend.Api;
import io.onex.testkit.backend.Backends;
import io.onex.testkit.backend.RunningProgram;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Against a real Zipkin server.
@Tag("real-backend")
class ZipkinServerTest {
  private static final String TRACE = "74174996e2294d60ba6abbbc21a4b520";
  private static final int PORT = Backends.freePort();

  private static RunningProgram server;
  private static Api api;

  @BeforeAll
  static void start() {
    server = Backends.zipkin(PORT);
    api = new Api(PORT);
  }

  @AfterAll
  static void stop() {
    api.close();
    server.close();
  }

  @Test
  void a_run_and_the_operations_inside_it_come_back_as_one_trace() throws Exception {
    List<Record> records =
        List.of(
            operation("node", "caller", "00000000000000a1", "null", 1_000, 3_000_000, "success"),
            operation(
                "telemetry",
                "caller",
                "00000000000000a2",
                "\"00000000000000a1\"",
                2_000,
                0,
                "success"),
            operation(
                "node",
                "callee",
                "00000000000000a3",
                "\"00000000000000a1\"",
                3_000,
                2_500_000,
                "error"));
    try (ZipkinIntegration integration =
        new ZipkinIntegration(
            new ZipkinSettings(BaseUrl.of("http://127.0.0.1:" + PORT), Duration.ofSeconds(30)),
            Transports.plain(),
            new SteppedClock())) {
      assertThat(integration.probe()).isInstanceOf(Probe.Reachable.class);
      for (int attempt = 0; attempt < 2; attempt++) {
        assertThat(integration.send(integration.encode(records, r -> Slice.EMPTY).payload()))
            .isInstanceOf(DeliveryResult.Delivered.class);
      }

      Map<String, JsonNode> spans = new HashMap<>();
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> {
            api.get("/api/v2/trace/" + TRACE).forEach(s -> spans.put(s.path("id").asText(), s));
            return spans.size() >= 3;
          });
      // Sent twice, there once.
      assertThat(api.get("/api/v2/trace/" + TRACE)).hasSize(3);
      JsonNode callee = spans.get("00000000000000a3");
      assertThat(callee.get("parentId").asText()).isEqualTo("00000000000000a1");
      assertThat(callee.get("duration").asLong()).isEqualTo(2_500_000);
      assertThat(callee.get("timestamp").asLong()).isEqualTo(1795341177735665L + 3_000);
      assertThat(callee.at("/tags/error").asText()).isEqualTo("no disk");
      assertThat(callee.get("name").asText()).isEqualTo("onex.callee.work");
      assertThat(spans.get("00000000000000a1").get("duration").asLong()).isEqualTo(3_000_000);
      assertThat(spans.get("00000000000000a1").has("parentId")).isFalse();
      assertThat(spans.get("00000000000000a1").at("/tags").has("error")).isFalse();
      assertThat(spans.get("00000000000000a2").get("duration").asLong()).isEqualTo(1);

      JsonNode links = api.get("/api/v2/dependencies?endTs=1795341300000&lookback=86400000");
      assertThat(links).hasSize(1);
      assertThat(links.get(0).get("parent").asText()).isEqualTo("caller");
      assertThat(links.get(0).get("child").asText()).isEqualTo("callee");
      assertThat(links.get(0).get("errorCount").asInt()).isEqualTo(1);
    }
  }

  private static Record operation(
      String family,
      String node,
      String span,
      String parent,
      long start,
      long duration,
      String outcome) {
    return Operations.ended(
        """
        {"family":"%s","node_id":"%s:1.0.0","node_name":"%s","version":"1.0.0","operation":"%s.work",
         "trace_id":"%s","span_id":"%s","parent_span_id":%s,"start_us":%d,"duration_us":%d,
         "duration_source":"clock","outcome":"%s","error":{"message":"no disk","type":null,"code":null}}
        """
            .formatted(
                family,
                node,
                node,
                node,
                TRACE,
                span,
                parent,
                1795341177735665L + start,
                duration,
                outcome));
  }
}
