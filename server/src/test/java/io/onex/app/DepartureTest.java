package io.onex.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a destination is owed that leaves the configuration and comes back.
class DepartureTest {
  @TempDir private Path folder;
  private final CountingSink stays = new CountingSink();
  private final CountingSink leaves = new CountingSink();
  private final NumberedEvents events = new NumberedEvents(3);
  private LoggedLines lines;
  private TestGateway gateway;

  @BeforeEach
  void open() throws Exception {
    lines = new LoggedLines();
    gateway = new TestGateway(folder, Map.of());
  }

  @AfterEach
  void close() throws Exception {
    gateway.close();
    stays.close();
    leaves.close();
    lines.close();
  }

  @Test
  void what_came_while_it_was_away_is_pending_also_over_restarts_whatever_its_from()
      throws Exception {
    gateway.start(both());
    List<String> all = new ArrayList<>(accepted(20));
    for (int round = 0; round < 3; round++) {
      gateway.gateway().reload(gateway.config(one()));
      all.addAll(accepted(20));
      assertThat(gateway.get("/onex/v1/status").body())
          .contains("Destination leaves left the configuration; ");
      if (round > 0) {
        gateway.stop();
        gateway.start(round == 1 ? one() : both());
        all.addAll(accepted(20));
      }
      gateway.gateway().reload(gateway.config(both()));
      all.addAll(accepted(20));
    }
    await().untilAsserted(() -> assertThat(leaves.distinct().keySet()).containsAll(all));
    assertThat(gateway.destination("leaves").get("filtered").asInt())
        .as("control records alone")
        .isLessThan(20);
    assertThat(gateway.get("/onex/v1/status").body()).doesNotContain("left the configuration");
    assertThat(lines.text()).contains("A destination has left the configuration");
  }

  @Test
  void after_the_grace_it_is_a_new_one_and_that_is_said() throws Exception {
    String grace = "log: {leave_grace: 100ms}\n";
    gateway.start(both() + grace);
    List<String> before = accepted(10);
    await().untilAsserted(() -> assertThat(leaves.distinct().keySet()).containsAll(before));
    gateway.gateway().reload(gateway.config(one() + grace));
    List<String> away = accepted(10);
    await()
        .untilAsserted(() -> {
          gateway.gateway().reload(gateway.config(one() + grace + "health: {stall_after: 1m}\n"));
          assertThat(lines.text()).contains("A destination that left the configuration is forgot");
        });
    gateway.gateway().reload(gateway.config(both() + grace));
    List<String> after = accepted(10);
    await().untilAsserted(() -> assertThat(leaves.distinct().keySet()).containsAll(after));
    assertThat(leaves.distinct().keySet()).doesNotContainAnyElementsOf(away);
  }

  private List<String> accepted(int count) throws Exception {
    String sent = events.next(count);
    gateway.accept(sent, "durable");
    return NumberedEvents.ids(sent);
  }

  private String one() {
    return "integrations:\n" + destination("stays", stays);
  }

  private String both() {
    return one() + destination("leaves", leaves);
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
