package io.onex.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.onex.testkit.FakeBackend;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {
  @TempDir private Path folder;
  private final ObjectMapper json = new ObjectMapper();
  private final FakeBackend logstash = FakeBackend.answering(200);
  private GatewayUnderTest gateway;
  private String between = "";

  /// Two operations with an instant between them.
  @BeforeEach
  void start() throws Exception {
    gateway = new GatewayUnderTest(folder, configuration());
    gateway.take(GatewayUnderTest.operation("a"), "delivered");
    await().untilAsserted(() -> assertThat(delivered("OPERATION_ENDED")).isEqualTo(1));
    Instant border = Instant.now().plusMillis(2);
    await().until(() -> Instant.now().isAfter(border.plusMillis(1)));
    between = border.toString();
    gateway.take(GatewayUnderTest.operation("b"), "delivered");
    await().untilAsserted(() -> assertThat(delivered("OPERATION_ENDED")).isEqualTo(2));
  }

  private String configuration() {
    return "integrations:\n  elk:\n    logstash_url: "
        + logstash.url()
        + "\n    batch: {max_age: 20ms}\n";
  }

  @AfterEach
  void stop() throws Exception {
    gateway.close();
    logstash.close();
  }

  @Test
  void only_the_stretch_between_two_times_is_sent_again() throws Exception {
    int before = ids().size();
    JsonNode later = replay("\"from\":\"" + between + "\"");
    assertThat(later.get("done")).isEqualTo(later.get("total"));
    assertThat(ids().subList(before, ids().size())).contains("b-start", "b-end");
    assertThat(ids().subList(before, ids().size())).doesNotContain("a-start", "a-end");
    before = ids().size();
    replay("\"from\":\"1h\",\"to\":\"" + between + "\"");
    assertThat(ids().subList(before, ids().size())).contains("a-start", "a-end");
    assertThat(ids().subList(before, ids().size())).doesNotContain("b-start", "b-end");
  }

  @Test
  void a_condition_chooses_among_the_records_of_the_stretch() throws Exception {
    int before = ids().size();
    JsonNode answer = replay("\"from\":\"1h\",\"where\":\"correlation_id == 'corr-b'\"");
    assertThat(answer.get("replayed").asLong()).isEqualTo(3);
    assertThat(ids().subList(before, ids().size())).contains("b-start", "b-end").hasSize(3);
  }

  @Test
  void a_dry_run_counts_and_sends_nothing() throws Exception {
    int before = logstash.requests().size();
    HttpResponse<String> dry =
        gateway.post(
            "/onex/v1/replay",
            "{\"destination\":\"elk\",\"from\":\""
                + between
                + "\",\"where\":\"kind == 'event'\",\"dry_run\":true}");
    JsonNode answer = json.readTree(dry.body());
    assertThat(answer.get("matched").asLong()).isEqualTo(2);
    assertThat(gateway.get("/onex/v1/replay").get("items")).isEmpty();
    assertThat(answer.get("dry_run").asBoolean()).isTrue();
    assertThat(logstash.requests()).hasSize(before);
  }

  @Test
  void the_ledger_is_not_touched_and_what_was_replayed_stands_beside_it() throws Exception {
    JsonNode before = elk();
    replay("\"from\":\"1h\",\"where\":\"event_type == 'NODE_START'\"");
    JsonNode after = elk();
    assertThat(after.get("delivered")).isEqualTo(before.get("delivered"));
    assertThat(after.get("replayed").asLong()).isEqualTo(2);
    assertThat(after.get("balanced").asBoolean()).isTrue();
  }

  @Test
  void what_cannot_be_understood_is_refused_with_what_is_wrong() throws Exception {
    String nobody = "{\"destination\":\"nobody\",\"from\":\"1h\"}";
    assertThat(gateway.post("/onex/v1/replay", nobody).statusCode()).isEqualTo(404);
    for (String more : List.of("\"from\":\"soon\"", "\"from\":\"1h\",\"where\":\"nonsense =\"")) {
      assertThat(
              gateway
                  .post("/onex/v1/replay", "{\"destination\":\"elk\"," + more + "}")
                  .statusCode())
          .as(more)
          .isEqualTo(400);
    }
  }

  @Test
  void what_was_replayed_is_still_counted_after_a_restart() throws Exception {
    replay("\"from\":\"1h\",\"where\":\"event_type == 'NODE_START'\"");
    gateway.close();
    gateway = new GatewayUnderTest(folder, configuration());
    assertThat(elk().get("replayed").asLong()).isEqualTo(2);
    replay("\"from\":\"1h\",\"where\":\"event_type == 'NODE_SUCCESS'\"");
    assertThat(elk().get("replayed").asLong()).isEqualTo(4);
    assertThat(gateway.get("/onex/v1/replay").get("items")).hasSize(2);
  }

  @Test
  void a_replay_before_a_system_that_is_away_waits_survives_a_stop_and_can_be_cancelled()
      throws Exception {
    logstash.always(request -> FakeBackend.Behaviour.Answer.of(503));
    String id = begin("\"from\":\"1h\"").get("id").asText();
    await().untilAsserted(() -> assertThat(show(id).path("waiting_for").asText()).contains("503"));
    gateway.close();
    gateway = new GatewayUnderTest(folder, configuration());
    assertThat(show(id).get("state").asText()).isIn("queued", "running");

    assertThat(gateway.delete("/onex/v1/replay/" + id).statusCode()).isEqualTo(200);

    await().untilAsserted(() -> assertThat(show(id).get("state").asText()).isEqualTo("cancelled"));
    assertThat(show(id).get("replayed").asLong()).isZero();
    assertThat(elk().get("balanced").asBoolean()).isTrue();
    assertThat(gateway.delete("/onex/v1/replay/99").statusCode()).isEqualTo(404);
  }

  @Test
  void dead_letters_count_as_replayed_only_once_they_arrived() throws Exception {
    logstash.always(request -> FakeBackend.Behaviour.Answer.of(400));
    gateway.take(GatewayUnderTest.operation("c"), "delivered:elk");
    await().untilAsserted(() -> assertThat(letters(false)).hasSize(3));
    JsonNode refused = end(begin("/onex/v1/dead-letters/replay", ""));
    assertThat(refused.get("refused").asLong()).isEqualTo(3);
    assertThat(refused.get("refused_for").asText()).contains("400");
    assertThat(letters(false)).as("still waiting").hasSize(3);
    logstash.always(request -> FakeBackend.Behaviour.Answer.of(200));

    String first = letters(false).getFirst();
    JsonNode one = end(begin("/onex/v1/dead-letters/replay", ",\"ids\":[\"" + first + "\"]"));
    assertThat(one.get("replayed").asLong()).isEqualTo(1);
    assertThat(letters(true)).containsExactly(first);
    JsonNode rest = end(begin("/onex/v1/dead-letters/replay", ""));
    assertThat(rest.get("replayed").asLong()).isEqualTo(2);
    assertThat(letters(false)).isEmpty();
    assertThat(ids()).contains("c-start", "c-end");
    assertThat(elk().get("replayed").asLong()).isEqualTo(3);
    assertThat(elk().get("dead_lettered").asLong()).isEqualTo(3);
  }

  private List<String> letters(boolean replayed) throws Exception {
    List<String> ids = new ArrayList<>();
    for (JsonNode letter : gateway.get("/onex/v1/dead-letters?destination=elk").get("items")) {
      if (letter.get("replayed").asBoolean() == replayed) {
        ids.add(letter.get("id").asText());
      }
    }
    return ids;
  }

  private JsonNode replay(String more) throws Exception {
    return end(begin(more));
  }

  private JsonNode begin(String more) throws Exception {
    return begin("/onex/v1/replay", "," + more);
  }

  private JsonNode begin(String path, String more) throws Exception {
    var answer = gateway.post(path, "{\"destination\":\"elk\"" + more + "}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return json.readTree(answer.body());
  }

  private JsonNode end(JsonNode begun) throws Exception {
    String id = begun.get("id").asText();
    return await()
        .until(() -> show(id), replay -> replay.get("state").asText().equals("completed"));
  }

  private JsonNode show(String id) throws Exception {
    return gateway.get("/onex/v1/replay/" + id);
  }

  private JsonNode elk() throws Exception {
    return gateway.get("/onex/v1/status").get("destinations").get(0);
  }

  private long delivered(String type) throws Exception {
    return documents().stream().filter(d -> d.path("event_type").asText().equals(type)).count();
  }

  private List<String> ids() throws Exception {
    return documents().stream().map(d -> d.path("event_id").asText()).toList();
  }

  private List<JsonNode> documents() throws Exception {
    List<JsonNode> all = new ArrayList<>();
    for (FakeBackend.Request request : logstash.requests()) {
      json.readTree(request.body()).forEach(all::add);
    }
    return all;
  }
}
