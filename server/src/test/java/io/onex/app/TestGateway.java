package io.onex.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.onex.config.ConfigException;
import io.onex.config.ConfigLoader;
import io.onex.config.GatewayConfig;
import io.onex.delivery.IntegrationCatalog;
import io.onex.storage.FaultyStorage;
import io.onex.storage.FileStorage;
import io.onex.time.Clock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.random.RandomGeneratorFactory;

/// A whole gateway in this process on a free port, and a client that knows only its HTTP API.
final class TestGateway implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final IntegrationCatalog catalog;
  private final Map<String, String> environment;
  private final Path folder;
  private final FileStorage files;
  private final FaultyStorage storage;
  private Optional<Gateway> running = Optional.empty();
  private Clock clock = new SystemClock();
  private int port;

  /// @param folder for its configuration and, in `data`, its data
  /// @param environment what `${VAR}` in its configuration means
  TestGateway(Path folder, Map<String, String> environment) throws IOException {
    this(folder, environment, IntegrationCatalog.load());
  }

  /// @param catalog the kinds of integration there are
  TestGateway(Path folder, Map<String, String> environment, IntegrationCatalog catalog)
      throws IOException {
    this.catalog = catalog;
    this.folder = folder;
    this.environment = environment;
    files = FileStorage.open(folder.resolve("data"));
    storage = new FaultyStorage(files);
  }

  /// Its machine has this clock from the next start on.
  void runBy(Clock machine) {
    clock = machine;
  }

  /// Starts it and waits until it is ready.
  void start(String yaml) throws Exception {
    startUnready(yaml);
    await()
        .pollInterval(Duration.ofMillis(10))
        .untilAsserted(() -> assertThat(get("/ready").statusCode()).isEqualTo(200));
  }

  /// Starts it.
  void startUnready(String yaml) throws Exception {
    GatewaySetup setup =
        new GatewaySetup(
            config(yaml),
            storage,
            clock,
            catalog,
            (SplittableGenerator) RandomGeneratorFactory.of("L64X128MixRandom").create(7),
            "test-host",
            "test");
    Gateway gateway = Gateway.start(setup);
    running = Optional.of(gateway);
    port = gateway.port();
  }

  /// The configuration as `serve` reads it, on a free port.
  GatewayConfig config(String yaml) throws ConfigException {
    ConfigLoader loader =
        new ConfigLoader(catalog.kinds(), name -> Optional.ofNullable(environment.get(name)));
    return loader
        .read("test.yaml", "server:\n  listeners: ['127.0.0.1:0']\n" + yaml, folder)
        .orThrow();
  }

  /// Stops it as SIGTERM does; [#start] starts it again on the same data.
  void stop() {
    running.ifPresent(Gateway::close);
    running = Optional.empty();
  }

  Gateway gateway() {
    return running.orElseThrow();
  }

  IntegrationCatalog catalog() {
    return catalog;
  }

  FaultyStorage storage() {
    return storage;
  }

  FileStorage files() {
    return files;
  }

  Path data() {
    return folder.resolve("data");
  }

  int port() {
    return port;
  }

  /// Posts lines of events.
  ///
  /// @param ack the header `X-Onex-Ack`
  HttpResponse<String> post(String lines, String ack) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(uri("/v1/events"))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/x-ndjson")
            .header("X-Onex-Ack", ack)
            .POST(BodyPublishers.ofString(lines)));
  }

  /// Posts lines of events, all of which have to be taken.
  JsonNode accept(String lines, String ack) throws IOException, InterruptedException {
    HttpResponse<String> answer = post(lines, ack);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    JsonNode result = JSON.readTree(answer.body());
    assertThat(result.get("rejected")).as(answer.body()).isEmpty();
    return result;
  }

  HttpResponse<String> post(String path, String json, String accept)
      throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(uri(path))
            .header("Accept", accept)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri(path)));
  }

  JsonNode json(String path) throws IOException, InterruptedException {
    return JSON.readTree(get(path).body());
  }

  /// What `/onex/v1/status` says of a destination.
  JsonNode destination(String name) throws IOException, InterruptedException {
    for (JsonNode destination : json("/onex/v1/status").get("destinations")) {
      if (destination.get("name").asText().equals(name)) {
        return destination;
      }
    }
    throw new AssertionError("no destination " + name);
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  HttpClient client() {
    return client;
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() throws IOException {
    stop();
    files.close();
    client.close();
  }
}
