package io.onex.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.onex.testkit.FakeBackend;
import io.onex.testkit.FakeBackend.Behaviour;
import io.onex.testkit.FakeBackend.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/// Data folders of earlier builds, killed with a replay under way and the tail of the log torn,
/// open, deliver what was owed and balance. What is expected follows from the numbers of the
/// events, or is what the earlier build itself said.
@ParameterizedClass
@ValueSource(strings = {"level0"})
class GoldenFolderTest {
  private static final int EVENTS = 7001;
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final GoldenFolder golden;
  private final Set<String> spans = ConcurrentHashMap.newKeySet();
  private final CountingSink documents = new CountingSink();
  private final FakeBackend tracing = new FakeBackend(this::takeSpans);
  private volatile boolean away = true;
  @TempDir private Path folder;
  private TestGateway gateway;

  GoldenFolderTest(String name) throws IOException {
    golden = GoldenFolder.of(name);
  }

  @BeforeEach
  void open() throws Exception {
    golden.unpack(folder.resolve("data"));
    gateway = new TestGateway(folder, Map.of());
    gateway.start(configuration());
  }

  @AfterEach
  void close() throws IOException {
    gateway.close();
    documents.close();
    tracing.close();
  }

  @Test
  void it_opens_with_every_record_and_every_account() throws Exception {
    JsonNode log = gateway.json("/onex/v1/status").get("log");

    assertThat(log.get("end").asLong())
        .isGreaterThanOrEqualTo(golden.expected().get("log_end").asLong());
    assertThat(log.get("positions_lost").asLong()).isZero();
    for (JsonNode problem : log.get("problems")) {
      assertThat(problem.asText()).doesNotContainIgnoringCase("damaged", "unusable");
    }
    for (String name : Set.of("documents", "slow", "spans", "resting")) {
      JsonNode now = gateway.destination(name);
      JsonNode then = golden.destination(name);
      assertThat(now.get("balanced").asBoolean()).as("%s", now).isTrue();
      for (String count : Set.of("filtered", "dead_lettered", "expired", "lost", "diverted")) {
        assertThat(now.get(count).asLong())
            .as(name + " " + count)
            .isGreaterThanOrEqualTo(then.get(count).asLong());
      }
      assertThat(now.get("delivered").asLong())
          .as(name)
          .isGreaterThanOrEqualTo(then.get("delivered").asLong());
    }
    assertThat(gateway.destination("spans").get("delivered").asLong()).isZero();
  }

  @Test
  void what_was_owed_is_delivered_and_the_replay_goes_on() throws Exception {
    away = false;

    await()
        .atMost(LONGEST)
        .untilAsserted(() -> {
          for (String name : Set.of("documents", "slow", "spans", "resting")) {
            assertThat(gateway.destination(name).get("pending").asLong()).as(name).isZero();
          }
        });
    // Each pair of START and END is an operation; the last START is still open.
    assertThat(spans).hasSize(EVENTS / 2);
    await()
        .atMost(LONGEST)
        .untilAsserted(() ->
            assertThat(replay().get("state").asText()).as("%s", replay()).isEqualTo("completed"));
    long events = IntStream.range(0, EVENTS).filter(n -> n / 2 % 5 == 1).count();
    long operations = IntStream.range(0, EVENTS / 2).filter(pair -> pair % 5 == 1).count();
    assertThat(replay().get("replayed").asLong()).isEqualTo(events + operations);
    for (String name : Set.of("documents", "slow", "spans", "resting")) {
      assertThat(gateway.destination(name).get("balanced").asBoolean()).as(name).isTrue();
      assertThat(gateway.destination(name).get("lost").asLong()).as(name).isZero();
    }
    assertThat(documents.violations()).isEmpty();
  }

  @Test
  void an_event_of_then_is_known_again() throws Exception {
    for (int number : new int[] {0, 3667, EVENTS - 1}) {
      JsonNode answer = gateway.accept(event(number), "durable");
      assertThat(answer.get("duplicates").asInt()).as("%s", answer).isEqualTo(1);
      assertThat(answer.get("accepted").asInt()).as("%s", answer).isZero();
    }
    JsonNode answer = gateway.accept(event(EVENTS + 1000), "durable");
    assertThat(answer.get("accepted").asInt()).as("%s", answer).isEqualTo(1);
  }

  @Test
  void an_operation_that_was_open_ends() throws Exception {
    away = false;
    await().atMost(LONGEST).untilAsserted(() -> assertThat(spans).hasSize(EVENTS / 2));

    gateway.accept(event(EVENTS), "durable");

    await().atMost(LONGEST).untilAsserted(() -> assertThat(spans).hasSize(EVENTS / 2 + 1));
  }

