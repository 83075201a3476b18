package io.onex.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Lines that are odd or no events, without being faulty: what they were shows in the metrics.
class OddInputTest {
  private static final List<String> LINES =
      List.of(
          "{\"event_id\":\"a\",\"event_type\":\"NODE_START\",\"node_id\":\"n\",\"timestamp\":null}",
          "{\"event_id\":\"b\",\"event_type\":\"SOMETHING\",\"node_id\":\"n\",\"metadata\":{},"
              + "\"timestamp\":\"2026-01-01T00:00:00Z\"}",
          "{\"command_type\":\"STOP\",\"node_id\":\"n\"}",
          "{\"topic\":\"onex.cmd.a.b.v1\",\"value\":{}}",
          "null");

  @TempDir private Path folder;

  @Test
  void warnings_and_ignored_elements_are_counted_by_code() throws Exception {
    try (TestGateway gateway = new TestGateway(folder, Map.of())) {
      gateway.start("");
      HttpResponse<String> answer = gateway.post(String.join("\n", LINES), "durable");
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
      gateway.post("null", "durable");

      assertThat(gateway.get("/metrics").body().lines())
          .contains(
              "onex_gateway_ingest_warned_total 2.0",
              "onex_gateway_ingest_warnings_total{code=\"odd_event_id\"} 2.0",
              "onex_gateway_ingest_warnings_total{code=\"no_time\"} 1.0",
              "onex_gateway_ingest_warnings_total{code=\"metadata_incomplete\"} 1.0",
              "onex_gateway_ingest_warnings_total{code=\"unknown_type\"} 1.0",
              "onex_gateway_ingest_ignored_total{code=\"command\"} 2.0",
              "onex_gateway_ingest_ignored_total{code=\"tombstone\"} 2.0");
      assertThat(gateway.json("/onex/v1/status").at("/ingest/ignored").asInt()).isEqualTo(4);
    }
  }
}
