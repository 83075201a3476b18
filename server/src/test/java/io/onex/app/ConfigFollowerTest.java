package io.onex.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.onex.time.Clock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever happens to the configuration file while a gateway runs, an acknowledged event goes
/// where the whole file before and after says. The gateway is real, the clock of the one who
/// follows the file is driven.
class ConfigFollowerTest {
  private static final Duration GRACE = Duration.ofHours(1);

  /// Rules of `second`; all go to `first`.
  private static final Set<String> SECOND = Set.of("node_1", "node_3");

  @TempDir private Path folder;
  private final CountingSink first = new CountingSink();
  private final CountingSink second = new CountingSink();
  private final Set<String> toFirst = new HashSet<>();
  private final Set<String> toSecond = new HashSet<>();
  private final DrivenClock clock = new DrivenClock();
  private LoggedLines lines;
  private TestGateway gateway;
  private ConfigFollower follower;
  private Path file;
  private int made;

  private static final class DrivenClock implements Clock {
    private long nanos = Long.MAX_VALUE - 1_000;

    void pass(Duration time) {
      nanos += time.toNanos();
    }

    @Override
    public long wallMicros() {
      return 0;
    }

    @Override
    public long monotonicNanos() {
      return nanos;
    }
  }

  @BeforeEach
  void open() throws IOException {
    lines = new LoggedLines();
    gateway = new TestGateway(folder, Map.of());
    file = folder.resolve("onex.yaml");
  }

  @AfterEach
  void close() throws IOException {
    gateway.close();
    first.close();
    second.close();
    lines.close();
  }

  @Test
  void a_file_cut_at_any_byte_and_put_back_changes_where_nothing_goes() throws Exception {
    Random random = seeded();
    for (boolean rulesFirst : List.of(false, true)) {
      byte[] whole = bytes(whole(rulesFirst, "20ms"));
      start(whole);
      // Each third byte in either order of the file, begun anywhere.
      for (int end = random.nextInt(3); end < whole.length; end += 3) {
        inPlace(Arrays.copyOf(whole, end));
        settle(random.nextBoolean());
        if (random.nextInt(4) == 0) {
          post();
        }
        inPlace(whole);
        settle(random.nextBoolean());
      }
      judge();
      gateway.stop();
    }
  }

  @Test
  void no_sequence_of_broken_states_and_signals_changes_where_an_event_goes() throws Exception {
    Random random = seeded();
    byte[] whole = bytes(whole(random.nextBoolean(), "20ms"));
    start(whole);
    for (int round = 0; round < 60; round++) {
      boolean same = random.nextBoolean();
      byte[] next =
          same ? whole : bytes(whole(random.nextBoolean(), (20 + random.nextInt(5)) + "ms"));
      Duration longest = same ? GRACE : Duration.ofMinutes(1);
      for (int state = random.nextInt(1, 5); state > 0; state--) {
        breakIt(random, next);
        Duration lasts = Duration.ofMillis(random.nextLong(longest.toMillis() - 2_100));
        settle(random.nextBoolean());
        post();
        clock.pass(lasts);
        follower.look(random.nextInt(3) == 0);
        post();
      }
      if (random.nextBoolean()) {
        replace(next);
      } else {
        inPlace(next);
      }
      settle(random.nextBoolean());
      whole = next;
      post();
    }
    assertThat(gateway.gateway().configFile().difference()).isEmpty();
    judge();
  }

  @Test
  void what_is_meant_is_applied_within_seconds_and_what_is_doubtful_once_it_has_stood()
      throws Exception {
    String whole = whole(false, "20ms");
    start(bytes(whole));
    String shorter = whole.substring(0, whole.indexOf("    - name: some"));
    inPlace(bytes(shorter));
    settle(true);
    assertThat(rules()).as("the beginning of what stood before").isEqualTo(2);
    assertThat(gateway.get("/onex/v1/status").body())
        .contains("not in force yet: it ends where the one in force goes on");
    assertThat(metric("onex_gateway_config_in_force")).isEqualTo("0");
    clock.pass(GRACE.plusSeconds(1));
    follower.look(false);
    assertThat(rules()).as("after the grace").isEqualTo(1);
    assertThat(metric("onex_gateway_config_in_force")).isEqualTo("1");

    inPlace(bytes(whole));
    settle(false);
    assertThat(rules()).isEqualTo(2);
    inPlace(bytes(shorter + "...\n"));
    settle(false);
    assertThat(rules()).as("ended in words").isEqualTo(1);
    assertThat(gateway.get("/onex/v1/status").body()).doesNotContain("not in force");
  }

