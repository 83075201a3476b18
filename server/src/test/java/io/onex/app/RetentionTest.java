package io.onex.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.onex.testkit.FakeBackend.Behaviour;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Retention that overtakes a destination which is away: each record is counted before it goes, and
/// said.
class RetentionTest {
  private static final String KEEP_LITTLE =
      "log: {segment_size: 64KiB, compression: none, retention: {max_size: 256KiB}}\n";

  @TempDir private Path folder;
  private final NumberedEvents events = new NumberedEvents(11);

  @Test
  void what_a_destination_loses_is_counted_before_it_goes_and_said_and_the_rest_arrives()
      throws Exception {
    try (LoggedLines lines = new LoggedLines();
        CountingSink sink = new CountingSink();
        TestGateway gateway = new TestGateway(folder, Map.of())) {
      sink.fallIll(request -> Behaviour.Answer.of(503));
      gateway.start(destination(sink) + KEEP_LITTLE);
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> {
            gateway.accept(events.next(200), "durable");
            assertThat(start(gateway)).isPositive();
          });
      long start = start(gateway);
      JsonNode away = gateway.destination("away");
      assertThat(away.get("expired").asLong())
          .as("nothing below the start is pending: %s", away)
          .isGreaterThanOrEqualTo(start - away.get("filtered").asLong());
      assertThat(away.get("balanced").asBoolean()).isTrue();
      assertThat(lines.text())
          .contains("Retention removes records a destination has not had; they count as expired");
      assertThat(gateway.get("/metrics").body())
          .contains("\nonex_gateway_retention_overtaken_records_total ");

      gateway.stop();
      gateway.start(destination(sink) + KEEP_LITTLE);
      sink.recover();
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> {
            JsonNode now = gateway.destination("away");
            assertThat(now.get("pending").asLong()).as("%s", now).isZero();
            assertThat(now.get("balanced").asBoolean()).isTrue();
            assertThat(now.get("delivered").asInt()).isEqualTo(sink.distinct().size());
            assertThat(now.get("expired").asLong() + now.get("delivered").asLong())
                .isGreaterThanOrEqualTo(events.count());
          });
    }
  }

  @Test
  void each_loss_is_announced_to_the_others() throws Exception {
    try (CountingSink sink = new CountingSink();
        CountingSink watching = new CountingSink();
        TestGateway gateway = new TestGateway(folder, Map.of())) {
      sink.fallIll(request -> Behaviour.Answer.of(503));
      gateway.start(
          destination(sink)
              + "  watching:\n    kind: elk\n    logstash_url: \"%s\"\n    batch: {max_age: 20ms}\n"
                  .formatted(watching.url())
              + KEEP_LITTLE);
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> {
            gateway.accept(events.next(200), "durable");
            String announced =
                watching.distinct().keySet().stream()
                    .filter(id -> id.startsWith("expired-away-"))
                    .reduce((_, later) -> later)
                    .orElseThrow(() -> new AssertionError("nothing announced yet"));
            JsonNode body = gateway.json("/onex/v1/why/" + announced).get("body");
            assertThat(body.get("event_type").asText()).isEqualTo("DESTINATION_STATE");
            assertThat(body.get("destination").asText()).isEqualTo("away");
            assertThat(body.get("expired").asLong()).isPositive();
          });
      assertThat(sink.distinct()).isEmpty();
    }
  }

  private static long start(TestGateway gateway) throws Exception {
    return gateway.json("/onex/v1/status").at("/log/start").asLong();
  }

  private static String destination(CountingSink sink) {
    return """
    integrations:
      away:
        kind: elk
        logstash_url: "%s"
        batch: {max_age: 20ms}
        retry: {initial: 10ms, max: 100ms}
        circuit_breaker: {open: 100ms}
    """
        .formatted(sink.url());
  }
}
