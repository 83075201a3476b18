package io.onex.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.onex.testkit.FakeBackend.Behaviour;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a whole gateway gets rid of although its system is away, or although it is told to stop.
class TakeOverTest {
  @TempDir private Path folder;
  private final CountingSink primary = new CountingSink();
  private final CountingSink backup = new CountingSink();
  private final NumberedEvents events = new NumberedEvents(24);
  private TestGateway gateway;

  @BeforeEach
  void make() throws Exception {
    gateway = new TestGateway(folder, Map.of());
  }

  @AfterEach
  void close() throws Exception {
    gateway.close();
    primary.close();
    backup.close();
  }

  @Test
  void the_fallback_takes_over_with_the_breaker_open_and_gives_back() throws Exception {
    gateway.start(
        """
        integrations:
          primary:
            kind: elk
            logstash_url: "%s"
            batch: {max_age: 10ms}
            retry: {initial: 10ms, max: 20ms}
            circuit_breaker: {failures: 2, open: 300ms, successes: 1}
            fallback: {destination: backup, unavailable_for: 200ms}
          backup: {kind: elk, logstash_url: "%s"}
        routing:
          rules: [{name: all, event_types: ["*"], integrations: [primary]}]
        """
            .formatted(primary.url(), backup.url()));
    gateway.accept(events.next(10), "delivered:primary");
    primary.fallIll(_ -> Behaviour.Answer.of(500));
    gateway.accept(events.next(10), "durable");

    await().untilAsserted(() -> assertThat(backup.distinct()).hasSize(10));
    assertThat(gateway.destination("primary").get("state").asText()).isEqualTo("diverting");
    primary.recover();
    await()
        .untilAsserted(() -> {
          gateway.accept(events.next(1), "durable");
          assertThat(primary.distinct().size()).isGreaterThan(10);
        });
    await()
        .untilAsserted(() -> {
          JsonNode status = gateway.destination("primary");
          assertThat(status.get("pending").asLong()).isZero();
          assertThat(status.get("delivered").asLong()).isEqualTo(primary.distinct().size());
          assertThat(status.get("diverted").asLong()).isEqualTo(backup.distinct().size());
        });
    assertThat(primary.distinct().size() + backup.distinct().size()).isEqualTo(events.count());
  }

  @Test
  void a_partial_batch_is_sent_before_a_clean_stop_ends() throws Exception {
    gateway.start(
        """
        integrations:
          primary: {kind: elk, logstash_url: "%s", batch: {max_age: 1h}}
          backup: {kind: elk, logstash_url: "%s", batch: {max_age: 1h}}
        """
            .formatted(primary.url(), backup.url()));
    backup.fallIll(_ -> Behaviour.Answer.of(500));
    gateway.accept(events.next(7), "durable");
    assertThat(primary.taken()).isEmpty();

    gateway.stop();

    events.judgeAllInOrder(primary);
    assertThat(backup.taken()).isEmpty();
  }
}
