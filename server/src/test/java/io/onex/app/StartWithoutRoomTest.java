package io.onex.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.onex.storage.Fault;
import io.onex.testkit.FakeBackend.Behaviour;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A disk that is full at the start stops only what has to be written, wherever the start meets it.
class StartWithoutRoomTest {
  private static final List<Fault.Operation> WRITING =
      List.of(Fault.Operation.WRITE, Fault.Operation.FORCE, Fault.Operation.TRUNCATE);

  @TempDir private Path folder;

  /// @param before operations that succeed before the disk is full
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 5, 8, 13, 21})
  void a_first_start_answers_and_goes_on_by_itself_when_there_is_room(int before) throws Exception {
    try (TestGateway gateway = new TestGateway(folder, Map.of());
        CountingSink sink = new CountingSink()) {
      judge(gateway, sink, before, "");
    }
  }

  @Test
  void a_disk_smaller_than_what_is_kept_free_is_said_to_be_too_small() throws Exception {
    try (TestGateway gateway = new TestGateway(folder, Map.of());
        CountingSink sink = new CountingSink()) {
      gateway.storage().shrink(48L << 20);
      gateway.startUnready(configuration(sink, ""));
      assertThat(gateway.get("/ready").statusCode()).isEqualTo(503);
      for (String told :
          List.of(
              gateway.json("/ready").get("reason").asText(),
              gateway.json("/onex/v1/status").at("/log/problems").toString(),
              gateway.post(event("refused"), "durable").body())) {
        assertThat(told)
            .contains("the whole disk has 48 MiB, less than the 64 MiB")
            .contains("put the data folder on a larger disk");
      }
      assertThat(gateway.get("/health").statusCode()).isEqualTo(200);
    }
  }

  /// Where no file can be made, no folder, no name changed: a disk without inodes, or without a
  /// block for a folder's entry.
  ///
  /// @param operation what fails, after `before` times
  @ParameterizedTest
  @CsvSource({
    "OPEN, 0",
    "OPEN, 1",
    "OPEN, 3",
    "OPEN, 5",
    "OPEN, 8",
    "OPEN, 13",
    "RENAME, 0",
    "RENAME, 1",
    "FORCE_DIRECTORY, 0",
    "FORCE_DIRECTORY, 1",
    "FORCE_DIRECTORY, 3",
    "DELETE, 0"
  })
  void a_first_start_where_no_name_can_be_made_answers_and_goes_on(
      Fault.Operation operation, int before) throws Exception {
    try (TestGateway gateway = new TestGateway(folder, Map.of());
        CountingSink sink = new CountingSink()) {
      Fault.Kind kind = operation == Fault.Operation.OPEN ? Fault.Kind.FULL : Fault.Kind.NO_SPACE;
      gateway.storage().leave(0);
      gateway.storage().inject(Fault.always(operation, kind).after(before));
      judge(gateway, sink, "");
    }
  }

  /// With rules that have changed, which have to be written before anything else.
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 5, 8, 13, 21})
  void a_restart_delivers_what_is_there_by_the_rules_before_and_goes_on_when_there_is_room(
      int before) throws Exception {
    try (TestGateway gateway = new TestGateway(folder, Map.of());
        CountingSink sink = new CountingSink()) {
      sink.fallIll(request -> Behaviour.Answer.of(503));
      gateway.start(configuration(sink, ""));
      gateway.accept(event("before"), "durable");
      gateway.stop();
      sink.recover();
      judge(
          gateway,
          sink,
          before,
          "routing:\n  rules:\n    - event_types: ['NODE_ANNOUNCE']\n      integrations: ['sink']\n");
      assertThat(sink.distinct()).containsKey("before");
    }
  }

  private void judge(TestGateway gateway, CountingSink sink, int before, String rules)
      throws Exception {
    gateway.storage().leave(0);
    for (Fault.Operation operation : WRITING) {
      gateway.storage().inject(Fault.always(operation, Fault.Kind.NO_SPACE).after(before));
    }
    judge(gateway, sink, rules);
  }

  private static void judge(TestGateway gateway, CountingSink sink, String rules) throws Exception {
    gateway.startUnready(configuration(sink, rules));
    assertThat(gateway.get("/health").statusCode()).isEqualTo(200);
    assertThat(gateway.get("/ready").statusCode()).isEqualTo(503);
    assertThat(gateway.json("/ready").get("status").asText()).isEqualTo("log_unavailable");
    assertThat(gateway.json("/ready").get("reason").asText()).contains("cannot append");
    assertThat(gateway.post(event("refused"), "durable").statusCode()).isEqualTo(503);
    assertThat(gateway.get("/metrics").statusCode()).isEqualTo(200);
    assertThat(gateway.json("/onex/v1/status").at("/log/available").asBoolean()).isFalse();
    if (!rules.isEmpty()) {
      await().untilAsserted(() -> assertThat(sink.distinct()).containsKey("before"));
    }
    gateway.storage().heal();
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(gateway.get("/ready").statusCode()).isEqualTo(200));
    gateway.accept(event("after"), "durable");
    await().untilAsserted(() -> assertThat(sink.distinct()).containsKey("after"));
    assertThat(gateway.json("/onex/v1/status").at("/log/problems").toString())
        .doesNotContain("rules of the configuration", "cannot append");
  }

  private static String event(String id) {
    return "{\"event_id\":\"%s\",\"timestamp\":\"2026-11-22T09:44:10Z\",\"event_type\":\"NODE_ANNOUNCE\",\"node_id\":\"n\",\"metadata\":{}}"
        .formatted(id);
  }

  private static String configuration(CountingSink sink, String rules) {
    return """
    integrations:
      sink:
        kind: elk
        logstash_url: "%s"
        batch: {max_size: 50, max_age: 20ms}
        retry: {initial: 20ms, max: 100ms}
        circuit_breaker: {failures: 5, open: 200ms, successes: 1}
    %s\
    """
        .formatted(sink.url(), rules);
  }
}
