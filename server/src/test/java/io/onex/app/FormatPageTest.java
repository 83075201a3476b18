package io.onex.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.onex.app.FormatPageReader.Entry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The bytes of the log are those that the format pages draw, in a folder of an earlier build and
/// in one of this.
class FormatPageTest {
  private static final int EVENT = 1;
  private static final int DERIVED = 5;
  private static final int REDACTED = 1;
  private static final int MADE_BY_GATEWAY = 32;
  private static final int OVER_HTTP = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  @Test
  void a_log_of_an_earlier_build_is_read_by_the_pages() throws Exception {
    GoldenFolder golden = GoldenFolder.of("level0");
    golden.unpack(folder);

    FormatPageReader log = FormatPageReader.read(folder);

    assertThat(log.tornBytes()).as("the torn tail").isEqualTo(100);
    assertThat(log.entries()).hasSize(golden.expected().get("log_end").asInt());
    Map<String, List<Entry>> byId =
        log.entries().stream().collect(java.util.stream.Collectors.groupingBy(Entry::eventId));
    IntStream.range(0, 7001).forEach(n -> judge(n, byId.get(id(n))));
    List<Entry> ended = log.entries().stream().filter(entry -> entry.kind() == DERIVED).toList();
    assertThat(ended).hasSizeGreaterThanOrEqualTo(3500);
    assertThat(ended.stream().map(Entry::cause).filter(cause -> !cause.isEmpty()).distinct())
        .containsAll(IntStream.range(0, 3500).mapToObj(pair -> id(2 * pair + 1)).toList());
  }

  @Test
  void a_log_of_this_build_is_read_by_the_pages() throws Exception {
    Instant before = Instant.now().truncatedTo(ChronoUnit.MICROS);
    try (TestGateway gateway = new TestGateway(folder, Map.of())) {
      gateway.start("");
      gateway.accept(
          """
          {"event_id":"e-1","timestamp":"2026-11-22T09:44:10.000001Z","event_type":"NODE_START",\
          "node_id":"knöten","correlation_id":"c-1","metadata":{"a":[1,2]},"other":true}
          {"event_id":"e-2","timestamp":"2026-11-22T09:44:11Z","event_type":"MY_OWN_TYPE",\
          "node_id":"n","metadata":{"password":"hunter2"}}
          """,
          "durable");
      gateway.stop();
    }

    List<Entry> entries =
        FormatPageReader.read(folder.resolve("data")).entries().stream()
            .filter(entry -> entry.kind() == EVENT)
            .toList();

    assertThat(entries).extracting(Entry::eventId).containsExactly("e-1", "e-2");
    Entry first = entries.getFirst();
    assertThat(first.nodeId()).isEqualTo("knöten");
    assertThat(first.correlationId()).isEqualTo("c-1");
    assertThat(first.metadata()).isEqualTo("{\"a\":[1,2]}");
    assertThat(first.typeName()).isEmpty();
    assertThat(first.typeId()).isPositive();
    assertThat(first.source()).isEqualTo(OVER_HTTP);
    assertThat(first.principal()).isZero();
    assertThat(first.flags() & REDACTED).isZero();
    assertThat(instant(first.eventMicros())).isEqualTo("2026-11-22T09:44:10.000001Z");
    assertThat(instant(first.ingestMicros())).isBetween(before, before.plus(Duration.ofMinutes(1)));
    assertThat(JSON.readTree(first.body()).get("other").asBoolean()).isTrue();
    Entry second = entries.getLast();
    assertThat(second.typeName()).isEqualTo("MY_OWN_TYPE");
    assertThat(second.typeId()).isZero();
    assertThat(second.correlationId()).isEmpty();
    assertThat(second.flags() & REDACTED).isPositive();
    assertThat(second.body()).doesNotContain("hunter2");
  }

  private static void judge(int number, List<Entry> found) {
    assertThat(found).as("records with the id of event %d", number).hasSize(1);
    Entry entry = found.getFirst();
    int pair = number / 2;
    try {
      JsonNode body = JSON.readTree(entry.body());
      assertThat(body.at("/metadata/n").asInt()).isEqualTo(number);
      assertThat(JSON.readTree(entry.metadata())).isEqualTo(body.get("metadata"));
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError(entry.body(), e);
    }
    assertThat(entry.kind()).isEqualTo(EVENT);
    assertThat(entry.source()).isEqualTo(OVER_HTTP);
    assertThat(entry.nodeId()).isEqualTo("golden_" + pair % 5);
    assertThat(entry.correlationId()).isEqualTo("c0000000-0000-4000-8000-%012d".formatted(pair));
    assertThat(entry.flags() & REDACTED).as("its password is masked").isPositive();
    assertThat(entry.flags() & MADE_BY_GATEWAY).isZero();
    assertThat(entry.body()).doesNotContain("hunter2");
    assertThat(instant(entry.eventMicros()))
        .isEqualTo(
            Instant.parse("2026-11-01T08:00:00Z")
                .plusSeconds(pair)
                .plus(number, ChronoUnit.MICROS));
  }

  private static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  private static String id(int number) {
    return "90000000-0000-4000-8000-%012d".formatted(number);
  }
}
