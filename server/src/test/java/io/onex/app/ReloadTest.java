package io.onex.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.onex.log.LogUnavailableException;
import io.onex.storage.Fault;
import io.onex.testkit.FakeBackend;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What another configuration changes in a running gateway, and what it cannot.
class ReloadTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;
  private final FakeBackend logstash = FakeBackend.answering(200);
  private final FakeBackend zipkin = FakeBackend.answering(202);
  private TestGateway gateway;

  @BeforeEach
  void start() throws Exception {
    gateway = new TestGateway(folder, Map.of());
    gateway.start(bothDestinations());
  }

  @AfterEach
  void stop() throws IOException {
    gateway.close();
    logstash.close();
    zipkin.close();
    assertThat(logstash.violations()).isEmpty();
    assertThat(zipkin.violations()).isEmpty();
  }

  @Test
  void a_reload_changes_rules_from_the_next_record_on_and_connections_at_once() throws Exception {
    gateway.accept(GatewayUnderTest.operation("a"), "delivered");
    FakeBackend other = FakeBackend.answering(200);
    try (other) {
      reload(bothDestinations().replace(logstash.url() + "", other.url() + ""));
      gateway.accept(GatewayUnderTest.operation("b"), "delivered:elk");
      await()
          .untilAsserted(() ->
              assertThat(other.requests())
                  .as("what was concluded of it comes by itself")
                  .anyMatch(request -> request.text().contains("OPERATION_ENDED")));
      assertThat(delivered("b-start")).isFalse();
      reload(
          bothDestinations().replace(logstash.url() + "", other.url() + "")
              + rules("NODE_FAILURE"));
      int before = other.requests().size();
      gateway.accept(GatewayUnderTest.operation("c"), "delivered:elk");
      assertThat(other.requests()).hasSize(before);
      JsonNode why = gateway.json("/onex/v1/why/c-start");
      assertThat(why.get("destinations").get(0).get("outcome").asText()).isEqualTo("filtered");
    }
  }

  @Test
  void a_removed_destination_gets_nothing_and_goes_on_where_it_was_when_it_comes_back()
      throws Exception {
    reload(elkOnly());
    gateway.accept(GatewayUnderTest.operation("a"), "delivered");
    assertThat(gateway.json("/onex/v1/status").get("destinations")).hasSize(1);
    assertThat(spans()).isEmpty();
    reload(bothDestinations());
    gateway.accept(GatewayUnderTest.operation("b"), "delivered");
    await().untilAsserted(() -> assertThat(spans()).hasSize(2));
  }

  @Test
  void a_reload_of_which_one_part_cannot_be_made_changes_nothing_and_names_every_such_part()
      throws Exception {
    String before = gateway.get("/onex/v1/config").body();
    FakeBackend other = FakeBackend.answering(200);
    try (other) {
      String broken =
          bothDestinations().replace(logstash.url() + "", other.url() + "")
              + "    tls: {ca_file: missing.pem}\n"
              + "  logs2:\n    kind: elk\n    logstash_url: http://127.0.0.1:1\n"
              + "    tls: {ca_file: gone.pem}\n"
              + rules("NODE_FAILURE");
      assertThatThrownBy(() -> reload(broken))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("integrations.zipkin.tls")
          .hasMessageContaining("missing.pem")
          .hasMessageContaining("integrations.logs2.tls")
          .hasMessageContaining("gone.pem");
      assertThat(gateway.get("/onex/v1/config").body()).isEqualTo(before);
      gateway.accept(GatewayUnderTest.operation("a"), "delivered");
      assertThat(delivered("a-start")).isTrue();
      assertThat(other.requests()).isEmpty();
      assertThat(gateway.json("/onex/v1/status").get("destinations")).hasSize(2);
    }
  }

  @Test
  void a_reload_whose_rules_cannot_be_made_durable_changes_nothing() throws Exception {
    gateway.storage().inject(Fault.always(Fault.Operation.WRITE, Fault.Kind.NO_SPACE).on("log/"));
    FakeBackend other = FakeBackend.answering(200);
    try (other) {
      String next = bothDestinations().replace(logstash.url() + "", other.url() + "");
      assertThatThrownBy(() -> reload(next + rules("NODE_FAILURE")))
          .isInstanceOf(LogUnavailableException.class);
      gateway.storage().heal();
      await().untilAsserted(() -> gateway.accept(GatewayUnderTest.operation("a"), "delivered:elk"));
      assertThat(delivered("a-start")).isTrue();
      assertThat(other.requests()).isEmpty();
      reload(next);
      gateway.accept(GatewayUnderTest.operation("b"), "delivered:elk");
      assertThat(other.requests()).isNotEmpty();
    }
  }

  @Test
  void settings_show_no_secret() throws Exception {
    reload(
        elkOnly()
            + "    elasticsearch_url: http://127.0.0.1:1\n    api_key: canary-5ecret-value\n");
    String shown = gateway.get("/onex/v1/config").body();
    assertThat(shown).contains("***").doesNotContain("canary-5ecret-value");
  }

  @Test
  void a_reload_redacts_other_keys_from_the_next_event_on() throws Exception {
    String event =
        "{\"event_id\":\"%s\",\"event_type\":\"NODE_START\",\"node_id\":\"n\",\"metadata\":"
            + "{\"shoe_size\":\"forty-two\"}}";
    gateway.accept(event.formatted("before"), "durable");
    reload(bothDestinations() + "enrichment:\n  redact_keys: ['shoe_size']\n");
    gateway.accept(event.formatted("after"), "durable");
    assertThat(gateway.get("/onex/v1/why/before").body()).contains("forty-two");
    assertThat(gateway.get("/onex/v1/why/after").body())
        .doesNotContain("forty-two")
        .contains("redacted");
  }

  @Test
  void what_waits_for_a_restart_is_named_as_pending_and_not_shown_as_in_force() throws Exception {
    assertThat(gateway.json("/onex/v1/config").get("pending_restart")).isEmpty();
    assertThat(gateway.json("/onex/v1/status").get("pending_restart")).isEmpty();
    String maxDepth = gateway.json("/onex/v1/config").get("server.max_depth").asText();

    try (LoggedLines lines = new LoggedLines()) {
      reload(bothDestinations() + "log: {dedup_ids: 77}\nhealth: {stall_after: 7m}\n");
      assertThat(lines.text())
          .contains("Changed settings wait for a restart")
          .contains("log.dedup_ids,health.stall_after");
    }

    JsonNode config = gateway.json("/onex/v1/config");
    assertThat(config.get("log.dedup_ids").asText()).as("in force").isNotEqualTo("77");
    assertThat(config.at("/pending_restart/log.dedup_ids").asText()).isEqualTo("77");
    assertThat(config.get("pending_restart")).hasSize(2);
    assertThat(config.get("server.max_depth").asText()).isEqualTo(maxDepth);
    assertThat(
            gateway
                .json("/onex/v1/status")
                .get("pending_restart")
                .valueStream()
                .map(JsonNode::asText))
        .containsExactly("log.dedup_ids", "health.stall_after");

    reload(elkOnly());
    assertThat(gateway.json("/onex/v1/config").get("pending_restart"))
        .as("taken back, and what can change at once has changed")
        .isEmpty();
    assertThat(gateway.json("/onex/v1/status").get("destinations")).hasSize(1);

    String changed = elkOnly() + "log: {dedup_ids: 77}\n";
    reload(changed);
    gateway.stop();
    gateway.start(changed);
    assertThat(gateway.json("/onex/v1/config").get("log.dedup_ids").asText()).isEqualTo("77");
    assertThat(gateway.json("/onex/v1/config").get("pending_restart")).isEmpty();
  }

  @Test
  void a_restart_goes_by_its_configuration_whatever_was_in_force_before() throws Exception {
    reload(elkOnly() + rules("NODE_FAILURE"));
    gateway.accept(GatewayUnderTest.operation("a"), "delivered");
    assertThat(outcome("a-start")).isEqualTo("filtered");

    gateway.stop();
    gateway.start(bothDestinations());
    gateway.accept(GatewayUnderTest.operation("b"), "delivered");
    assertThat(outcome("b-start")).isEqualTo("delivered");

    gateway.stop();
    gateway.start(bothDestinations());
    long end = logEnd();
    gateway.stop();
    gateway.start(bothDestinations());
    assertThat(logEnd()).as("rules that stand in the log are not said again").isEqualTo(end);
  }

  @Test
  void what_comes_after_the_log_was_lost_goes_by_the_rules_of_the_configuration() throws Exception {
    gateway.accept(GatewayUnderTest.operation("a"), "delivered");
    gateway.stop();
    for (String lost : List.of("log", "cursors")) {
      for (String file : gateway.files().list(lost)) {
        gateway.files().delete(lost + "/" + file);
      }
    }
    gateway.start(bothDestinations());
    gateway.accept(GatewayUnderTest.operation("b"), "delivered");
    assertThat(outcome("b-start")).isEqualTo("delivered");
    assertThat(delivered("b-start")).isTrue();
  }

  private long logEnd() throws Exception {
    return gateway.json("/onex/v1/status").get("log").get("end").asLong();
  }

  private String outcome(String eventId) throws Exception {
    JsonNode why = gateway.json("/onex/v1/why/" + eventId);
    return why.get("destinations").get(0).get("outcome").asText();
  }

  private void reload(String yaml) throws Exception {
    gateway.gateway().reload(gateway.config(yaml));
  }

  private String elkOnly() {
    return "integrations:\n  elk:\n    logstash_url: "
        + logstash.url()
        + "\n    batch: {max_size: 100, max_age: 50ms}\n";
  }

  private String bothDestinations() {
    return elkOnly() + "  zipkin:\n    batch: {max_age: 50ms}\n    url: " + zipkin.url() + "\n";
  }

  private static String rules(String type) {
    return "routing:\n  rules:\n    - event_types: ['" + type + "']\n      integrations: ['elk']\n";
  }

  private boolean delivered(String eventId) throws IOException {
    return sent(logstash).stream().anyMatch(d -> d.get("event_id").asText().equals(eventId));
  }

  private List<JsonNode> spans() throws IOException {
    return sent(zipkin);
  }

  private static List<JsonNode> sent(FakeBackend backEnd) throws IOException {
    List<JsonNode> all = new ArrayList<>();
    for (FakeBackend.Request request : backEnd.requests()) {
      JSON.readTree(request.body()).forEach(all::add);
    }
    return all;
  }
}
