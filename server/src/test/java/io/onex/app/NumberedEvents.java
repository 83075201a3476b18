package io.onex.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Collectors;

/// Events with a number, an id and a body that nobody else makes, and the judge of what a sink has
/// of them. It knows nothing of the gateway but the shape of a document. Safe for many threads.
final class NumberedEvents {
  private static final String TYPE = "NODE_ANNOUNCE";
  private static final int NODES = 7;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SplittableRandom random;
  private final Map<String, JsonNode> made = new LinkedHashMap<>();

  /// @param seed printed, so that a run can be repeated
  NumberedEvents(long seed) {
    System.out.println("numbered events: seed " + seed);
    random = new SplittableRandom(seed);
  }

  /// The next events as lines, in the order of their numbers.
  synchronized String next(int count) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ObjectNode event = JSON.createObjectNode();
      String id = new UUID(random.nextLong(), random.nextLong()).toString();
      event.put("event_id", id).put("timestamp", Instant.now().toString());
      event.put("event_type", TYPE).put("node_id", "node_" + made.size() % NODES);
      ObjectNode metadata = event.putObject("metadata");
      metadata.put("number", made.size()).put("load", Long.toHexString(random.nextLong()));
      made.put(id, metadata);
      lines.add(event.toString());
    }
    return String.join("\n", lines);
  }

  synchronized int count() {
    return made.size();
  }

  /// The ids of events as [#next] wrote them.
  static List<String> ids(String lines) {
    return lines
        .lines()
        .map(line -> line.substring(line.indexOf(':') + 2, line.indexOf(',') - 1))
        .toList();
  }

  /// Judges that a sink has each of these events, at least once and as it was made, and no other.
  synchronized void judge(CountingSink sink, Collection<String> promised) {
    Map<String, JsonNode> had = events(sink);
    assertThat(had.keySet()).containsAll(promised);
    assertThat(made.keySet()).containsAll(had.keySet());
    had.forEach((id, document) -> assertThat(document.get("metadata")).isEqualTo(made.get(id)));
    assertThat(sink.violations()).isEmpty();
  }

  /// Judges that a sink has all events that were made, those of each node in order.
  synchronized void judgeAllInOrder(CountingSink sink) {
    judge(sink, made.keySet());
    Map<String, Integer> last = new HashMap<>();
    events(sink)
        .values()
        .forEach(document -> {
          int number = document.at("/metadata/number").asInt();
          Integer before = last.put(document.get("node_id").asText(), number);
          assertThat(before == null || before < number).as("%s after %s", number, before).isTrue();
        });
  }

  /// Copies that a sink was handed beyond the first of each.
  static int repeats(CountingSink sink) {
    return sink.taken().size() - sink.distinct().size();
  }

  private static Map<String, JsonNode> events(CountingSink sink) {
    return sink.distinct().entrySet().stream()
        .filter(entry -> entry.getValue().get("event_type").asText().equals(TYPE))
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new));
  }

  /// Judges what the gateway's own ledger says of a destination by what its sink has.
  static void judgeLedger(JsonNode destination, CountingSink sink) {
    assertThat(destination.get("pending").asLong()).as("%s", destination).isZero();
    assertThat(destination.get("delivered").asInt())
        .as("%s", destination)
        .isEqualTo(sink.distinct().size());
    for (String none : List.of("sampled", "diverted", "dead_lettered", "expired", "lost")) {
      assertThat(destination.get(none).asLong()).as("%s: %s", none, destination).isZero();
    }
    assertThat(destination.get("accepted").asLong())
        .isEqualTo(destination.get("delivered").asLong() + destination.get("filtered").asLong());
    assertThat(destination.get("balanced").asBoolean()).isTrue();
  }
}