  @Test
  void all_destinations_go_only_when_the_file_says_so_in_words() throws Exception {
    start(bytes(whole(false, "20ms")));
    for (String nothing :
        List.of(
            "{}\n",
            "integrations:\n",
            "integrations: null\n",
            "# a comment\n",
            "server: {listeners: ['127.0.0.1:0']}\n",
            "")) {
      replace(bytes(nothing));
      settle(true);
      assertThat(gateway.json("/onex/v1/status").get("destinations")).as(nothing).hasSize(2);
      assertThat(gateway.get("/onex/v1/status").body()).contains("file is not in force");
    }
    replace(bytes("server: {listeners: ['127.0.0.1:0']}\nintegrations: {}\n"));
    settle(false);
    assertThat(gateway.json("/onex/v1/status").get("destinations")).isEmpty();
    assertThat(gateway.get("/onex/v1/status").body())
        .contains("Destination first left the configuration; ");
    assertThat(lines.text()).contains("A destination has left the configuration");
    post();
    replace(bytes(whole(false, "20ms")));
    settle(false);
    judge();
  }

  private static Random seeded() {
    long seed = Long.getLong("onex.seed", new Random().nextLong());
    System.out.println("broken states of the configuration file: seed " + seed);
    return new Random(seed);
  }

  @Test
  void what_the_file_points_to_is_followed_by_content_behind_links_and_with_the_same_size_and_time()
      throws Exception {
    Path old = Files.createDirectory(folder.resolve("..v1"));
    Path data = Files.createSymbolicLink(folder.resolve("..data"), old.getFileName());
    Files.createSymbolicLink(folder.resolve("url"), Path.of("..data/url"));
    Files.writeString(old.resolve("url"), first.url() + "\n");
    byte[] config =
        bytes(
            "server: {listeners: ['127.0.0.1:0']}\nintegrations:\n"
                + destination("linked", first, "20ms")
                    .replace(first.url().toString(), "${file:url}"));
    start(config);
    gateway.accept(announce("a"), "durable");
    await().untilAsserted(() -> assertThat(first.distinct()).containsKey("a"));

    // Written in place, with the time it had.
    FileTime time = Files.getLastModifiedTime(old.resolve("url"));
    Files.writeString(old.resolve("url"), second.url() + "\n");
    Files.setLastModifiedTime(old.resolve("url"), time);
    settle(false);
    gateway.accept(announce("b"), "durable");
    await().untilAsserted(() -> assertThat(second.distinct()).containsKey("b"));

    // As Kubernetes renews what is mounted: a new folder, and one link that is renamed.
    Path next = Files.createDirectory(folder.resolve("..v2"));
    Files.writeString(next.resolve("url"), first.url() + "\n");
    Files.setLastModifiedTime(next.resolve("url"), time);
    Path link = Files.createSymbolicLink(folder.resolve("..tmp"), next.getFileName());
    Files.move(link, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    settle(false);
    gateway.accept(announce("c"), "durable");
    await().untilAsserted(() -> assertThat(first.distinct()).containsKey("c"));

    Files.delete(next.resolve("url"));
    settle(false);
    assertThat(gateway.get("/onex/v1/status").body()).contains("not in force: ").contains("url");
    gateway.accept(announce("d"), "durable");
    await().untilAsserted(() -> assertThat(first.distinct()).containsKey("d"));
    assertThat(metric("onex_gateway_config_files_renewed_total")).isEqualTo("2");
  }

  private static String announce(String id) {
    return "{\"event_id\":\"%s\",\"event_type\":\"NODE_ANNOUNCE\",\"node_id\":\"n\"}\n"
        .formatted(id);
  }

  private void breakIt(Random random, byte[] next) throws IOException {
    switch (random.nextInt(8)) {
      case 0 -> inPlace(new byte[0]);
      case 1 -> Files.deleteIfExists(gone());
      case 2 -> Files.createDirectory(gone());
      case 3 -> inPlace(bytes("# onex, production. Generated; edit the template.\n"));
      case 4 -> inPlace(bytes("integrations:\n"));
      case 5 -> replace(bytes("\0\0\0\0"));
      default -> inPlace(Arrays.copyOf(next, random.nextInt(next.length)));
    }
  }

  private Path gone() throws IOException {
    Files.deleteIfExists(file);
    return file;
  }

  private void start(byte[] whole) throws Exception {
    inPlace(whole);
    Configurations configurations = new Configurations(gateway.catalog());
    gateway.start(
        new String(whole, StandardCharsets.UTF_8)
            .replace("server: {listeners: ['127.0.0.1:0']}\n", ""));
    follower =
        new ConfigFollower(
            file,
            path -> configurations.load(path, false),
            gateway.gateway(),
            gateway.gateway().configFile(),
            clock);
  }

  private void settle(boolean asked) throws InterruptedException {
    follower.look(asked);
    clock.pass(ConfigFollower.STILL);
    follower.look(false);
  }

  private void post() throws Exception {
    StringBuilder batch = new StringBuilder();
    for (int i = 0; i < 5; i++) {
      String id = "e-" + made;
      String node = "node_" + made++ % 5;
      batch.append(
          "{\"event_id\":\"%s\",\"event_type\":\"NODE_ANNOUNCE\",\"node_id\":\"%s\"}\n"
              .formatted(id, node));
      toFirst.add(id);
      if (SECOND.contains(node)) {
        toSecond.add(id);
      }
    }
    gateway.accept(batch.toString(), "durable");
  }

  private void judge() {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> {
          assertThat(first.distinct()).hasSize(toFirst.size());
          assertThat(first.distinct().keySet()).containsExactlyInAnyOrderElementsOf(toFirst);
          assertThat(second.distinct().keySet()).containsExactlyInAnyOrderElementsOf(toSecond);
          for (String name : List.of("first", "second")) {
            JsonNode one = gateway.destination(name);
            assertThat(one.get("pending").asInt()).isZero();
            assertThat(one.get("balanced").asBoolean()).isTrue();
          }
        });
  }

