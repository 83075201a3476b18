package io.onex.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.onex.config.ConfigLoader;
import io.onex.config.GatewayConfig;
import io.onex.delivery.IntegrationCatalog;
import io.onex.storage.FileStorage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.random.RandomGeneratorFactory;

/// A gateway in this process that answers on a port of its own.
final class GatewayUnderTest implements AutoCloseable {
  private static final IntegrationCatalog CATALOG = IntegrationCatalog.load();

  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient client = HttpClient.newHttpClient();
  private final Path folder;
  private final FileStorage files;
  private final Gateway gateway;

  /// @param folder for its data, below `data`
  /// @param yaml the configuration but for the listener
  GatewayUnderTest(Path folder, String yaml) throws Exception {
    this.folder = folder;
    files = FileStorage.open(folder.resolve("data"));
    gateway =
        Gateway.start(
            new GatewaySetup(
                config(folder, yaml),
                files,
                new SystemClock(),
                CATALOG,
                (SplittableGenerator) RandomGeneratorFactory.of("L64X128MixRandom").create(7),
                "test-host",
                "test"));
    await()
        .pollInterval(Duration.ofMillis(10))
        .untilAsserted(() ->
            assertThat(send(HttpRequest.newBuilder(uri("/ready"))).statusCode()).isEqualTo(200));
  }

  static GatewayConfig config(Path folder, String yaml) throws Exception {
    return new ConfigLoader(CATALOG.kinds(), name -> Optional.empty())
        .read("test.yaml", "server:\n  listeners: ['127.0.0.1:0']\n" + yaml, folder)
        .orThrow();
  }

  Gateway gateway() {
    return gateway;
  }

  void reload(String yaml) throws Exception {
    gateway.reload(config(folder, yaml));
  }

  JsonNode get(String path) throws Exception {
    return json.readTree(send(HttpRequest.newBuilder(uri(path))).body());
  }

  /// Posts events and returns the answer once `ack` is reached.
  JsonNode take(String lines, String ack) throws Exception {
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(uri("/v1/events"))
                .header("X-Onex-Ack", ack)
                .POST(BodyPublishers.ofString(lines)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return json.readTree(answer.body());
  }

  HttpResponse<String> post(String path, String body) throws Exception {
    return send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  HttpResponse<String> delete(String path) throws Exception {
    return send(HttpRequest.newBuilder(uri(path)).DELETE());
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + gateway.port() + path);
  }

  /// A START and, 1.5 s later, its END: `ID-start` and `ID-end`.
  static String operation(String id) {
    String common =
        "\"node_id\":\"stamper_node\",\"correlation_id\":\"corr-"
            + id
            + "\",\"metadata\":{\"input_state\":{},\"output_state\":{}}";
    return """
    {"event_id":"%1$s-start","timestamp":"2026-11-22T09:44:10Z","event_type":"NODE_START",%2$s}
    {"event_id":"%1$s-end","timestamp":"2026-11-22T09:44:11.5Z","event_type":"NODE_SUCCESS",%2$s}
    """
        .formatted(id, common);
  }

  @Override
  public void close() throws IOException {
    gateway.close();
    files.close();
    client.close();
  }
}
