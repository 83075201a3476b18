package io.onex.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process without enough memory serves or ends, and is never something between.
class LittleMemoryTest {
  @TempDir private Path folder;

  @Test
  void under_load_it_serves_or_ends_with_a_line_and_the_next_start_goes_on() throws Exception {
    try (ProbeReceivers receivers = new ProbeReceivers()) {
      String yaml =
          """
          integrations:
            documents: {kind: elk, elasticsearch_url: "%s", manage_template: false, batch: {max_age: 100ms}}
          """
              .formatted(receivers.url());
      try (AttackedGateway gateway = new AttackedGateway(folder, jvm("-Xmx48m"), yaml)) {
        load(gateway, Duration.ofSeconds(6));
        if (gateway.isAlive()) {
          served(gateway, receivers, "probe-served");
        } else {
          assertThat(gateway.awaitEnd(Duration.ofSeconds(1))).as(gateway.tail()).isEqualTo(3);
          assertThat(
                  gateway.output().lines().filter(line -> line.startsWith("onex: out of memory")))
              .as(gateway.tail())
              .hasSize(1);
        }
      }
      try (AttackedGateway gateway = new AttackedGateway(folder, jvm("-Xmx200m"), yaml)) {
        gateway.awaitReady();
        served(gateway, receivers, "probe-after");
      }
    }
  }

  private static void served(AttackedGateway gateway, ProbeReceivers receivers, String id)
      throws Exception {
    String event =
        "{\"event_id\":\"%s\",\"timestamp\":\"2026-11-22T09:44:10Z\",\"event_type\":\"NODE_HEARTBEAT\",\"node_id\":\"n\",\"metadata\":{}}"
            .formatted(id);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> gateway.post(event.getBytes(StandardCharsets.UTF_8)).statusCode() == 202);
    await().atMost(Duration.ofSeconds(60)).until(() -> receivers.hasDocument(id));
  }

  /// As many bodies at once as the gateway takes, of large events.
  private static void load(AttackedGateway gateway, Duration time) throws Exception {
    try {
      gateway.awaitReady();
    } catch (AssertionError e) {
      // It ended before: what the caller asks about.
      return;
    }
    AtomicBoolean stop = new AtomicBoolean();
    List<Thread> senders = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      int sender = i;
      senders.add(
          Thread.ofVirtual()
              .start(() -> {
                for (int n = 0; !stop.get() && gateway.isAlive(); n++) {
                  try {
                    gateway.post(large(sender + "-" + n));
                  } catch (IOException | InterruptedException e) {
                    return;
                  }
                }
              }));
    }
    long end = System.nanoTime() + time.toNanos();
    await().atMost(time.plusSeconds(30)).until(() -> System.nanoTime() > end || !gateway.isAlive());
    stop.set(true);
    for (Thread sender : senders) {
      sender.join(Duration.ofSeconds(90));
    }
  }

  private static byte[] large(String id) {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      body.append(
              "{\"event_id\":\"%s-%d\",\"timestamp\":\"2026-11-22T09:44:10Z\",\"event_type\":\"NODE_START\",\"node_id\":\"n\",\"metadata\":{\"input_state\":\""
                  .formatted(id, i))
          .append((id + "\\u0001x").repeat(70_000))
          .append("\"}}\n");
    }
    return body.toString().getBytes(StandardCharsets.UTF_8);
  }

  /// As the launcher starts it.
  private static List<String> jvm(String heap) throws IOException {
    return List.of(
        heap,
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "--enable-native-access=ALL-UNNAMED",
        "-XX:+ExitOnOutOfMemoryError",
        "-XX:OnOutOfMemoryError=" + command());
  }

  private static String command() throws IOException {
    Path launcher = Path.of(System.getProperty("basedir"), "..", "onex").normalize();
    Matcher found =
        Pattern.compile("oom=\"-XX:OnOutOfMemoryError=([^\"]+)\"")
            .matcher(Files.readString(launcher));
    assertThat(found.find()).as("the launcher says what to print").isTrue();
    return found.group(1);
  }
}
