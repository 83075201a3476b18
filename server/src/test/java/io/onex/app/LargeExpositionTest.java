package io.onex.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Node ids that a stranger makes long and many never keep `/metrics` from answering, nor what is
/// pushed from being pushed.
class LargeExpositionTest {
  private static final int NODES = 10_000;
  private static final int PER_REQUEST = 500;

  @TempDir private Path folder;

  @Test
  void ten_thousand_long_node_ids_are_exposed_and_pushed_in_a_small_heap() throws Exception {
    String longName = "n".repeat(200);
    AtomicLong pushed = new AtomicLong();
    HttpServer pushgateway =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    pushgateway.createContext(
        "/",
        exchange -> {
          pushed.set(exchange.getRequestBody().transferTo(OutputStream.nullOutputStream()));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    pushgateway.start();
    String config =
        """
        integrations: {push: {kind: prometheus, push_gateway: "http://127.0.0.1:%s", push_interval: 1s}}
        routing: {rules: [{name: all, integrations: [push]}]}
        """
            .formatted(pushgateway.getAddress().getPort());
    try (ServeProcess gateway = new ServeProcess(folder, List.of(), config)) {
      for (int first = 0; first < NODES; first += PER_REQUEST) {
        StringBuilder lines = new StringBuilder();
        for (int i = first; i < first + PER_REQUEST; i++) {
          String node = longName + "%06d".formatted(i);
          lines.append(line("NODE_START", node, i, "")).append(line("NODE_SUCCESS", node, i, ""));
          lines.append(line("TELEMETRY_OPERATION_START", node, NODES + i, "\"operation\":\"o\""));
          lines.append(
              line(
                  "TELEMETRY_OPERATION_SUCCESS",
                  node,
                  NODES + i,
                  "\"operation\":\"o\",\"execution_time_ms\":5"));
        }
        HttpResponse<String> answer =
            gateway.send(
                HttpRequest.newBuilder(gateway.uri("/v1/events"))
                    .POST(BodyPublishers.ofString(lines.toString())));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
      }

      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() ->
              assertThat(sum(scrape(gateway), "onex_node_executions_total")).isEqualTo(NODES));
      String exposition = scrape(gateway);
      assertThat(sum(exposition, "onex_operation_duration_seconds_count"))
          .isGreaterThanOrEqualTo(NODES);
      assertThat(exposition.lines().filter(line -> line.contains(longName))).isEmpty();
      await().atMost(Duration.ofSeconds(30)).until(() -> pushed.get() > exposition.length() / 2);
      assertThat(gateway.get("/health").statusCode()).isEqualTo(200);
    } finally {
      pushgateway.stop(0);
    }
  }

  private static String line(String type, String node, int number, String metadata) {
    return """
    {"event_type":"%s","node_id":"%s","correlation_id":"c-%d","event_id":"%s-%d","metadata":{%s}}
    """
        .formatted(type, node, number, type, number, metadata);
  }

  private static String scrape(ServeProcess gateway) throws Exception {
    HttpResponse<String> answer = gateway.get("/metrics");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  private static double sum(String exposition, String name) {
    return exposition
        .lines()
        .filter(line -> line.startsWith(name + "{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }
}
