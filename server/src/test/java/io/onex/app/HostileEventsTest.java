package io.onex.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever comes, a later operation still gets its span and its document, also after a restart.
///
/// `-Donex.fuzz.seconds=3600 -Donex.fuzz.events=N` attacks for longer, `-Donex.seed=N` repeats a
/// run.
class HostileEventsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long SECONDS = Long.getLong("onex.fuzz.seconds", 60);
  private static final long EVENTS = Long.getLong("onex.fuzz.events", 50_000);
  private static final Duration LONGEST = Duration.ofSeconds(60);

  /// As the launcher starts it, in less memory.
  private static final List<String> JVM =
      List.of(
          "-Xmx200m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:+ExitOnOutOfMemoryError",
          "--enable-native-access=ALL-UNNAMED");

  private static final Set<Integer> ANSWERS = Set.of(202, 400, 413, 415, 422, 429, 503);

  @TempDir private Path folder;

  private ProbeReceivers receivers;
  private AttackedGateway gateway;
  private Random random;
  private long sent;
  private long accepted;
  private int probes;

  @AfterEach
  void end() {
    if (gateway != null) {
      gateway.close();
    }
    if (receivers != null) {
      receivers.close();
    }
  }

  @Test
  void a_later_operation_still_gets_its_span_and_its_document_also_after_a_restart()
      throws Exception {
    long seed = Long.getLong("onex.seed", System.nanoTime());
    System.out.println("HostileEventsTest: -Donex.seed=" + seed);
    random = new Random(seed);
    HostileEvents events = new HostileEvents(seed);
    receivers = new ProbeReceivers();
    gateway = new AttackedGateway(folder, JVM, yaml(receivers.url()));
    gateway.awaitReady();
    probe();
    for (String known : HostileEvents.known()) {
      send(known.getBytes(StandardCharsets.UTF_8), 1);
    }
    probe();
    restart(false);
    long started = System.nanoTime();
    long probed = started;
    long restarted = started;
    // Every restart costs seconds, so there are as many in an hour as in four minutes and the rest.
    long restartNanos = Math.max(SECONDS / 4, 12) * 1_000_000_000L;
    while (sent < EVENTS || System.nanoTime() - started < SECONDS * 1_000_000_000L) {
      int count = 1 + random.nextInt(150);
      send(events.body(count), count);
      long now = System.nanoTime();
      if (now - probed > 5_000_000_000L) {
        probe();
        probed = System.nanoTime();
      }
      if (now - restarted > Math.min(restartNanos, 60_000_000_000L)) {
        restart(random.nextBoolean());
        restarted = System.nanoTime();
      }
    }
    restart(true);
    System.out.printf(
        "HostileEventsTest: %d hostile events, %d accepted, in %d s, %d operations probed, %d lives%n",
        sent, accepted, (System.nanoTime() - started) / 1_000_000_000L, probes, gateway.lives());
    assertThat(receivers.complaints()).isEmpty();
    // Mostly what is refused at the door would attack nothing behind it.
    assertThat(accepted).isGreaterThan(sent / 3);
  }

  private void send(byte[] body, int count) throws Exception {
    HttpResponse<String> answer;
    try {
      answer = gateway.post(body);
    } catch (IOException e) {
      throw new AssertionError("after " + sent + " events: " + e + "\n" + gateway.tail(), e);
    }
    sent += count;
    accepted +=
        answer.statusCode() == 202 ? JSON.readTree(answer.body()).path("accepted").asLong() : 0;
    assertThat(answer.statusCode())
        .as("%s after %s events%n%s", answer.body(), sent, gateway.tail())
        .isIn(ANSWERS);
  }

  private void restart(boolean kill) throws Exception {
    healthy();
    if (kill) {
      gateway.kill();
    } else {
      gateway.stop();
    }
    gateway.start();
    gateway.awaitReady();
    probe();
  }

  /// The oracle: a plain operation of either family is delivered, and everything answers.
  private void probe() throws Exception {
    probes++;
    List<String> ids = new ArrayList<>();
    List<String> traces = new ArrayList<>();
    StringBuilder lines = new StringBuilder();
    for (String family : new String[] {"NODE_%s", "TELEMETRY_OPERATION_%s"}) {
      UUID correlation = new UUID(random.nextLong(), random.nextLong());
      traces.add(correlation.toString().replace("-", ""));
      for (String end : new String[] {"START", "SUCCESS"}) {
        String id = "probe-" + UUID.randomUUID();
        ids.add(id);
        lines.append(
            """
            {"event_id":"%s","timestamp":"%s","event_type":"%s","node_id":"probe_node","correlation_id":"%s",\
            "metadata":{"operation":"probe","function":"probe","execution_time_ms":1.5,"input_state":{}}}
            """
                .formatted(
                    id,
                    Instant.now().truncatedTo(ChronoUnit.MICROS),
                    family.formatted(end),
                    correlation));
      }
    }
    send(lines.toString().getBytes(StandardCharsets.UTF_8), 0);
    await()
        .atMost(LONGEST)
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(() -> {
          assertThat(ids).as(gateway.tail()).allMatch(receivers::hasDocument);
          assertThat(traces).as(gateway.tail()).allMatch(receivers::hasSpan);
        });
    healthy();
  }

  private void healthy() throws Exception {
    await()
        .atMost(LONGEST)
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(() -> {
          HttpResponse<String> metrics = gateway.get("/metrics");
          assertThat(metrics.statusCode()).as(metrics.body()).isEqualTo(200);
          assertThat(metrics.body())
              .contains("onex_node_executions_total{node_name=\"probe_node\"");
        });
    HttpResponse<String> health = gateway.get("/health");
    assertThat(health.statusCode()).as(health.body()).isEqualTo(200);
    JsonNode status = JSON.readTree(gateway.get("/onex/v1/status").body());
    for (JsonNode fold : status.get("folds")) {
      assertThat(fold.path("failure").asText()).isEmpty();
      assertThat(fold.get("dead_lettered").asLong())
          .as(
              "records that a fold could not take: %s%n%s",
              status.at("/log/problems"), gateway.tail())
          .isZero();
    }
    for (JsonNode destination : status.get("destinations")) {
      assertThat(destination.get("balanced").asBoolean()).as("%s", destination).isTrue();
    }
    assertThat(gateway.output())
        .doesNotContain(
            "Exception in thread", "StackOverflowError", "the rules failed", "EncoderBroke");
  }

  private static String yaml(String url) {
    return """
    log:
      dedup_ids: 200000
      retention: {max_size: 512MiB}
      dead_letters: {max_size: 64MiB}
    operations: {max_open: 20000}
    metrics: {series_budget: 500}
    integrations:
      documents: {kind: elk, elasticsearch_url: "%1$s", manage_template: false, batch: {max_age: 200ms}}
      traces: {kind: zipkin, url: "%1$s", batch: {max_age: 200ms}}
    routing:
      rules:
        - {name: all, event_types: ["*"], integrations: [documents]}
        - {name: spans, event_types: ["OPERATION_ENDED"], integrations: [traces]}
    """
        .formatted(url);
  }
}
