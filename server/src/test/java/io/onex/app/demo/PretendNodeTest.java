package io.onex.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PretendNodeTest {
  private static final long START = 1_795_000_000_000_000L;
  private final ObjectMapper json = new ObjectMapper();

  @Test
  void the_same_seed_gives_the_same_events() {
    assertThat(runs(1, 50)).isEqualTo(runs(1, 50));
    assertThat(runs(1, 50)).isNotEqualTo(runs(2, 50));
  }

  @Test
  void every_event_is_one_line_of_json_and_no_run_goes_back_in_time() throws IOException {
    for (PretendNode node : PretendNode.values()) {
      SplittableRandom random = new SplittableRandom(5);
      for (int run = 0; run < 30; run++) {
        long before = START;
        for (DemoEvent event : node.run(random, START)) {
          assertThat(event.json().utf8()).doesNotContain("\n");
          assertThat(json.readTree(event.json().toByteArray()).has("event_type")).isTrue();
          assertThat(event.atMicros()).as("%s", node).isGreaterThanOrEqualTo(before);
          before = event.atMicros();
        }
      }
    }
  }

  @Test
  void a_stamper_run_is_a_pair_inside_a_pair_of_one_correlation() throws IOException {
    List<String> types = new ArrayList<>();
    Set<String> correlations = new HashSet<>();
    for (DemoEvent event : PretendNode.STAMPER.run(new SplittableRandom(3), START)) {
      JsonNode tree = json.readTree(event.json().toByteArray());
      types.add(tree.get("event_type").asText());
      correlations.add(tree.get("correlation_id").asText());
    }
    assertThat(types)
        .containsExactly(
            "TELEMETRY_OPERATION_START",
            "NODE_START",
            "NODE_SUCCESS",
            "TELEMETRY_OPERATION_SUCCESS");
    assertThat(correlations).hasSize(1);
  }

  private static List<String> runs(long seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      PretendNode.any(random).run(random, START).forEach(e -> events.add(e.json().utf8()));
    }
    return events;
  }
}
