package io.onex.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.onex.bytes.Slice;
import io.onex.operation.Operation;
import io.onex.testkit.FakeBackend;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `onex why` is told.
class WhyTest {
  private static final String STARTS_TO_ELK =
      "routing:\n  rules:\n    - {name: starts, event_types: [NODE_START], integrations: [elk]}\n"
          + "    - {name: wins, event_types: [NODE_SUCCESS], integrations: [zipkin]}\n";

  @TempDir private Path folder;
  private final FakeBackend logstash = FakeBackend.answering(200);
  private final FakeBackend zipkin = FakeBackend.answering(202);

  @AfterEach
  void stop() {
    logstash.close();
    zipkin.close();
  }

  @Test
  void what_was_kept_away_says_which_state_of_the_rules_did_it() throws Exception {
    try (GatewayUnderTest gateway = new GatewayUnderTest(folder, both() + STARTS_TO_ELK)) {
      gateway.take(
          GatewayUnderTest.operation("a")
              + "{\"event_id\":\"odd\",\"event_type\":\"SOMETHING_ELSE\",\"node_id\":\"n\"}\n",
          "delivered");
      assertThat(fate(gateway, "a-start", "elk")).isEqualTo("delivered: ");
      assertThat(fate(gateway, "a-end", "elk"))
          .isEqualTo("filtered: no rule sends it here; it matches wins");
      assertThat(fate(gateway, "a-end", "zipkin"))
          .isEqualTo("filtered: destinations of kind zipkin take no such record");
      assertThat(fate(gateway, "odd", "elk")).isEqualTo("filtered: no rule matches it");
    }
  }

  @Test
  void a_record_kept_away_among_many_that_were_sent_is_not_called_delivered() throws Exception {
    try (GatewayUnderTest gateway = new GatewayUnderTest(folder, both() + STARTS_TO_ELK)) {
      StringBuilder many = new StringBuilder();
      for (int i = 0; i < 60; i++) {
        many.append(GatewayUnderTest.operation("m" + i));
      }
      gateway.take(many.toString(), "delivered");
      for (int i = 0; i < 60; i++) {
        assertThat(fate(gateway, "m" + i + "-start", "elk")).isEqualTo("delivered: ");
        assertThat(fate(gateway, "m" + i + "-end", "elk")).startsWith("filtered: no rule sends it");
      }
    }
  }

  @Test
  void a_dead_letter_gives_its_sentence() throws Exception {
    logstash.always(request -> FakeBackend.Behaviour.Answer.of(400));
    try (GatewayUnderTest gateway = new GatewayUnderTest(folder, both())) {
      gateway.take(GatewayUnderTest.operation("a"), "delivered:elk");
      assertThat(fate(gateway, "a-start", "elk")).startsWith("dead_lettered: refused: ");
      assertThat(fate(gateway, "a-start", "elk")).contains("400");
    }
  }

  @Test
  void a_pending_record_says_what_the_destination_waits_for() throws Exception {
    logstash.always(request -> FakeBackend.Behaviour.Answer.of(503));
    try (GatewayUnderTest gateway = new GatewayUnderTest(folder, both())) {
      gateway.take(GatewayUnderTest.operation("a"), "durable");
      await()
          .untilAsserted(() ->
              assertThat(fate(gateway, "a-start", "elk")).startsWith("pending: ").contains("503"));
    }
  }

  @Test
  void a_start_and_its_end_lead_to_the_record_of_their_operation() throws Exception {
    try (GatewayUnderTest gateway = new GatewayUnderTest(folder, both())) {
      gateway.take(GatewayUnderTest.operation("a"), "durable");
      List<String> ids = new ArrayList<>();
      for (String id : List.of("a-start", "a-end")) {
        await()
            .untilAsserted(
                () -> assertThat(gateway.get("/onex/v1/why/" + id).has("operation")).isTrue());
        JsonNode operation = gateway.get("/onex/v1/why/" + id).get("operation");
        assertThat(operation.get("outcome").asText()).isEqualTo("success");
        ids.add(operation.get("event_id").asText());
      }
      assertThat(ids.getFirst()).isEqualTo(ids.getLast());
      JsonNode ended = gateway.get("/onex/v1/why/" + ids.getFirst());
      assertThat(ended.get("type").asText()).isEqualTo("OPERATION_ENDED");
      assertThat(ended.has("operation")).isFalse();
    }
  }

