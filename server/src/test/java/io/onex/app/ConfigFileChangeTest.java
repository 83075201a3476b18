package io.onex.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a running gateway makes of its configuration file being edited, and of records no rule
/// wants.
class ConfigFileChangeTest {
  @TempDir private Path folder;
  private final CountingSink first = new CountingSink();
  private final CountingSink added = new CountingSink();
  private final NumberedEvents events = new NumberedEvents(8);
  private LoggedLines lines;
  private TestGateway gateway;
  private Path file;
  private ConfigWatch watch;

  @BeforeEach
  void start() throws Exception {
    lines = new LoggedLines();
    gateway = new TestGateway(folder, Map.of());
    String yaml = destinations(Map.of("first", first));
    gateway.start(yaml);
    file = folder.resolve("onex.yaml");
    write(yaml);
    Configurations configurations = new Configurations(gateway.catalog());
    watch = ConfigWatch.start(file, path -> configurations.load(path, false), gateway.gateway());
  }

  @AfterEach
  void stop() throws Exception {
    watch.close();
    gateway.close();
    first.close();
    added.close();
    lines.close();
  }

  @Test
  void a_destination_that_is_added_starts_at_the_end() throws Exception {
    List<String> before = accepted(120);

    write(destinations(Map.of("first", first)) + destination("added", added));
    awaitReload();
    List<String> after = accepted(80);

    await()
        .untilAsserted(() -> {
          assertThat(first.distinct().keySet()).containsAll(before).containsAll(after);
          assertThat(added.distinct().keySet()).containsExactlyElementsOf(after);
        });
    events.judgeAllInOrder(first);
    await()
        .untilAsserted(() -> {
          NumberedEvents.judgeLedger(gateway.destination("first"), first);
          NumberedEvents.judgeLedger(gateway.destination("added"), added);
        });
    assertThat(gateway.destination("added").get("accepted").asInt()).isEqualTo(after.size());
  }

  @Test
  void a_file_with_errors_changes_nothing_and_the_log_says_what_is_wrong_and_where()
      throws Exception {
    String before = gateway.get("/onex/v1/config").body();
    write(destinations(Map.of("first", first)) + "    batch_size: 7\nroutng: {}\n");

    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() ->
            assertThat(lines.text())
                .contains("Configuration file has errors; the one in force goes on")
                .contains("onex.yaml:7")
                .contains("routng")
                .contains("routing"));
    assertThat(gateway.get("/onex/v1/config").body()).isEqualTo(before);
    List<String> sent = accepted(50);
    await().untilAsserted(() -> assertThat(first.distinct().keySet()).containsAll(sent));
    assertThat(lines.text()).doesNotContain("Configuration reloaded");

    write(destinations(Map.of("first", first)) + destination("added", added));
    awaitReload();
    List<String> later = accepted(50);
    await().untilAsserted(() -> assertThat(added.distinct().keySet()).containsAll(later));
  }

  @Test
  void what_no_rule_matches_is_counted_as_unmatched_and_goes_where_that_is_sent() throws Exception {
    String rules =
        "routing:\n  rules:\n    - event_types: [NODE_FAILURE]\n      integrations: [first]\n";
    write(destinations(Map.of("first", first)) + destination("added", added) + rules);
    awaitReload();
    accepted(70);
    await()
        .untilAsserted(() -> {
          for (String name : List.of("first", "added")) {
            assertThat(gateway.destination(name).get("unmatched").asInt()).isEqualTo(70);
            assertThat(gateway.destination(name).get("filtered").asInt())
                .isGreaterThanOrEqualTo(70);
            assertThat(gateway.destination(name).get("pending").asInt()).isZero();
            assertThat(gateway.destination(name).get("balanced").asBoolean()).isTrue();
          }
        });
    assertThat(first.distinct()).isEmpty();

    int reloads = reloads();
    write(
        destinations(Map.of("first", first))
            + destination("added", added)
            + rules
            + "  unmatched: [added]\n");
    await().atMost(Duration.ofSeconds(10)).until(() -> reloads() > reloads);
    List<String> sent = accepted(30);
    await()
        .untilAsserted(() -> assertThat(added.distinct().keySet()).containsExactlyElementsOf(sent));
    assertThat(first.distinct()).isEmpty();
  }

  private List<String> accepted(int count) throws Exception {
    String sent = events.next(count);
    gateway.accept(sent, "durable");
    return NumberedEvents.ids(sent);
  }

  private void awaitReload() {
    await().atMost(Duration.ofSeconds(10)).until(() -> reloads() > 0);
  }

  private int reloads() {
    return lines.text().split("Configuration reloaded", -1).length - 1;
  }

  /// As an editor saves: a new file takes the place of the old one.
  private void write(String yaml) throws IOException {
    Path draft = folder.resolve("onex.yaml.draft");
    Files.writeString(draft, "server: {listeners: ['127.0.0.1:0']}\n" + yaml);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static String destinations(Map<String, CountingSink> sinks) {
    StringBuilder yaml = new StringBuilder("integrations:\n");
    sinks.forEach((name, sink) -> yaml.append(destination(name, sink)));
    return yaml.toString();
  }

  private static String destination(String name, CountingSink sink) {
    return """
      %s:
        kind: elk
        logstash_url: "%s"
        batch: {max_age: 20ms}
    """
        .formatted(name, sink.url());
  }
}
