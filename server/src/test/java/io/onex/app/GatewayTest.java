package io.onex.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.onex.config.ConfigLoader;
import io.onex.config.GatewayConfig;
import io.onex.delivery.IntegrationCatalog;
import io.onex.storage.DirectoryInUseException;
import io.onex.storage.Fault;
import io.onex.storage.FaultyStorage;
import io.onex.storage.FileStorage;
import io.onex.testkit.FakeBackend;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A whole gateway in this process, between real sockets and strict fake back ends.
class GatewayTest {
  private static final String TIMES = "2026-11-22T09:44:1";

  @TempDir private Path folder;
  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient client = HttpClient.newHttpClient();
  private final FakeBackend logstash = FakeBackend.answering(200);
  private final FakeBackend zipkin = FakeBackend.answering(202);
  private final IntegrationCatalog catalog = IntegrationCatalog.load();
  private FileStorage files;
  private FaultyStorage storage;
  private Gateway gateway;

  @BeforeEach
  void start() throws Exception {
    files = FileStorage.open(folder.resolve("data"));
    storage = new FaultyStorage(files);
    begin(config(bothDestinations()));
  }

  @AfterEach
  void stop() throws IOException {
    gateway.close();
    files.close();
    client.close();
    logstash.close();
    zipkin.close();
    assertThat(logstash.violations()).isEmpty();
    assertThat(zipkin.violations()).isEmpty();
  }

  @Test
  void an_operation_becomes_a_metric_documents_and_a_span() throws Exception {
    accepted(post(operation("a"), "durable"));

    await().untilAsserted(() -> assertThat(documents()).hasSizeGreaterThanOrEqualTo(2));
    JsonNode start = documents().getFirst();
    assertThat(start.get("event_id").asText()).isEqualTo("a-start");
    assertThat(start.get("event_type").asText()).isEqualTo("NODE_START");
    await().untilAsserted(() -> assertThat(spans()).hasSize(1));
    JsonNode span = spans().getFirst();
    assertThat(span.get("traceId").asText()).isEqualTo("74174996e2294d60ba6abbbc21a4b520");
    assertThat(span.get("duration").asLong()).isEqualTo(1_500_000);
    await()
        .untilAsserted(() ->
            assertThat(get("/metrics").body())
                .contains("onex_node_executions_total{")
                .contains("onex_gateway_ingest_accepted_total{source=\"http\"} 2"));
  }

  @Test
  void the_ledger_of_every_destination_balances_and_why_tells_each_fate() throws Exception {
    accepted(post(operation("a"), "delivered"));
    JsonNode status = json.readTree(get("/onex/v1/status").body());
    assertThat(status.get("destinations")).hasSize(2);
    for (JsonNode destination : status.get("destinations")) {
      long settled = 0;
      for (String outcome :
          List.of(
              "delivered", "filtered", "sampled", "diverted", "dead_lettered", "expired", "lost")) {
        settled += destination.get(outcome).asLong();
      }
      assertThat(destination.get("accepted").asLong())
          .isEqualTo(settled + destination.get("pending").asLong());
      assertThat(destination.get("balanced").asBoolean()).isTrue();
    }
    JsonNode why = json.readTree(get("/onex/v1/why/a-start").body());
    assertThat(why.get("type").asText()).isEqualTo("NODE_START");
    assertThat(why.get("destinations").get(0).get("name").asText()).isEqualTo("elk");
    assertThat(why.get("destinations").get(0).get("outcome").asText()).isEqualTo("delivered");
    assertThat(why.get("destinations").get(1).get("outcome").asText()).isEqualTo("filtered");
    assertThat(get("/onex/v1/why/nobody").statusCode()).isEqualTo(404);
  }

  @Test
  void an_answer_after_delivery_means_that_the_back_end_has_the_records() throws Exception {
    JsonNode answer = accepted(post(operation("a"), "delivered:elk"));
    assertThat(answer.has("pending")).isFalse();
    assertThat(documents())
        .extracting(d -> d.get("event_id").asText())
        .contains("a-start", "a-end");
  }

