package io.onex.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.onex.time.Clock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The wall clock of the machine is set to anything while a gateway runs and between its starts:
/// records stand at the time they came, and an operation under way is not given up.
class ClockJumpTest {
  private static final Duration NEAR = Duration.ofSeconds(20);

  @TempDir private Path folder;
  private final AtomicLong wrongMicros = new AtomicLong();
  private final AtomicLong passedMicros = new AtomicLong();

  private final Clock machine =
      new Clock() {
        private final Clock system = new SystemClock();

        @Override
        public long wallMicros() {
          return system.wallMicros() + wrongMicros.get() + passedMicros.get();
        }

        @Override
        public long monotonicNanos() {
          return system.monotonicNanos() + passedMicros.get() * 1_000;
        }
      };

  @Test
  void records_stand_at_the_time_they_came_and_operations_go_on() throws Exception {
    try (CountingSink sink = new CountingSink();
        TestGateway gateway = new TestGateway(folder, Map.of())) {
      gateway.runBy(machine);
      gateway.start(configuration(sink));
      gateway.accept(event("start", "NODE_START", "run"), "durable");
      int jump = 0;
      for (Duration by : new Duration[] {hours(1), hours(-1), hours(24 * 365), hours(-24 * 365)}) {
        wrongMicros.set(by.toNanos() / 1_000);
        String id = "jump-" + jump++;
        gateway.accept(event(id, "NODE_ANNOUNCE", ""), "durable");
        assertThat(ingested(gateway, id)).as("by %s", by).isBetween(ago(NEAR), Instant.now());
        await().untilAsserted(() -> assertThat(operations(gateway, "in_flight")).isEqualTo(1));
        assertThat(operations(gateway, "stuck")).as("by %s", by).isZero();
      }
      gateway.stop();

      // It starts with a clock that is a year behind what the log says.
      gateway.start(configuration(sink));
      gateway.accept(event("restarted", "NODE_ANNOUNCE", ""), "durable");
      assertThat(ingested(gateway, "restarted")).isBetween(ago(NEAR), Instant.now());
      wrongMicros.set(0);
      gateway.accept(event("end", "NODE_SUCCESS", "run"), "durable");
      await().untilAsserted(() -> assertThat(operations(gateway, "in_flight")).isZero());

      // What stays is believed.
      wrongMicros.set(hours(5).toNanos() / 1_000);
      gateway.accept(event("doubtful", "NODE_ANNOUNCE", ""), "durable");
      assertThat(ingested(gateway, "doubtful")).isBetween(ago(NEAR), Instant.now());
      passedMicros.addAndGet(Duration.ofSeconds(61).toNanos() / 1_000);
      gateway.accept(event("believed", "NODE_ANNOUNCE", ""), "durable");
      assertThat(ingested(gateway, "believed"))
          .isBetween(ago(NEAR).plus(hours(5)), Instant.now().plus(hours(5)).plusSeconds(61));
    }
  }

  private static Duration hours(long hours) {
    return Duration.ofHours(hours);
  }

  private static Instant ago(Duration time) {
    return Instant.now().minus(time);
  }

  private static int operations(TestGateway gateway, String which) throws Exception {
    return gateway.json("/onex/v1/status").at("/operations/" + which).asInt();
  }

  private static Instant ingested(TestGateway gateway, String id) throws Exception {
    return Instant.parse(gateway.json("/onex/v1/why/" + id).get("ingest_time").asText());
  }

  private static String event(String id, String type, String run) {
    return "{\"event_id\":\"%s\",\"timestamp\":\"%s\",\"event_type\":\"%s\",\"node_id\":\"n\",\"correlation_id\":\"%s\",\"metadata\":{}}"
        .formatted(id, Instant.now(), type, run);
  }

  private static String configuration(CountingSink sink) {
    return """
    integrations:
      sink:
        kind: elk
        logstash_url: "%s"
        batch: {max_age: 20ms}
    """
        .formatted(sink.url());
  }
}
