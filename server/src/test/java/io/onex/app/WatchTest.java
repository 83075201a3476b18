package io.onex.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.onex.config.ConfigLoader;
import io.onex.config.Loaded;
import io.onex.delivery.IntegrationCatalog;
import io.onex.storage.Fault;
import io.onex.time.Clock;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever thread hangs or dies, `/health` is 503 with its name and status says so, however much
/// the disk holds of what is asked.
class WatchTest {
  /// `stall_after`, a look of the watch each second, and what a busy machine takes.
  private static final Duration SEEN_WITHIN = Duration.ofSeconds(8);

  private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(4);

  @TempDir private Path folder;
  private final CountingSink sink = new CountingSink();
  private final AtomicBoolean breaks = new AtomicBoolean();
  private int events;

  /// What breaks, and the parts that are held by it.
  ///
  /// @param provoke what makes the parts meet the fault
  private record Case(List<String> parts, Fault fault, Step provoke) {}

  private interface Step {
    void run(TestGateway gateway) throws Exception;
  }

  @Test
  void a_disk_that_does_not_answer_is_named_by_each_part_it_holds_and_forgotten_when_it_does()
      throws Exception {
    List<Case> cases =
        List.of(
            hang("log", Fault.Operation.FORCE, "log/", this::send),
            hang("log", Fault.Operation.LOOK, "", this::send),
            hang("cursors", Fault.Operation.FORCE, "cursors", this::send),
            hang("delivery sink", Fault.Operation.WRITE, "cursors", this::send),
            hang("tailing files-0", Fault.Operation.FORCE, "sources/", this::line),
            hang("crew onex-decode", Fault.Operation.FORCE, "refused", this::refused));
    try (TestGateway gateway = new TestGateway(folder, Map.of());
        sink) {
      gateway.start(configuration());
      send(gateway);
      try {
        for (Case one : cases) {
          judge(gateway, one);
          gateway.storage().heal();
          await()
              .atMost(SEEN_WITHIN)
              .untilAsserted(() -> assertThat(stuck(gateway)).as("after " + one).isEmpty());
        }
        await().untilAsserted(() -> assertThat(sink.distinct()).hasSize(events));
        // Each tenth second it looks after dead letters, whose lock is held by who writes one, and
        // as often the folds write a checkpoint, of which they die here.
        gateway.storage().inject(fault(Fault.Operation.WRITE, Fault.Kind.ERROR, "checkpoints"));
        send(gateway);
        judge(
            gateway,
            new Case(
                List.of("housekeeping", "folds"),
                fault(Fault.Operation.FORCE, Fault.Kind.HANG, "refused"),
                this::refused));
      } finally {
        gateway.storage().heal();
      }
      send(gateway);
      await().untilAsserted(() -> assertThat(sink.distinct()).hasSize(events));
      JsonNode fold = status(gateway).at("/folds/0");
      assertThat(fold.get("caught_up").asBoolean()).isFalse();
      assertThat(fold.get("lag").asLong()).isPositive();
      assertThat(fold.get("failure").asText()).contains("InternalError");
    }
  }

  /// Both `/health` and the status, which come within seconds.
  private static void judge(TestGateway gateway, Case one) throws Exception {
    gateway.storage().inject(one.fault());
    one.provoke().run(gateway);
    await()
        .atMost(SEEN_WITHIN.plusSeconds(10))
        .untilAsserted(() -> {
          assertThat(stuck(gateway)).containsAll(one.parts());
          JsonNode status = status(gateway);
          assertThat(status.get("healthy").asBoolean()).isFalse();
          assertThat(names(status.get("stuck"))).containsAll(one.parts());
          if (one.parts().contains("delivery sink")) {
            assertThat(status.at("/destinations/0/state").asText()).isEqualTo("stuck");
          }
        });
  }

  @Test
  void a_thread_that_dies_is_named_for_as_long_as_the_gateway_runs() throws Exception {
    Path file = Files.writeString(folder.resolve("onex.yaml"), configuration());
    try (TestGateway gateway = new TestGateway(folder, Map.of());
        sink) {
      gateway.start(configuration());
      try (ConfigWatch watch = ConfigWatch.start(file, this::breaking, gateway.gateway())) {
        gateway.storage().inject(fault(Fault.Operation.FORCE, Fault.Kind.ERROR, "cursors"));
        gateway.storage().inject(fault(Fault.Operation.WRITE, Fault.Kind.ERROR, "sources/"));
        send(gateway);
        line(gateway);
        watch.ask();
        List<String> dead = List.of("cursors", "tailing files-0", "configuration watch");
        await()
            .atMost(Duration.ofSeconds(20))
            .untilAsserted(() -> assertThat(stuck(gateway)).containsAll(dead));
        gateway.storage().heal();
        send(gateway);
        // What does not need them goes on; the line of the file waits there for the next start.
        await().untilAsserted(() -> assertThat(sink.distinct()).containsKeys("e-0", "e-2"));
        assertThat(stuck(gateway)).containsAll(dead);
        assertThat(names(status(gateway).get("stuck"))).containsAll(dead);
      }
    }
  }

