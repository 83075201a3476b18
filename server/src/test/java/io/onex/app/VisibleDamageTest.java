package io.onex.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Damage of cursors and checkpoints that a start finds must be seen by whoever looks at the
/// gateway: in its status and as a metric.
class VisibleDamageTest {
  private static final int EVENTS = 50;

  @TempDir private Path folder;
  private final NumberedEvents events = new NumberedEvents(11);
  private final CountingSink sink = new CountingSink();
  private TestGateway gateway;

  @BeforeEach
  void runOnce() throws Exception {
    gateway = new TestGateway(folder, Map.of());
    gateway.start(configuration());
    gateway.accept(events.next(EVENTS), "delivered");
    gateway.stop();
  }

  @AfterEach
  void stop() throws IOException {
    gateway.close();
    sink.close();
  }

  @Test
  void a_whole_folder_has_no_problems() throws Exception {
    gateway.start(configuration());

    assertThat(problems()).isEmpty();
    assertThat(exposition().lines().filter(line -> line.startsWith("onex_gateway_damage_total{")))
        .isNotEmpty()
        .allMatch(line -> line.endsWith(" 0.0"));
  }

  @Test
  void a_damaged_entry_of_the_cursor_journal_is_shown() throws Exception {
    Path journal = gateway.data().resolve("cursors/cursors.journal");
    // The first entry: later ones of the destination make up for it.
    flip(journal, 20);
    gateway.start(configuration());

    assertThat(problems()).anySatisfy(problem -> assertThat(problem).contains("cursor journal"));
    assertThat(exposition()).contains("onex_gateway_damage_total{kind=\"cursor_entry_damaged\"} 1");
  }

  @Test
  void a_lost_cursor_journal_is_shown_with_what_follows_for_the_destination() throws Exception {
    Files.write(gateway.data().resolve("cursors/cursors.journal"), new byte[40]);
    gateway.start(configuration());

    assertThat(problems())
        .anySatisfy(problem -> assertThat(problem).contains("cursors.journal cannot be used"))
        .anySatisfy(
            problem -> assertThat(problem).contains("The cursor of destination sink is lost"));
    assertThat(exposition())
        .contains("onex_gateway_damage_total{kind=\"cursor_journal_unusable\"} 1")
        .contains("onex_gateway_damage_total{kind=\"cursor_lost\"} 1");
    await().untilAsserted(() -> assertThat(NumberedEvents.repeats(sink)).isEqualTo(EVENTS));
  }

  @Test
  void a_damaged_checkpoint_is_shown_and_nothing_is_counted_twice() throws Exception {
    List<Path> checkpoints;
    try (Stream<Path> files = Files.list(gateway.data().resolve("checkpoints"))) {
      checkpoints = files.filter(file -> file.toString().endsWith(".checkpoint")).toList();
    }
    assertThat(checkpoints).isNotEmpty();
    for (Path checkpoint : checkpoints) {
      flip(checkpoint, Files.size(checkpoint) / 2);
    }
    gateway.start(configuration());

    assertThat(problems()).hasSize(checkpoints.size());
    assertThat(problems()).allSatisfy(problem -> assertThat(problem).startsWith("Checkpoint "));
    assertThat(exposition())
        .contains("onex_gateway_damage_total{kind=\"checkpoint_unusable\"} " + checkpoints.size());
    assertThat(
            exposition()
                .lines()
                .filter(line -> line.startsWith("onex_events_total{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum())
        .isEqualTo(EVENTS);
  }

  private List<String> problems() throws Exception {
    JsonNode problems = gateway.json("/onex/v1/status").at("/log/problems");
    return problems.valueStream().map(JsonNode::asText).toList();
  }

  /// The metrics, once all events are counted again.
  private String exposition() throws Exception {
    await().untilAsserted(() -> assertThat(gateway.get("/metrics").statusCode()).isEqualTo(200));
    return gateway.get("/metrics").body();
  }

  private static void flip(Path file, long at) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[Math.toIntExact(at)] ^= 0x10;
    Files.write(file, bytes);
  }

  private String configuration() {
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
