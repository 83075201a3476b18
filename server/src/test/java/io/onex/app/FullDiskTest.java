package io.onex.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.onex.storage.Fault;
import io.onex.testkit.FakeBackend.Behaviour;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// No room on the disk: 503 within a second, deliveries go on, and it heals by itself.
class FullDiskTest {
  @TempDir private Path folder;
  private final CountingSink sink = new CountingSink();

  @Test
  void when_no_file_can_be_written_any_more() throws Exception {
    try (TestGateway gateway = new TestGateway(folder, Map.of());
        sink) {
      judgeInjected(gateway);
    }
  }

  @Test
  void a_start_without_room_is_not_ready_until_there_is_some() throws Exception {
    try (TestGateway gateway = new TestGateway(folder, Map.of());
        sink) {
      gateway.start(configuration());
      gateway.stop();
      gateway.storage().leave(0);
      gateway.startUnready(configuration());
      assertThat(gateway.get("/ready").statusCode()).isEqualTo(503);
      assertThat(gateway.json("/ready").get("status").asText()).isEqualTo("log_unavailable");
      assertThat(gateway.json("/onex/v1/status").at("/log/problems/0").asText())
          .contains("the disk has 0 MiB left");

      gateway.storage().heal();
      await()
          .atMost(Duration.ofSeconds(5))
          .untilAsserted(() -> assertThat(gateway.get("/ready").statusCode()).isEqualTo(200));
    }
  }

  /// Only root may mount a file system to fill; for others the injected faults stand in.
  @Test
  void when_a_file_system_has_no_room_left() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=128m", "tmpfs", disk.toString());
    Path filler = disk.resolve("filler");
    try (TestGateway gateway = new TestGateway(disk, Map.of());
        sink) {
      if (mounted) {
        judge(gateway, () -> fill(filler), () -> Files.delete(filler));
      } else {
        System.out.println("full disk: no tmpfs can be mounted here, injected faults stand in");
        judgeInjected(gateway);
      }
    } finally {
      assertThat(!mounted || run("umount", disk.toString())).isTrue();
    }
  }

  private void judgeInjected(TestGateway gateway) throws Exception {
    judge(
        gateway,
        () -> {
          gateway.storage().inject(Fault.once(Fault.Operation.WRITE, Fault.Kind.SHORT_WRITE));
          gateway.storage().inject(Fault.always(Fault.Operation.WRITE, Fault.Kind.NO_SPACE));
        },
        gateway.storage()::heal);
  }

  private interface Step {
    void run() throws IOException;
  }

  private void judge(TestGateway gateway, Step fill, Step free) throws Exception {
    gateway.start(configuration());
    NumberedEvents events = new NumberedEvents(5);
    List<String> promised = new ArrayList<>();
    sink.fallIll(request -> Behaviour.Answer.of(503));
    promised.addAll(accepted(gateway, events.next(300)));

    fill.run();
    List<String> refused = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      String lines = events.next(50);
      Instant asked = Instant.now();
      HttpResponse<String> answer = gateway.post(lines, "durable");
      assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(1));
      if (answer.statusCode() == 202) {
        // A file system rounds up: the last block may have had room.
        promised.addAll(NumberedEvents.ids(lines));
      } else {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        refused.add(lines);
      }
    }
    assertThat(refused).isNotEmpty();
    assertThat(gateway.json("/onex/v1/status").at("/log/available").asBoolean()).isFalse();
    assertThat(gateway.json("/ready").get("status").asText()).isEqualTo("log_unavailable");

    sink.recover();
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(sink.distinct().keySet()).containsAll(promised));

    free.run();
    await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> gateway.post(refused.getFirst(), "durable").statusCode() == 202);
    promised.addAll(NumberedEvents.ids(refused.getFirst()));
    for (String lines : refused.subList(1, refused.size())) {
      promised.addAll(accepted(gateway, lines));
    }
    promised.addAll(accepted(gateway, events.next(50)));
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> NumberedEvents.judgeLedger(gateway.destination("sink"), sink));
    events.judge(sink, promised);
    assertThat(promised).hasSize(events.count());
    assertThat(NumberedEvents.repeats(sink)).isZero();
    assertThat(gateway.json("/onex/v1/status").at("/log/available").asBoolean()).isTrue();

    gateway.stop();
    gateway.start(configuration());
    await().untilAsserted(() -> NumberedEvents.judgeLedger(gateway.destination("sink"), sink));
    assertThat(NumberedEvents.repeats(sink)).as("after a restart").isZero();
  }

  private static List<String> accepted(TestGateway gateway, String lines) throws Exception {
    gateway.accept(lines, "durable");
    return NumberedEvents.ids(lines);
  }

  private static void fill(Path filler) throws IOException {
    byte[] block = new byte[64 << 10];
    try (OutputStream out = Files.newOutputStream(filler)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
    }
  }

  private static boolean run(String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      // There is no such program, so it has done nothing.
      return false;
    }
  }

  private String configuration() {
    return """
    integrations:
      sink:
        kind: elk
        logstash_url: "%s"
        batch: {max_size: 50, max_age: 20ms}
        retry: {initial: 20ms, max: 100ms}
        circuit_breaker: {failures: 5, open: 200ms, successes: 1}
    """
        .formatted(sink.url());
  }
}
