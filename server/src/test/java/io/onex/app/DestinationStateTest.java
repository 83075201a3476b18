package io.onex.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.onex.testkit.FakeBackend;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the gateway says about its own destinations.
class DestinationStateTest {
  @TempDir private Path folder;
  private final ObjectMapper json = new ObjectMapper();
  private final FakeBackend locked = FakeBackend.answering(401);
  private final FakeBackend open = FakeBackend.answering(200);

  @AfterEach
  void stop() {
    locked.close();
    open.close();
  }

  @Test
  void a_change_of_state_is_told_once_and_never_to_the_destination_concerned() throws Exception {
    String yaml = "integrations:\n" + logstash("locked", locked) + logstash("watching", open);
    try (GatewayUnderTest gateway = new GatewayUnderTest(folder, yaml)) {
      gateway.take(GatewayUnderTest.operation("a"), "delivered:watching");
      await()
          .untilAsserted(() ->
              assertThat(states(gateway)).extracting(s -> s.get("to").asText()).contains("paused"));
      for (int i = 0; i < 5; i++) {
        gateway.take(GatewayUnderTest.operation("more" + i), "delivered:watching");
      }
      for (JsonNode state : states(gateway)) {
        assertThat(state.get("destination").asText()).isEqualTo("locked");
        assertThat(state.get("to")).isNotEqualTo(state.get("from"));
      }
      assertThat(states(gateway)).filteredOn(s -> s.get("to").asText().equals("paused")).hasSize(1);

      locked.always(request -> FakeBackend.Behaviour.Answer.of(200));
      gateway.reload(yaml.replace("max_age: 20ms", "max_age: 21ms"));
      gateway.take(GatewayUnderTest.operation("last"), "delivered");
      await()
          .untilAsserted(() ->
              assertThat(states(gateway))
                  .filteredOn(s -> s.get("from").asText().equals("paused"))
                  .hasSize(1));
      assertThat(texts(locked)).isNotEmpty().noneMatch(text -> text.contains("DESTINATION_STATE"));
      String id = states(gateway).getFirst().get("event_id").asText();
      JsonNode fates = gateway.get("/onex/v1/why/" + id).get("destinations");
      assertThat(fates.get(0).get("outcome").asText()).isEqualTo("filtered");
      assertThat(fates.get(1).get("outcome").asText()).isEqualTo("delivered");
    }
  }

  private static String logstash(String name, FakeBackend backend) {
    return "  "
        + name
        + ":\n    kind: elk\n    logstash_url: "
        + backend.url()
        + "\n    batch: {max_age: 20ms}\n";
  }

  /// The records about states that reached the destination that watches.
  private List<JsonNode> states(GatewayUnderTest gateway) throws Exception {
    List<JsonNode> all = new ArrayList<>();
    for (FakeBackend.Request request : open.requests()) {
      for (JsonNode document : json.readTree(request.body())) {
        if (document.path("event_type").asText().equals("DESTINATION_STATE")) {
          String id = document.get("event_id").asText();
          all.add(gateway.get("/onex/v1/why/" + id).get("body"));
        }
      }
    }
    return all;
  }

  private static List<String> texts(FakeBackend backend) {
    return backend.requests().stream()
        .map(request -> new String(request.body(), StandardCharsets.UTF_8))
        .toList();
  }
}
