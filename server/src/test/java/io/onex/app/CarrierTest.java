package io.onex.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.luben.zstd.Zstd;
import io.onex.segment.BlockCodec;
import io.onex.testkit.FakeBackend;
import io.onex.testkit.FakeBackend.Behaviour.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// With two cores there are two carriers, and one that unpacks, compresses or encodes for
/// milliseconds is missing to everybody else: all that is done by platform threads.
///
/// What unpacks, compresses and writes metrics asserts so itself; a failed assertion is an answer
/// of 500 here, or a delivery that never comes.
class CarrierTest {
  private static final int OPERATIONS = 400;

  /// More than what may be encoded where it is sent.
  private static final int MANY = 64;

  @TempDir private Path folder;

  @Test
  void the_program_watches_its_threads_while_it_is_tested() {
    assertThat(BlockCodec.class.desiredAssertionStatus()).as("java -ea").isTrue();
  }

  @Test
  void no_virtual_thread_unpacks_compresses_or_encodes_much() throws Exception {
    NotingCatalog noting = new NotingCatalog();
    try (FakeBackend system =
            new FakeBackend(request -> Answer.json(200, "{\"errors\":false,\"items\":[]}"));
        TestGateway gateway = new TestGateway(folder, Map.of(), noting.catalog())) {
      gateway.start(everyKind(system));

      taken(gateway, "identity", operations("a").getBytes(StandardCharsets.UTF_8));
      taken(gateway, "gzip", gzip(operations("b")));
      taken(gateway, "deflate", deflate(operations("c")));
      taken(gateway, "zstd", Zstd.compress(operations("d").getBytes(StandardCharsets.UTF_8)));
      taken(gateway, "identity", tinyEvents().getBytes(StandardCharsets.UTF_8));

      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> {
            for (JsonNode each : gateway.json("/onex/v1/status").get("destinations")) {
              assertThat(each.get("delivered").asLong()).as(each.toString()).isPositive();
              assertThat(each.get("pending").asLong()).as(each.toString()).isZero();
            }
          });
      assertThat(gateway.get("/metrics").statusCode()).isEqualTo(200);
      for (String kind : gateway.catalog().kinds().names()) {
        assertThat(noting.encoded())
            .as(kind)
            .filteredOn(each -> each.kind().equals(kind) && each.records() > MANY)
            .isNotEmpty()
            .allMatch(NotingCatalog.Encoded::onPlatformThread);
      }
      assertThat(system.requests())
          .anyMatch(each -> each.header("content-encoding").equals("gzip"))
          .anyMatch(each -> each.target().startsWith("/metrics/job/"));
    }
  }

  /// Every kind of integration there is, those that can pack packing.
  private static String everyKind(FakeBackend system) {
    String batch = "batch: {max_size: 1000, max_age: 300ms}";
    return """
    integrations:
      search: {kind: elk, elasticsearch_url: "%1$s", manage_template: false, gzip: true, %2$s}
      lines: {kind: elk, logstash_url: "%1$s", gzip: true, %2$s}
      spans: {kind: zipkin, url: "%1$s", %2$s}
      traces: {kind: jaeger, endpoint: "%1$s", %2$s}
      push: {kind: prometheus, push_gateway: "%1$s", push_interval: 1s, %2$s}
    routing:
      rules:
        - {name: all, integrations: [search, lines, spans, traces, push]}
    """
        .formatted(system.url(), batch);
  }

  /// As many as become several blocks of the log.
  private static String operations(String trace) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < OPERATIONS; i++) {
      for (String type : new String[] {"START", "SUCCESS"}) {
        lines
            .append("{\"event_type\":\"TELEMETRY_OPERATION_")
            .append(type)
            .append("\",\"timestamp\":\"")
            .append(Instant.now())
            .append("\",\"node_id\":\"n\",\"correlation_id\":\"")
            .append(trace)
            .append(i)
            .append("\",\"metadata\":{\"operation\":\"o\",\"function\":\"f\",\"pad\":\"")
            .append("x".repeat(200))
            .append("\"}}\n");
      }
    }
    return lines.toString();
  }

  /// A body so small that it is decoded where it was read, of events that become more than that.
  private static String tinyEvents() {
    return "{\"event_type\":\"NODE_X\",\"node_id\":\"n\"}\n".repeat(800);
  }

  private static void taken(TestGateway gateway, String coding, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(gateway.uri("/v1/events"))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/x-ndjson")
            .POST(BodyPublishers.ofByteArray(body));
    if (!coding.equals("identity")) {
      request.header("Content-Encoding", coding);
    }
    HttpResponse<String> answer = gateway.client().send(request.build(), BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(coding + ": " + answer.body()).isEqualTo(202);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return packed.toByteArray();
  }

  private static byte[] deflate(String text) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new DeflaterOutputStream(packed)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return packed.toByteArray();
  }
}
