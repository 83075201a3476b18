package io.onex.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.onex.testkit.FakeBackend;
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
    gateway =
        new GatewayUnderTest(
            folder,
            "integrations:\n  elk:\n    logstash_url: "
                + logstash.url()
                + "\n    batch: {max_age: 20ms}\n");
    gateway.take(GatewayUnderTest.operation("a"), "delivered");
    await().untilAsserted(() -> assertThat(delivered("OPERATION_ENDED")).isEqualTo(1));
    Instant border = Instant.now().plusMillis(2);
    await().until(() -> Instant.now().isAfter(border.plusMillis(1)));
    between = border.toString();
    gateway.take(GatewayUnderTest.operation("b"), "delivered");
    await().untilAsserted(() -> assertThat(delivered("OPERATION_ENDED")).isEqualTo(2));
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
    assertThat(later.has("failure")).isFalse();
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
    JsonNode answer =
        replay("\"from\":\"" + between + "\",\"where\":\"kind == 'event'\",\"dry_run\":true");
    assertThat(answer.get("matched").asLong()).isEqualTo(2);
    assertThat(answer.get("replayed").asLong()).isZero();
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

  private JsonNode replay(String more) throws Exception {
    var answer = gateway.post("/onex/v1/replay", "{\"destination\":\"elk\"," + more + "}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json.readTree(answer.body());
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