  /// It looks at the clock four times a second, so a clock can hold it up, and end it.
  @Test
  void the_watch_over_connections_is_named_when_it_hangs_and_when_it_dies() throws Exception {
    CountDownLatch goesOn = new CountDownLatch(1);
    AtomicReference<Optional<Runnable>> breaks = new AtomicReference<>(Optional.empty());
    SystemClock system = new SystemClock();
    Clock machine =
        new Clock() {
          @Override
          public long wallMicros() {
            return system.wallMicros();
          }

          @Override
          public long monotonicNanos() {
            if (Thread.currentThread().getName().equals("onex-connections")) {
              breaks.get().ifPresent(Runnable::run);
            }
            return system.monotonicNanos();
          }
        };
    try (TestGateway gateway = new TestGateway(folder, Map.of());
        sink) {
      gateway.runBy(machine);
      gateway.start(configuration());
      assertThat(stuck(gateway)).isEmpty();
      breaks.set(
          Optional.of(() -> {
            try {
              goesOn.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }));
      await()
          .atMost(SEEN_WITHIN)
          .untilAsserted(() -> assertThat(stuck(gateway)).containsExactly("connections"));
      breaks.set(Optional.empty());
      goesOn.countDown();
      await().atMost(SEEN_WITHIN).untilAsserted(() -> assertThat(stuck(gateway)).isEmpty());
      breaks.set(
          Optional.of(() -> {
            throw new AssertionError("provoked");
          }));
      await()
          .atMost(SEEN_WITHIN)
          .untilAsserted(() -> assertThat(stuck(gateway)).containsExactly("connections"));
    }
  }

  /// The first time, as at the start, it reads.
  private Loaded breaking(Path file) {
    if (breaks.getAndSet(true)) {
      throw new AssertionError("provoked");
    }
    return new ConfigLoader(IntegrationCatalog.load().kinds(), name -> Optional.empty()).load(file);
  }

  private static Case hang(String part, Fault.Operation operation, String path, Step provoke) {
    return new Case(List.of(part), fault(operation, Fault.Kind.HANG, path), provoke);
  }

  private static Fault fault(Fault.Operation operation, Fault.Kind kind, String path) {
    return Fault.always(operation, kind).on(path);
  }

  /// Posts one event and does not wait for the answer.
  private void send(TestGateway gateway) {
    post(gateway, event());
  }

  private void refused(TestGateway gateway) {
    post(gateway, "{\"no\": \"event\"}".repeat(10_000));
  }

  private final List<CompletableFuture<HttpResponse<String>>> asked = new ArrayList<>();

  private void post(TestGateway gateway, String lines) {
    asked.add(
        gateway
            .client()
            .sendAsync(
                HttpRequest.newBuilder(gateway.uri("/v1/events"))
                    .header("Content-Type", "application/x-ndjson")
                    .POST(BodyPublishers.ofString(lines))
                    .build(),
                HttpResponse.BodyHandlers.ofString()));
  }

  private void line(TestGateway gateway) throws Exception {
    Files.writeString(
        folder.resolve("tailed.log"),
        event() + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private String event() {
    String id = "e-" + events++;
    return "{\"event_id\":\"%s\",\"timestamp\":\"%s\",\"event_type\":\"NODE_ANNOUNCE\",\"node_id\":\"n\",\"metadata\":{}}"
        .formatted(id, Instant.now());
  }

  private static List<String> stuck(TestGateway gateway) throws Exception {
    HttpResponse<String> answer = soon(gateway, "/health");
    JsonNode health = gateway.json("/health");
    assertThat(answer.statusCode()).isIn(200, 503);
    return names(health.get("stuck"));
  }

  private static JsonNode status(TestGateway gateway) throws Exception {
    return new ObjectMapper().readTree(soon(gateway, "/onex/v1/status").body());
  }

  private static HttpResponse<String> soon(TestGateway gateway, String path) throws Exception {
    return gateway
        .client()
        .send(
            HttpRequest.newBuilder(gateway.uri(path)).timeout(ANSWERED_WITHIN).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static List<String> names(JsonNode stuck) {
    List<String> names = new ArrayList<>();
    stuck.forEach(one -> names.add(one.get("name").asText()));
    return names;
  }

  private String configuration() {
    return """
    health: {stall_after: 1s}
    integrations:
      sink:
        kind: elk
        logstash_url: "%s"
        batch: {max_size: 50, max_age: 20ms}
        retry: {initial: 20ms, max: 100ms}
    sources:
      files:
        - paths: ['%s']
    """
        .formatted(sink.url(), folder.resolve("tailed.log"));
  }
}