  private int rules() throws Exception {
    return gateway.gateway().inForce().routing().rules().size();
  }

  private String metric(String name) throws Exception {
    return gateway
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .map(line -> line.substring(name.length() + 1).replace(".0", ""))
        .findFirst()
        .orElse("");
  }

  private void inPlace(byte[] content) throws IOException {
    if (Files.isDirectory(file)) {
      Files.delete(file);
    }
    Files.write(file, content);
  }

  private void replace(byte[] content) throws IOException {
    if (Files.isDirectory(file)) {
      Files.delete(file);
    }
    Path draft = Files.write(folder.resolve("draft"), content);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private String whole(boolean rulesFirst, String maxAge) {
    String rules =
        """
        routing:
          rules:
            - name: all
              event_types: ["*"]
              kinds: [event]
              integrations: [first]
            - name: some
              nodes: [node_1, node_3]
              kinds: [event]
              when: event_type == "NODE_ANNOUNCE"
              integrations: [second]
        """;
    String destinations =
        "integrations:\n"
            + destination("first", first, maxAge)
            + destination("second", second, maxAge);
    return "server: {listeners: ['127.0.0.1:0']}\n"
        + (rulesFirst ? rules + destinations : destinations + rules);
  }

  private static String destination(String name, CountingSink sink, String maxAge) {
    return """
      %s:
        kind: elk
        logstash_url: "%s"
        batch: {max_age: %s}
    """
        .formatted(name, sink.url(), maxAge);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
