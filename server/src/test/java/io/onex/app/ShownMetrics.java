package io.onex.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.onex.testkit.backend.Api;
import io.onex.testkit.backend.Backends;
import io.onex.testkit.backend.RunningProgram;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What a real Prometheus answers, compared with what was sent.
final class ShownMetrics {
  private static final Duration LONGEST = Duration.ofSeconds(90);

  private static final Set<String> ADDED = Set.of("__name__", "job", "instance");

  private ShownMetrics() {}

  /// Waits until a new Prometheus holds all events, by scrape and by push, then compares every
  // value.
  static void compare(SentDemo demo, TestGateway gateway, int pushgateway, Path folder)
      throws Exception {
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
              assertThat(query(api, "onex_events_total" + of + " > 0"))
                  .isEqualTo(demo.eventsTotal());
              assertThat(query(api, "onex_node_executions_total" + of + " > 0"))
                  .isEqualTo(demo.executionsTotal());
              for (String status : List.of("success", "error")) {
                assertThat(query(api, "onex_node_executions_total" + of).keySet())
                    .as("every node of which one outcome is counted has series of both")
                    .containsAll(demo.executionsWith(status));
              }
              sums(
                  query(api, "onex_node_execution_duration_seconds_sum" + of),
                  demo.executionMicros());
              sums(query(api, "onex_operation_duration_seconds_sum" + of), demo.operationMicros());
              assertThat(query(api, "sum(onex_active_operations" + of + ")"))
                  .isEqualTo(Map.of(Map.of(), 0.0));
              SentSeries.compare(ofEvents(api, job), SentSeries.of(demo));
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

  /// Every series about events that Prometheus has of a job.
  private static Map<Series, Double> ofEvents(Api api, String job) throws Exception {
    String query = "{__name__=~\"onex_.*\",job=\"" + job + "\"}";
    Map<Series, Double> values = new HashMap<>();
    for (JsonNode one : api.get("/api/v1/query?query=" + encoded(query)).at("/data/result")) {
      Map<String, String> labels = new HashMap<>();
      one.get("metric")
          .properties()
          .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
      String name = labels.get("__name__");
      labels.keySet().removeAll(ADDED);
      Series series = new Series(name, labels);
      if (series.isOfEvents()) {
        values.put(series, Double.parseDouble(one.at("/value/1").asText()));
      }
    }
    return values;
  }

  private static String encoded(String query) {
    return URLEncoder.encode(query, StandardCharsets.UTF_8);
  }

  /// Instant values by labels, those that Prometheus adds left out.
  private static Map<Map<String, String>, Double> query(Api api, String expression)
      throws Exception {
    JsonNode answer = api.get("/api/v1/query?query=" + encoded(expression));
    assertThat(answer.get("status").asText()).as(answer.toString()).isEqualTo("success");
    Map<Map<String, String>, Double> values = new HashMap<>();
    for (JsonNode series : answer.at("/data/result")) {
      Map<String, String> labels = new TreeMap<>();
      series
          .get("metric")
          .properties()
          .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
      labels.keySet().removeAll(ADDED);
      assertThat(values.put(labels, series.at("/value/1").asDouble())).isNull();
    }
    return values;
  }
}
