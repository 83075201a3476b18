package io.onex.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.luben.zstd.Zstd;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Later Java versions deny `sun.misc.Unsafe` and native code that is not allowed by name. The
/// program has to run in one that does so today; native access is needed by the zstd library alone,
/// which has no module of its own on a class path.
class RestrictedJavaTest {
  private static final List<String> JVM =
      List.of(
          "--sun-misc-unsafe-memory-access=deny",
          "--illegal-native-access=deny",
          "--enable-native-access=ALL-UNNAMED");
  private static final int SIGTERM = 143;

  @TempDir private Path folder;

  @Test
  void events_pass_from_a_zstd_body_through_a_cel_rule_to_a_destination_and_metrics()
      throws Exception {
    try (CountingSink sink = new CountingSink();
        ServeProcess gateway = new ServeProcess(folder, JVM, configuration(sink))) {
      byte[] lines = GatewayUnderTest.operation("a").getBytes(StandardCharsets.UTF_8);
      HttpResponse<String> answer =
          gateway.send(
              HttpRequest.newBuilder(gateway.uri("/v1/events"))
                  .header("Content-Type", "application/x-ndjson")
                  .header("Content-Encoding", "zstd")
                  .header("X-Onex-Ack", "delivered")
                  .POST(BodyPublishers.ofByteArray(Zstd.compress(lines))));
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
      assertThat(answer.body()).contains("\"accepted\":2").doesNotContain("pending");

      assertThat(sink.distinct()).containsOnlyKeys("a-end");
      await()
          .untilAsserted(() ->
              assertThat(gateway.get("/metrics").body())
                  .contains("onex_node_execution_duration_seconds_count")
                  .contains("onex_gateway_delivery_attempts_total"));
      assertThat(gateway.get("/onex/v1/status").body()).contains("\"delivered\":1");
      assertThat(gateway.terminate()).isEqualTo(SIGTERM);
      assertThat(gateway.output()).as("how it ended").contains("Stopping").contains("Stopped");
      assertThat(gateway.output()).doesNotContain("WARNING").doesNotContain("ERROR");
    }
  }

  private static String configuration(CountingSink sink) {
    return """
    integrations:
      documents:
        kind: elk
        logstash_url: "%s"
        batch: {max_size: 10, max_age: 20ms}
    routing:
      rules:
        - event_types: ["*"]
          when: "event_type.endsWith('SUCCESS') && node_id.matches('stamper.*')"
          integrations: [documents]
    """
        .formatted(sink.url());
  }
}
