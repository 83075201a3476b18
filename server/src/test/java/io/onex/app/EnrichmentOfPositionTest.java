package io.onex.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.onex.testkit.FakeBackend;
import io.onex.testkit.FakeBackend.Behaviour.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is added to a record is what its position says, however late it is delivered.
class EnrichmentOfPositionTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LONGEST = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private final AtomicBoolean up = new AtomicBoolean();
  private final List<JsonNode> documents = new CopyOnWriteArrayList<>();
  private final FakeBackend logstash = new FakeBackend(this::answer);
  private TestGateway gateway;

  @BeforeEach
  void start() throws Exception {
    gateway = new TestGateway(folder, Map.of());
  }

  @AfterEach
  void stop() throws Exception {
    gateway.close();
    logstash.close();
  }

  @Test
  void a_lagging_destination_gets_each_record_as_it_was_across_a_reload_and_a_restart()
      throws Exception {
    catalogue("ann");
    gateway.start(configuration("blue"));
    accept("a");

    catalogue("bob");
    gateway.gateway().reload(gateway.config(configuration("green")));
    accept("b");

    gateway.stop();
    catalogue("cid");
    gateway.start(configuration("red"));
    accept("c");
    gateway.stop();
    gateway.start(configuration("red"));
    assertThat(documents).isEmpty();
    up.set(true);

    await().atMost(LONGEST).until(() -> documents.size() >= 3);
    assertThat(latest("a")).isEqualTo("blue ann");
    assertThat(latest("b")).isEqualTo("green bob");
    assertThat(latest("c")).isEqualTo("red cid");

    int before = documents.size();
    assertThat(
            gateway
                .post(
                    "/onex/v1/replay",
                    "{\"destination\":\"elk\",\"from\":\"1h\"}",
                    "application/json")
                .statusCode())
        .isEqualTo(202);
    await().atMost(LONGEST).until(() -> documents.size() > before);
    await()
        .atMost(LONGEST)
        .untilAsserted(
            () -> assertThat(latest("a")).as("a replay is of today").isEqualTo("red cid"));
  }

  @Test
  void a_catalogue_file_that_changes_counts_from_the_next_record_on() throws Exception {
    up.set(true);
    catalogue("ann");
    gateway.start(configuration("blue"));
    accept("first");
    await().atMost(LONGEST).until(() -> documents.size() == 1);

    catalogue("bob");
    await()
        .atMost(LONGEST)
        .until(() -> {
          int before = documents.size();
          accept("later-" + before);
          await().atMost(LONGEST).until(() -> documents.size() > before);
          return latest("later-" + before).equals("blue bob");
        });

    assertThat(latest("first")).isEqualTo("blue ann");
  }

  private Answer answer(FakeBackend.Request request) {
    if (!up.get()) {
      return Answer.of(503);
    }
    try {
      JSON.readTree(request.body()).forEach(documents::add);
      return Answer.of(200);
    } catch (IOException e) {
      return Answer.of(400);
    }
  }

  private void accept(String id) throws Exception {
    gateway.accept(
        "{\"event_id\":\"%s\",\"event_type\":\"NODE_HEARTBEAT\",\"node_id\":\"stamper:1.0.0\"}"
            .formatted(id),
        "durable");
  }

  /// Environment and owner in the last document of an event.
  private String latest(String id) {
    return documents.stream()
        .filter(document -> document.get("event_id").asText().equals(id))
        .reduce((one, later) -> later)
        .map(document ->
            document.get("environment").asText() + " " + document.at("/node/owner").asText())
        .orElse("none");
  }

  private void catalogue(String owner) throws IOException {
    Files.writeString(folder.resolve("nodes.csv"), "node_id,owner\nstamper," + owner + "\n");
  }

  private String configuration(String environment) {
    return """
    integrations:
      elk:
        logstash_url: %s
        batch: {max_age: 20ms}
        retry: {initial: 20ms, max: 100ms}
        circuit_breaker: {open: 100ms}
    enrichment:
      environment: %s
      catalogue: %s
    """
        .formatted(logstash.url(), environment, folder.resolve("nodes.csv"));
  }
}