  @Test
  void other_content_under_an_id_is_named_beside_the_first_and_found_by_its_own() throws Exception {
    try (GatewayUnderTest gateway = new GatewayUnderTest(folder, both())) {
      for (String id : List.of("twice", "x".repeat(300))) {
        for (int content = 1; content <= 3; content++) {
          gateway.take(
              """
              {"event_id":"%s","event_type":"NODE_START","node_id":"n","metadata":{"n":%d}}
              """
                  .formatted(id, content),
              "durable");
        }
        JsonNode first = gateway.get("/onex/v1/why/" + id);
        assertThat(first.get("body").get("metadata").get("n").asInt()).isEqualTo(1);
        assertThat(first.get("flags").toString()).doesNotContain("conflicting");
        assertThat(first.get("conflicting")).hasSize(2);
        for (JsonNode other : first.get("conflicting")) {
          JsonNode why = gateway.get("/onex/v1/why/" + other.get("event_id").asText());
          assertThat(why.get("position")).isEqualTo(other.get("position"));
          assertThat(why.get("flags").toString()).contains("conflicting");
          assertThat(why.get("body").get("event_id").asText()).isEqualTo(id);
          assertThat(why.has("conflicting")).isFalse();
        }
      }
      assertThat(gateway.get("/onex/v1/status").get("ingest").get("conflicting").asInt())
          .isEqualTo(4);
    }
  }

  @Test
  void an_event_that_takes_the_id_of_a_conclusion_first_does_not_suppress_it() throws Exception {
    String taken = Operation.endedEventId(Slice.utf8("a-start")).utf8();
    try (GatewayUnderTest gateway = new GatewayUnderTest(folder, both())) {
      gateway.take(
          "{\"event_id\":\"%s\",\"event_type\":\"NODE_START\",\"node_id\":\"n\"}".formatted(taken),
          "durable");
      gateway.take(GatewayUnderTest.operation("a"), "durable");

      await()
          .untilAsserted(
              () -> assertThat(gateway.get("/onex/v1/why/a-start").has("operation")).isTrue());
      assertThat(gateway.get("/onex/v1/why/" + taken).get("type").asText()).isEqualTo("NODE_START");
    }
  }

  @Test
  void a_start_leads_to_its_operation_however_much_later_that_ended() throws Exception {
    try (GatewayUnderTest gateway = new GatewayUnderTest(folder, both())) {
      String[] parts = GatewayUnderTest.operation("far").split("\n", 2);
      gateway.take(parts[0], "durable");
      String between =
          "{\"event_type\":\"NODE_HEARTBEAT\",\"node_id\":\"between\"}\n".repeat(1_000);
      for (int i = 0; i < 101; i++) {
        gateway.take(between, "durable");
      }
      gateway.take(parts[1], "durable");

      await()
          .untilAsserted(
              () -> assertThat(gateway.get("/onex/v1/why/far-start").has("operation")).isTrue());
    }
  }

  /// The END comes first and is held until the START is there, so its operation is concluded then.
  @Test
  void an_end_leads_to_its_operation_however_much_later_that_was_concluded() throws Exception {
    String small = both() + "log:\n  segment_size: 1MiB\n";
    try (GatewayUnderTest gateway = new GatewayUnderTest(folder, small)) {
      String[] parts = GatewayUnderTest.operation("far").split("\n", 2);
      gateway.take(parts[1], "durable");
      String between =
          "{\"event_type\":\"NODE_HEARTBEAT\",\"node_id\":\"between\"}\n".repeat(10_100);
      for (int i = 0; i < 10; i++) {
        gateway.take(between, "durable");
      }
      gateway.take(parts[0], "durable");

      await()
          .untilAsserted(
              () -> assertThat(gateway.get("/onex/v1/why/far-end").has("operation")).isTrue());
    }
    try (GatewayUnderTest gateway = new GatewayUnderTest(folder, small)) {
      JsonNode operation = gateway.get("/onex/v1/why/far-end").get("operation");
      assertThat(operation).isEqualTo(gateway.get("/onex/v1/why/far-start").get("operation"));
    }
  }