  @Test
  void what_became_of_an_event_of_then_is_told() throws Exception {
    JsonNode why = gateway.json("/onex/v1/why/" + id(4000));

    assertThat(why.get("type").asText()).isEqualTo("NODE_START");
    assertThat(why.at("/operation/outcome").asText()).isEqualTo("success");
    assertThat(outcome(why, "documents")).isEqualTo("delivered");
    assertThat(outcome(why, "spans")).isIn("pending", "filtered");
    assertThat(outcome(gateway.json("/onex/v1/why/" + id(9000)), "documents"))
        .isEqualTo("dead_lettered");
  }

  @Test
  void dead_letters_and_refused_input_of_then_are_listed() throws Exception {
    assertThat(gateway.json("/onex/v1/dead-letters?limit=100").get("by_reason"))
        .isEqualTo(golden.expected().at("/dead_letters/by_reason"));
    JsonNode refused = gateway.json("/onex/v1/dead-letters?destination=refused&limit=100");
    assertThat(refused.get("total")).isEqualTo(golden.expected().at("/refused/total"));
    assertThat(refused.get("by_reason")).isEqualTo(golden.expected().at("/refused/by_reason"));
  }

  @Test
  void metrics_go_on_from_where_they_were() throws Exception {
    await()
        .atMost(LONGEST)
        .untilAsserted(() -> assertThat(gateway.get("/metrics").statusCode()).isEqualTo(200));
    String exposition = gateway.get("/metrics").body();

    long failures = IntStream.range(0, EVENTS / 2).filter(pair -> pair % 7 == 3).count();
    assertThat(sum(exposition, "onex_node_executions_total", "error")).isEqualTo((double) failures);
    assertThat(sum(exposition, "onex_node_executions_total", "success"))
        .isEqualTo((double) (EVENTS / 2 - failures));
  }

  private static double sum(String exposition, String family, String status) {
    return exposition
        .lines()
        .filter(line -> line.startsWith(family + "{") && line.contains("\"" + status + "\""))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  private JsonNode replay() throws Exception {
    return gateway.json("/onex/v1/replay/" + golden.expected().at("/replay/id").asLong());
  }

  private static String outcome(JsonNode why, String destination) {
    for (JsonNode one : why.get("destinations")) {
      if (one.get("name").asText().equals(destination)) {
        return one.get("outcome").asText();
      }
    }
    throw new AssertionError("nothing about " + destination + " in " + why);
  }

  private static String id(int number) {
    return "90000000-0000-4000-8000-%012d".formatted(number);
  }

  /// The event of that number as `make.py` makes it.
  private static String event(int number) {
    int pair = number / 2;
    String type = number % 2 == 0 ? "NODE_START" : pair % 7 == 3 ? "NODE_FAILURE" : "NODE_SUCCESS";
    String text = "%x".formatted(number * 2654435761L % (1L << 32)).repeat(8);
    return """
    {"event_id":"%s","event_type":"%s","timestamp":"2026-11-01T%02d:%02d:%02d.%06dZ",\
    "node_id":"golden_%d","correlation_id":"c0000000-0000-4000-8000-%012d",\
    "metadata":{"n":%d,"text":"%s","password":"hunter2"}}
    """
        .formatted(
            id(number),
            type,
            8 + pair / 3600,
            pair / 60 % 60,
            pair % 60,
            number,
            pair % 5,
            pair,
            number,
            text);
  }

  private Behaviour takeSpans(Request request) {
    if (away) {
      return Behaviour.Answer.of(503);
    }
    try {
      for (JsonNode span : JSON.readTree(request.body())) {
        spans.add(span.get("traceId").asText() + "/" + span.get("id").asText());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Behaviour.Answer.of(202);
  }

  private String configuration() {
    return """
    integrations:
      documents: {kind: elk, logstash_url: "%1$s", from: beginning, batch: {max_age: 20ms}}
      slow: {kind: elk, logstash_url: "%1$s", from: beginning, batch: {max_age: 20ms}}
      spans:
        kind: zipkin
        url: "%2$s"
        from: beginning
        retry: {initial: 20ms, max: 100ms}
        circuit_breaker: {failures: 1000}
      resting:
        kind: zipkin
        url: "%2$s"
        from: beginning
        retry: {initial: 20ms, max: 100ms}
        circuit_breaker: {failures: 1000}
    routing:
      rules:
        - {name: documents, integrations: [documents, slow], when: "event_type != 'NODE_HEARTBEAT'"}
        - {name: spans, event_types: ["NODE_*"], integrations: [spans, resting]}
    log: {segment_size: 128KiB}
    sources:
      files:
        - paths: ["%3$s/*.log"]
    """
        .formatted(documents.url(), tracing.url(), golden.expected().get("tailed_folder").asText());
  }
}