  @Test
  void a_dead_destination_is_named_and_delays_no_other() throws Exception {
    zipkin.close();
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(uri("/v1/events"))
                .header("X-Onex-Ack", "delivered:elk")
                .POST(BodyPublishers.ofString(operation("a"))));
    assertThat(accepted(answer).has("pending")).isFalse();
    await()
        .untilAsserted(() -> {
          JsonNode status = json.readTree(get("/onex/v1/status").body());
          assertThat(status.get("destinations").get(1).get("state").asText())
              .isIn("retrying", "open");
        });
    assertThat(get("/health").statusCode()).isEqualTo(200);
  }

  @Test
  void a_restart_keeps_counters_cursors_and_duplicates() throws Exception {
    accepted(post(operation("a"), "delivered"));
    await().untilAsserted(() -> assertThat(executions()).isEqualTo(1));
    long delivered = delivered();
    gateway.close();
    begin(config(bothDestinations()));
    await().untilAsserted(() -> assertThat(executions()).isEqualTo(1));
    assertThat(delivered()).isEqualTo(delivered);
    JsonNode again = accepted(post(operation("a"), "durable"));
    assertThat(again.get("duplicates").asLong()).isEqualTo(2);
    accepted(post(operation("b"), "delivered"));
    await().untilAsserted(() -> assertThat(executions()).isEqualTo(2));
    assertThat(documents().stream().filter(d -> d.get("event_id").asText().equals("a-start")))
        .hasSize(1);
  }

  @Test
  void one_operation_across_a_restart_has_one_duration() throws Exception {
    String[] lines = operation("a").split("\n", -1);
    accepted(post(lines[0], "durable"));
    gateway.close();
    begin(config(bothDestinations()));
    accepted(post(lines[1], "durable"));
    await().untilAsserted(() -> assertThat(spans()).hasSize(1));
    assertThat(spans().getFirst().get("duration").asLong()).isEqualTo(1_500_000);
  }

  @Test
  void a_full_disk_is_503_while_deliveries_go_on_and_it_heals() throws Exception {
    logstash.always(request -> FakeBackend.Behaviour.Answer.of(503));
    accepted(post(operation("a"), "durable"));
    storage.inject(Fault.always(Fault.Operation.WRITE, Fault.Kind.NO_SPACE).on("log/"));
    HttpResponse<String> full = post(operation("b"), "durable");
    assertThat(full.statusCode()).isEqualTo(503);
    assertThat(full.headers().firstValue("Retry-After")).isPresent();
    logstash.always(request -> FakeBackend.Behaviour.Answer.of(200));
    await()
        .untilAsserted(() ->
            assertThat(delivered("a-start")).as("delivered although the disk is full").isTrue());
    storage.heal();
    await().untilAsserted(() -> accepted(post(operation("b"), "delivered:elk")));
    assertThat(delivered("b-start")).isTrue();
  }

  @Test
  void a_replay_leaves_out_what_the_destination_does_not_take() throws Exception {
    accepted(post(operation("a"), "delivered"));
    await().untilAsserted(() -> assertThat(spans()).hasSize(1));
    JsonNode replay = replayed("/onex/v1/replay", "{\"destination\":\"zipkin\",\"from\":\"1h\"}");
    assertThat(replay.get("replayed").asLong()).as("%s", replay).isEqualTo(1);
    assertThat(replay.get("refused").asLong()).isZero();
  }

  @Test
  void a_destination_that_does_not_exist_is_not_called_one_without_dead_letters() throws Exception {
    for (String path : List.of("/onex/v1/dead-letters", "/onex/v1/replay")) {
      assertThat(get(path + "?destination=elk").statusCode()).isEqualTo(200);
      HttpResponse<String> answer = get(path + "?destination=elc");
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(json.readTree(answer.body()).get("message").asText())
          .isEqualTo("there is no destination elc");
      assertThat(json.readTree(answer.body()).get("hint").asText()).isEqualTo("did you mean elk?");
    }
    assertThat(get("/onex/v1/dead-letters?destination=refused").statusCode()).isEqualTo(200);
  }

  @Test
  void every_request_of_ours_knows_its_parameters_and_head() throws Exception {
    assertThat(get("/onex/v1/dead-letters?destination=elk&reason=x&limit=3&after=elk-1").body())
        .contains("\"items\"");
    assertThat(get("/onex/v1/status?verbose=1").statusCode()).isEqualTo(400);
    assertThat(get("/metrics?name=x").statusCode()).isEqualTo(200);
    for (String path : List.of("/health", "/ready", "/metrics", "/", "/onex/v1/tap")) {
      HttpResponse<String> answer = head(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      assertThat(answer.body()).isEmpty();
    }
  }

  @Test
  void an_address_is_shown_as_it_is_configured() throws Exception {
    String shown = get("/onex/v1/config").body();
    assertThat(json.readTree(shown).get("integrations.elk.logstash_url").asText())
        .isEqualTo(logstash.url().toString());
  }

  @Test
  void a_refused_record_is_a_dead_letter_that_can_be_sent_again() throws Exception {
    logstash.always(request -> FakeBackend.Behaviour.Answer.of(400));
    accepted(post(operation("a"), "delivered:elk"));
    JsonNode page = json.readTree(get("/onex/v1/dead-letters?destination=elk").body());
    assertThat(page.get("total").asLong()).isGreaterThanOrEqualTo(2);
    String id = page.get("items").get(0).get("id").asText();
    JsonNode letter = json.readTree(get("/onex/v1/dead-letters/" + id).body());
    assertThat(letter.get("body").get("event_id").asText()).isEqualTo("a-start");
    logstash.always(request -> FakeBackend.Behaviour.Answer.of(200));
    JsonNode replay = replayed("/onex/v1/dead-letters/replay", "{\"destination\":\"elk\"}");
    assertThat(replay.get("replayed").asLong()).isGreaterThanOrEqualTo(2);
    assertThat(delivered("a-start")).isTrue();
  }

  @Test
  void a_stretch_of_the_log_is_counted_and_sent_again_by_todays_rules() throws Exception {
    accepted(post(operation("a") + operation("b"), "delivered"));
    String request =
        "{\"destination\":\"elk\",\"from\":\"1h\",\"where\":\"event_type == 'NODE_START'\"";
    HttpResponse<String> dry = postTo("/onex/v1/replay", request + ",\"dry_run\":true}");
    assertThat(json.readTree(dry.body()).get("matched").asLong()).isEqualTo(2);
    int before = documents().size();
    JsonNode real = replayed("/onex/v1/replay", request + "}");
    assertThat(real.get("replayed").asLong()).isEqualTo(2);
    assertThat(documents()).hasSize(before + 2);
  }

  @Test
  void a_tap_shows_matching_records_and_refuses_what_does_not_compile() throws Exception {
    accepted(post(operation("old"), "durable"));
    HttpRequest tap =
        HttpRequest.newBuilder(
                uri("/onex/v1/tap?limit=1&filter=event_type%20%3D%3D%20%27NODE_SUCCESS%27"))
            .build();
    var lines = client.sendAsync(tap, HttpResponse.BodyHandlers.ofString());
    await()
        .until(() -> {
          accepted(post(operation("t" + System.nanoTime()), "durable"));
          return lines.isDone();
        });
    JsonNode record =
        json.readTree(lines.get().body().lines().filter(l -> !l.isBlank()).findFirst().get());
    assertThat(record.get("type").asText()).isEqualTo("NODE_SUCCESS");
    assertThat(get("/onex/v1/tap?filter=nonsense%20%3D").statusCode()).isEqualTo(400);
  }

  @Test
  void no_secret_of_an_event_rests_anywhere_in_the_data_folder() throws Exception {
    String canary = "canary-0f-all-secrets";
    String event =
        "{\"event_id\":\"s\",\"event_type\":\"NODE_START\",\"node_id\":\"n\",\"metadata\":"
            + "{\"input_state\":{\"api_key\":\""
            + canary
            + "\"}}}";
    accepted(post(event, "delivered:elk"));
    assertThat(post(event.substring(0, event.length() - 2), "durable").statusCode()).isEqualTo(400);
    assertThat(get("/onex/v1/why/s").body()).doesNotContain(canary);
    assertThat(documents().toString()).doesNotContain(canary);
    gateway.close();
    try (Stream<Path> all = Files.walk(folder.resolve("data"))) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .as("%s", file)
            .doesNotContain(canary);
      }
    }
    begin(config(bothDestinations()));
  }

  @Test
  void it_stops_within_five_seconds_although_destinations_are_dead() throws Exception {
    logstash.always(request -> new FakeBackend.Behaviour.BlackHole());
    zipkin.close();
    accepted(post(operation("a"), "durable"));
    await().untilAsserted(() -> assertThat(logstash.requests()).isNotEmpty());
    long start = System.nanoTime();
    gateway.close();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    begin(config(bothDestinations()));
  }

  @Test
  void a_second_gateway_on_the_same_data_folder_is_refused() {
    assertThatThrownBy(() -> FileStorage.open(folder.resolve("data")))
        .isInstanceOf(DirectoryInUseException.class);
  }

  @Test
  void a_tailed_file_is_taken_in_once_across_a_restart() throws Exception {
    Path file = folder.resolve("events.ndjson");
    Files.writeString(file, operation("f"));
    String config = bothDestinations() + "sources:\n  files:\n    - paths: ['" + file + "']\n";
    gateway.close();
    begin(config(config));
    await().untilAsserted(() -> assertThat(delivered("f-end")).isTrue());
    gateway.close();
    begin(config(config));
    accepted(post(operation("later"), "delivered:elk"));
    assertThat(documents().stream().filter(d -> d.get("event_id").asText().equals("f-start")))
        .hasSize(1);
  }

  @Test
  void a_refused_line_of_a_file_is_found_again_in_it() throws Exception {
    Path file = folder.resolve("odd \u202e.ndjson");
    Files.writeString(file, operation("g"));
    String config =
        bothDestinations() + "sources:\n  files:\n    - paths: ['" + folder + "/odd*']\n";
    gateway.close();
    begin(config(config));
    await().untilAsserted(() -> assertThat(delivered("g-end")).isTrue());
    long before = Files.size(file);
    Files.writeString(file, "{}\n", StandardOpenOption.APPEND);
    await()
        .untilAsserted(() -> {
          String letters = get("/onex/v1/dead-letters?destination=refused").body();
          assertThat(letters)
              .contains("files-0")
              .contains(
                  "at byte " + before + " of " + folder.toRealPath() + "/odd \\\\u{202e}.ndjson");
        });
  }

  private void begin(GatewayConfig config) throws Exception {
    gateway =
        Gateway.start(
            new GatewaySetup(
                config,
                storage,
                new SystemClock(),
                catalog,
                (SplittableGenerator) RandomGeneratorFactory.of("L64X128MixRandom").create(7),
                "test-host",
                "test"));
    await()
        .pollInterval(Duration.ofMillis(10))
        .untilAsserted(() -> assertThat(get("/ready").statusCode()).isEqualTo(200));
  }

  private GatewayConfig config(String yaml) throws Exception {
    return new ConfigLoader(catalog.kinds(), name -> Optional.empty())
        .read("test.yaml", yaml, folder)
        .orThrow();
  }

  private String elkOnly() {
    return "server:\n  listeners: ['127.0.0.1:0']\n"
        + "integrations:\n  elk:\n    logstash_url: "
        + logstash.url()
        + "\n    batch: {max_size: 100, max_age: 50ms}\n";
  }

  private String bothDestinations() {
    return elkOnly() + "  zipkin:\n    batch: {max_age: 50ms}\n    url: " + zipkin.url() + "\n";
  }

  private static String operation(String id) {
    String common =
        "\"node_id\":\"stamper_node\",\"correlation_id\":\"74174996-e229-4d60-ba6a-bbbc21a4b520\"";
    return "{\"event_id\":\"%s-start\",\"timestamp\":\"%s0.000000\",\"event_type\":\"NODE_START\",%s,\"metadata\":{\"input_state\":{}}}\n{\"event_id\":\"%s-end\",\"timestamp\":\"%s1.500000\",\"event_type\":\"NODE_SUCCESS\",%s,\"metadata\":{\"input_state\":{},\"output_state\":{}}}\n"
        .formatted(id, TIMES, common, id, TIMES, common);
  }

  private HttpResponse<String> postTo(String path, String body) throws Exception {
    return send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  /// Asks for a replay and waits until it has ended.
  private JsonNode replayed(String path, String body) throws Exception {
    HttpResponse<String> answer = postTo(path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    String id = json.readTree(answer.body()).get("id").asText();
    return await()
        .until(
            () -> json.readTree(get("/onex/v1/replay/" + id).body()),
            replay -> replay.get("state").asText().equals("completed"));
  }

  private List<JsonNode> documents() throws IOException {
    List<JsonNode> all = new ArrayList<>();
    for (FakeBackend.Request request : logstash.requests()) {
      json.readTree(request.body()).forEach(all::add);
    }
    return all;
  }

  private boolean delivered(String eventId) throws IOException {
    return documents().stream().anyMatch(d -> d.get("event_id").asText().equals(eventId));
  }

  private List<JsonNode> spans() throws IOException {
    List<JsonNode> all = new ArrayList<>();
    for (FakeBackend.Request request : zipkin.requests()) {
      json.readTree(request.body()).forEach(all::add);
    }
    return all;
  }

  private long executions() throws Exception {
    return get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("onex_node_execution_duration_seconds_count"))
        .mapToLong(line -> Math.round(Double.parseDouble(line.substring(line.lastIndexOf(' ')))))
        .sum();
  }

  private long delivered() throws Exception {
    return json.readTree(get("/onex/v1/status").body())
        .get("destinations")
        .get(0)
        .get("delivered")
        .asLong();
  }

  private JsonNode accepted(HttpResponse<String> answer) throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return json.readTree(answer.body());
  }

  private HttpResponse<String> post(String lines, String ack) throws Exception {
    return send(
        HttpRequest.newBuilder(uri("/v1/events"))
            .header("Content-Type", "application/x-ndjson")
            .header("X-Onex-Ack", ack)
            .POST(BodyPublishers.ofString(lines)));
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(HttpRequest.newBuilder(uri(path)));
  }

  private HttpResponse<String> head(String path) throws Exception {
    return send(HttpRequest.newBuilder(uri(path)).HEAD());
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + gateway.port() + path);
  }
}
