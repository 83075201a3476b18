package io.onex.integration.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.onex.bytes.Slice;
import io.onex.config.ConfigLoader;
import io.onex.delivery.DeliveryResult;
import io.onex.delivery.ExpositionSource;
import io.onex.delivery.Integration;
import io.onex.delivery.Integration.Probe;
import io.onex.delivery.http.Pieces;
import io.onex.event.EventType;
import io.onex.integration.Samples;
import io.onex.integration.Services;
import io.onex.integration.TestRecords;
import io.onex.log.Position;
import io.onex.log.Record;
import io.onex.log.RecordWriter;
import io.onex.metric.exposition.Exposition;
import io.onex.metric.exposition.ExpositionFormat;
import io.onex.metric.mapping.EventMetrics;
import io.onex.metric.mapping.EventMetricsSettings;
import io.onex.routing.TracingRules;
import io.onex.testkit.backend.Api;
import io.onex.testkit.backend.Backends;
import io.onex.testkit.backend.RunningProgram;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against a real Pushgateway and a real Prometheus that scrapes it.
@Tag("installed-program")
class PushgatewayTest {
  private static final int PUSHGATEWAY = Backends.freePort();
  private static final int PROMETHEUS = Backends.freePort();

  @TempDir static Path folder;
  private static RunningProgram pushgateway;
  private static RunningProgram prometheus;

  private final AtomicLong counted = new AtomicLong();

  @BeforeAll
  static void start() {
    pushgateway = Backends.pushgateway(PUSHGATEWAY);
    prometheus = Backends.prometheus(PROMETHEUS, folder, Map.of("pushgateway", PUSHGATEWAY));
  }

  @AfterAll
  static void stop() {
    prometheus.close();
    pushgateway.close();
  }

  @Test
  void what_is_pushed_is_what_prometheus_then_answers() throws Exception {
    try (Integration integration = integration("job: gateway/1\ninstance: host-1", "");
        Api api = new Api(PROMETHEUS)) {
      assertThat(integration.probe()).isInstanceOf(Probe.Reachable.class);
      for (long records : new long[] {41, 42}) {
        counted.set(records);
        assertThat(push(integration, records - 1)).isInstanceOf(DeliveryResult.Delivered.class);
      }

      String query =
          "/api/v1/query?query=onex_events_total%7Bjob%3D%22gateway%2F1%22%2Cinstance%3D%22host-1%22%7D";
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> {
            JsonNode found = api.get(query).at("/data/result");
            assertThat(found).hasSize(1);
            assertThat(found.get(0).at("/value/1").asText()).isEqualTo("42");
            assertThat(found.get(0).at("/metric/event_type").asText()).isEqualTo("NODE_START");
          });
    }
  }

  @Test
  void the_metrics_of_real_events_are_taken_whole_and_pass_the_linter() throws Exception {
    EventMetrics metrics = new EventMetrics(EventMetricsSettings.DEFAULT, TracingRules.none());
    List<Record> samples = Samples.records();
    for (Record record : samples) {
      metrics.apply(record, () -> new RecordWriter(1024));
    }
    byte[] text = Exposition.write(metrics.families(), ExpositionFormat.PROMETHEUS_TEXT);
    PrometheusFactory factory = new PrometheusFactory();
    String yaml = "job: samples\npush_gateway: http://127.0.0.1:" + PUSHGATEWAY;
    ExpositionSource.Exposition exposition =
        new ExpositionSource.Exposition(new Position(0, samples.size()), Pieces.of(Slice.of(text)));
    try (Integration integration =
            factory.create(
                ConfigLoader.section(factory.kind().settings(), yaml),
                Services.of(() -> exposition));
        Api api = new Api(PROMETHEUS)) {
      assertThat(push(integration, samples.size() - 1))
          .isInstanceOf(DeliveryResult.Delivered.class);

      long starts = samples.stream().filter(r -> r.type().equals(EventType.NODE_START)).count();
      assertThat(starts).isPositive();
      String query =
          "sum%28onex_events_total%7Bjob%3D%22samples%22%2Cevent_type%3D%22node_start%22%7D%29";
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() ->
              assertThat(
                      api.get("/api/v1/query?query=" + query).at("/data/result/0/value/1").asLong())
                  .isEqualTo(starts));
    }
    assertThat(lint(text)).isEmpty();
  }

  /// What `promtool check metrics` has to say.
  private static String lint(byte[] text) throws Exception {
    Process promtool =
        new ProcessBuilder(Backends.installed("promtool", "prometheus"), "check", "metrics")
            .redirectErrorStream(true)
            .start();
    try (OutputStream input = promtool.getOutputStream()) {
      input.write(text);
    }
    String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return promtool.waitFor() == 0 ? said : "exit " + promtool.exitValue() + ": " + said;
  }

  @Test
  void metrics_inconsistent_with_another_group_are_told_apart_from_bad_records() throws Exception {
    counted.set(1);
    try (Integration first = integration("job: first", "");
        Integration second = integration("job: second", "# TYPE onex_events_total gauge\n")) {
      assertThat(push(first, 0)).isInstanceOf(DeliveryResult.Delivered.class);

      assertThat(push(second, 0))
          .isInstanceOfSatisfying(
              DeliveryResult.Retryable.class, r -> assertThat(r.reason()).contains("400"));
    }
  }

  private static DeliveryResult push(Integration integration, long offset) throws Exception {
    return integration.send(
        integration
            .encode(
                List.of(
                    TestRecords.event(
                        "NODE_START",
                        "e",
                        "n",
                        "",
                        "",
                        TestRecords.INGEST,
                        TestRecords.INGEST,
                        offset)),
                record -> Slice.EMPTY)
            .payload());
  }

  private Integration integration(String yaml, String type) throws Exception {
    PrometheusFactory factory = new PrometheusFactory();
    String metrics = type.isEmpty() ? "# TYPE onex_events_total counter\n" : type;
    return factory.create(
        ConfigLoader.section(
            factory.kind().settings(),
            "push_interval: 0s\nendpoint: http://127.0.0.1:"
                + PROMETHEUS
                + "\npush_gateway: http://127.0.0.1:"
                + PUSHGATEWAY
                + "\n"
                + yaml),
        Services.of(() ->
            new ExpositionSource.Exposition(
                new Position(0, counted.get()),
                Pieces.of(
                    Slice.utf8(metrics),
                    Slice.utf8(
                        "onex_events_total{event_type=\"NODE_START\"} " + counted.get() + "\n")))));
  }
}