  @Test
  void an_end_with_an_odd_id_leads_to_its_operation() throws Exception {
    try (GatewayUnderTest gateway = new GatewayUnderTest(folder, both())) {
      for (String odd : List.of("\"\\/ %2F\u00fc\u20ac\ud834\udd1e\tx", "\\".repeat(250))) {
        String events = GatewayUnderTest.operation("ID");
        gateway.take(
            events.replace(
                "ID", odd.replace("\\", "\\\\").replace("\"", "\\\"").replace("\t", "\\t")),
            "durable");
        String path = "/onex/v1/why/" + URLEncoder.encode(odd, UTF_8).replace("+", "%20");
        await()
            .untilAsserted(() -> assertThat(gateway.get(path + "-end").has("operation")).isTrue());
        assertThat(gateway.get(path + "-end").get("operation"))
            .isEqualTo(gateway.get(path + "-start").get("operation"));
      }
    }
  }

  @Test
  void what_stands_beside_the_metadata_is_in_the_document_and_in_the_conclusion() throws Exception {
    try (GatewayUnderTest gateway = new GatewayUnderTest(folder, both())) {
      String run = GatewayUnderTest.operation("a").replace("NODE_SUCCESS", "NODE_FAILURE");
      String beside = "\"NODE_FAILURE\",\"duration_ms\":77,\"error\":\"boomout\"";
      gateway.take(run.replace("\"NODE_FAILURE\"", beside), "durable");
      await()
          .untilAsserted(
              () -> assertThat(gateway.get("/onex/v1/why/a-end").has("operation")).isTrue());
      String ended = gateway.get("/onex/v1/why/a-end").get("operation").get("event_id").asText();
      assertThat(gateway.get("/onex/v1/why/" + ended).get("body").toString())
          .contains("\"boomout\"", "\"duration_us\":77000");
      await()
          .untilAsserted(() ->
              assertThat(logstash.requests())
                  .anyMatch(request ->
                      request.text().contains("\"message\":\"boomout\"")
                          && request.text().contains("\"duration_seconds\":0.077")));
      await()
          .untilAsserted(() ->
              assertThat(zipkin.requests())
                  .anyMatch(request ->
                      request.text().contains("\"duration\":77000")
                          && request.text().contains("boomout")));
    }
  }

  @Test
  void an_id_of_any_length_that_is_taken_is_asked_for_as_it_was_sent() throws Exception {
    ObjectMapper json = new ObjectMapper();
    try (GatewayUnderTest gateway = new GatewayUnderTest(folder, both())) {
      for (String letter : List.of("x", "%", "/", "\u20ac", "\ud834\udd1e", "\"", "\\", "\t")) {
        for (int size : List.of(6, 255, 256, 257, 258, 262, 4_000, 4_096, 5_000, 65_530)) {
          String quoted = json.writeValueAsString(letter);
          // An id may be so long as it is spelled in the body.
          int each = quoted.getBytes(UTF_8).length - 2;
          String id = size + letter.repeat((size - 5) / each + 1);
          ObjectNode event = json.createObjectNode().put("event_type", "NODE_START");
          event.put("event_id", id).put("node_id", size + letter);
          gateway.take(event.toString(), "durable");

          String asked = json.createObjectNode().put("id", id).toString();
          HttpResponse<String> answer = gateway.post("/onex/v1/why", asked);

          assertThat(answer.statusCode()).as("%d of %s", size, letter).isEqualTo(200);
          assertThat(json.readTree(answer.body()).get("node_id").asText()).isEqualTo(size + letter);
        }
      }
      assertThat(gateway.post("/onex/v1/why", "{\"id\":\"nobody\"}").statusCode()).isEqualTo(404);
      for (String wrong : List.of("", "{}", "[]", "{\"id\":\"\"}", "{\"id\":\"x\",\"a\":1}")) {
        assertThat(gateway.post("/onex/v1/why", wrong).statusCode()).as(wrong).isEqualTo(400);
      }
    }
  }

  private String both() {
    return "integrations:\n  elk:\n    logstash_url: "
        + logstash.url()
        + "\n    batch: {max_age: 20ms}\n  zipkin:\n    batch: {max_age: 20ms}\n    url: "
        + zipkin.url()
        + "\n";
  }

  /// Outcome and reason of one record at one destination.
  private static String fate(GatewayUnderTest gateway, String id, String destination)
      throws Exception {
    for (JsonNode one : gateway.get("/onex/v1/why/" + id).get("destinations")) {
      if (one.get("name").asText().equals(destination)) {
        return one.get("outcome").asText() + ": " + one.get("reason").asText();
      }
    }
    throw new AssertionError("no destination " + destination);
  }
}
