package io.onex.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.onex.storage.Fault;
import io.onex.testkit.FakeBackend.Behaviour;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk that is full delivers what is there, and a kill meanwhile repeats no more than a kill at
/// any other time: the attempts under way.
class FullDiskTest {
  private static final int EVENTS = 3_000;

  @TempDir private Path folder;
  private final NumberedEvents events = new NumberedEvents(25);

  @Test
  void a_kill_on_a_full_disk_repeats_nothing_that_was_settled() throws Exception {
    try (TestGateway gateway = new TestGateway(folder, Map.of());
        CountingSink sink = new CountingSink()) {
      sink.fallIll(request -> Behaviour.Answer.of(503));
      gateway.start(configuration(sink));
      while (events.count() < EVENTS) {
        gateway.accept(events.next(500), "durable");
      }
      fill(gateway);
      // Half of it, one batch at a time, over two starts on the full disk.
      deliver(gateway, sink, EVENTS / 4);
      kill(gateway);
      fill(gateway);
      gateway.startUnready(configuration(sink));
      deliver(gateway, sink, EVENTS / 2);
      assertThat(gateway.json("/onex/v1/status").at("/log/problems").toString())
          .contains("cursors.journal", "No space left on device");
      Set<String> settled = sink.distinct().keySet();
      assertThat(settled).hasSizeLessThan(EVENTS);
      kill(gateway);

      gateway.start(configuration(sink));
      sink.recover();
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () -> assertThat(gateway.destination("sink").get("pending").asLong()).isZero());
      assertThat(NumberedEvents.repeats(sink)).isZero();
      events.judgeAllInOrder(sink);
      NumberedEvents.judgeLedger(gateway.destination("sink"), sink);
      await()
          .untilAsserted(() ->
              assertThat(gateway.json("/onex/v1/status").at("/log/problems").toString())
                  .doesNotContain("cursors.journal"));
    }
  }

  /// Lets the sink take documents until it has this many, and waits for the attempts under way.
  private static void deliver(TestGateway gateway, CountingSink sink, int atLeast) {
    sink.recover();
    await()
        .pollInterval(Duration.ofMillis(2))
        .untilAsserted(() -> assertThat(sink.distinct()).hasSizeGreaterThanOrEqualTo(atLeast));
    sink.fallIll(request -> Behaviour.Answer.of(503));
    await()
        .untilAsserted(() ->
            assertThat(gateway.destination("sink").get("delivered").asInt())
                .isEqualTo(sink.distinct().size()));
  }

  private static void fill(TestGateway gateway) {
    gateway.storage().leave(0);
    gateway.storage().inject(Fault.always(Fault.Operation.WRITE, Fault.Kind.FULL));
    gateway.storage().inject(Fault.always(Fault.Operation.OPEN, Fault.Kind.FULL));
  }

  /// From now on nothing reaches the disk, however the rest of the process ends.
  private static void kill(TestGateway gateway) {
    gateway.storage().heal();
    for (Fault.Operation operation :
        List.of(
            Fault.Operation.WRITE,
            Fault.Operation.OPEN,
            Fault.Operation.TRUNCATE,
            Fault.Operation.DELETE,
            Fault.Operation.RENAME)) {
      gateway.storage().inject(Fault.always(operation, Fault.Kind.IO_ERROR));
    }
    gateway.stop();
    gateway.storage().heal();
  }

  private static String configuration(CountingSink sink) {
    return """
    integrations:
      sink:
        kind: elk
        logstash_url: "%s"
        batch: {max_size: 10, max_age: 20ms}
        retry: {initial: 20ms, max: 50ms}
        circuit_breaker: {failures: 1000, open: 100ms, successes: 1}
    """
        .formatted(sink.url());
  }
}
