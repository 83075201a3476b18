package io.onex.source.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.Zstd;
import io.onex.app.SystemClock;
import io.onex.enrichment.RedactionPolicy;
import io.onex.event.EventLimits;
import io.onex.event.MaskedIds;
import io.onex.http.Listener;
import io.onex.http.TestListener;
import io.onex.ingest.Backpressure;
import io.onex.ingest.ByteBudget;
import io.onex.ingest.Intake;
import io.onex.ingest.IntakeSettings;
import io.onex.log.LogConfig;
import io.onex.log.LogReader;
import io.onex.log.Position;
import io.onex.log.PositionRange;
import io.onex.log.Record;
import io.onex.log.RecordFlags;
import io.onex.log.RetentionGuard;
import io.onex.log.SegmentedLog;
import io.onex.log.deadletter.DeadLetterQuery;
import io.onex.log.deadletter.DeadLetterRetention;
import io.onex.log.deadletter.DeadLetters;
import io.onex.storage.Fault;
import io.onex.storage.FaultyStorage;
import io.onex.storage.FileStorage;
import io.onex.telemetry.Telemetry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventsEndpointTest {
  private static final String NDJSON = "application/x-ndjson";
  private static final int MAX_BODY = 256 * 1024;
  private static final AckTimeouts TIMEOUTS =
      new AckTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(60));

  @TempDir private Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();
  private final SystemClock clock = new SystemClock();
  private FileStorage files;
  private FaultyStorage storage;
  private SegmentedLog log;
  private DeadLetters refused;
  private Intake intake;
  private volatile Backpressure backpressure = Backpressure.NONE;
  private Listener listener;

  @BeforeEach
  void start() throws IOException {
    files = FileStorage.open(folder);
    storage = new FaultyStorage(files);
    log =
        SegmentedLog.open(
            new SegmentedLog.Setup(
                storage,
                LogConfig.DEFAULT.withRememberedIds(10_000),
                clock,
                Position.START,
                RetentionGuard.NONE,
                problem -> {}));
    refused = DeadLetters.open(storage, "refused", DeadLetterRetention.DEFAULT, clock);
    intake =
        new Intake(
            log,
            refused,
            RedactionPolicy.DEFAULT,
            new MaskedIds(new byte[] {1}),
            new IntakeSettings(EventLimits.DEFAULT, MAX_BODY, 4 * MAX_BODY, 16 << 20, 10_000),
            clock,
            new Telemetry(),
            () -> backpressure.await(),
            (SplittableGenerator) RandomGeneratorFactory.of("L64X128MixRandom").create(1),
            2);
    listener =
        TestListener.start(List.of(new EventsEndpoint(intake, new ElkIsSlow(), TIMEOUTS).route()));
  }

  @AfterEach
  void stop() throws IOException {
    listener.close();
    intake.close();
    log.close();
    refused.close();
    files.close();
    client.close();
  }

  @Test
  void one_object_is_taken_and_durable_when_answered() throws Exception {
    String event = event("e-1");
    JsonNode answer = accepted(post("application/json", event));
    assertThat(answer.get("accepted").asLong()).isEqualTo(1);
    assertThat(records()).hasSize(1);
    Record record = records().getFirst();
    assertThat(record.body().utf8()).isEqualTo(event);
    assertThat(record.eventId().utf8()).isEqualTo("e-1");
    assertThat(record.nodeId().utf8()).isEqualTo("n");
    assertThat(record.metadata().utf8()).isEqualTo("{\"a\":1}");
  }

  @Test
  void a_body_is_read_once_backpressure_lets_it_in() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch letIn = new CountDownLatch(1);
    backpressure =
        () -> {
          asked.countDown();
          letIn.await();
          return true;
        };
    try (ExecutorService sender = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<HttpResponse<String>> answer =
          sender.submit(() -> post("application/json", event("e-1")));
      asked.await();
      assertThat(answer).isNotDone();
      assertThat(intake.budget().used()).isZero();
      assertThat(records()).isEmpty();

      letIn.countDown();
      accepted(answer.get());
    }
    assertThat(records()).hasSize(1);
  }

  @Test
  void an_array_lines_and_lines_called_json_are_all_taken() throws Exception {
    accepted(post("application/json", "[" + event("a") + "," + event("b") + "]"));
    accepted(post(NDJSON, event("c") + "\n" + event("d") + "\r\n\n" + event("e")));
    accepted(post("application/json; charset=UTF-8", event("f") + "\n" + event("g")));
    accepted(post("", event("h")));
    assertThat(records())
        .extracting(record -> record.eventId().utf8())
        .containsExactly("a", "b", "c", "d", "e", "f", "g", "h");
  }

  @Test
  void good_lines_are_kept_and_each_bad_one_is_named() throws Exception {
    String bad = "{\"event_type\":\"NODE_START\",\"password\":\"hunter2canary\"";
    JsonNode answer = accepted(post(NDJSON, event("a") + "\n" + bad + "\n" + event("b") + "\n[1]"));
    assertThat(answer.get("accepted").asLong()).isEqualTo(2);
    assertThat(answer.get("rejected")).hasSize(2);
    JsonNode first = answer.get("rejected").get(0);
    assertThat(first.get("index").asInt()).isEqualTo(1);
    assertThat(first.get("code").asText()).isNotBlank();
    assertThat(first.get("message").asText()).isNotBlank();
    assertThat(first.get("offset").asLong()).isGreaterThan(event("a").length());
    assertThat(refused.list(DeadLetterQuery.first(10)).entries()).hasSize(2);
    String kept = refused.list(DeadLetterQuery.first(10)).entries().getFirst().letter().toString();
    assertThat(kept).doesNotContain("hunter2canary");
    assertThat(intake.counters().rejected()).isEqualTo(2);
  }

  @Test
  void a_body_without_any_good_event_is_a_400_that_says_why() throws Exception {
    HttpResponse<String> answer = post(NDJSON, "nonsense\n{}\n");
    assertThat(answer.statusCode()).isEqualTo(400);
    JsonNode body = json.readTree(answer.body());
    assertThat(body.get("rejected")).hasSize(2);
    assertThat(body.get("code").asText()).isEqualTo("nothing_usable");
    assertThat(records()).isEmpty();
  }

  @Test
  void a_repeated_event_is_a_duplicate_and_other_content_under_its_id_is_kept() throws Exception {
    accepted(post("application/json", event("a")));
    JsonNode same = accepted(post("application/json", event("a")));
    assertThat(same.get("duplicates").asLong()).isEqualTo(1);
    assertThat(same.has("conflicting")).isFalse();
    JsonNode other = accepted(post("application/json", event("a").replace("\"a\":1", "\"a\":2")));
    assertThat(other.get("accepted").asLong()).isEqualTo(1);
    assertThat(other.get("duplicates").asLong()).isZero();
    assertThat(other.get("conflicting").asLong()).isEqualTo(1);
    assertThat(other.get("warnings").get("conflicting").asLong()).isEqualTo(1);
    assertThat(intake.counters().conflicting()).isEqualTo(1);
    assertThat(records()).hasSize(2);
  }

  @Test
  void an_event_without_id_gets_one_that_is_a_uuid() throws Exception {
    accepted(post("application/json", "{\"event_type\":\"NODE_START\",\"node_id\":\"n\"}"));
    Record record = records().getFirst();
    assertThat(record.has(RecordFlags.MINTED_ID)).isTrue();
    assertThat(UUID.fromString(record.eventId().utf8()).version()).isEqualTo(7);
  }

  @Test
  void packed_bodies_are_unpacked_and_bombs_are_refused_with_413() throws Exception {
    byte[] plain = event("a").getBytes(StandardCharsets.UTF_8);
    accepted(packed("gzip", gzip(plain)));
    accepted(packed("zstd", Zstd.compress(event("b").getBytes(StandardCharsets.UTF_8))));
    assertThat(records()).hasSize(2);
    HttpResponse<String> bomb = packed("gzip", gzip(new byte[64 << 20]));
    assertThat(bomb.statusCode()).isEqualTo(413);
    assertThat(json.readTree(bomb.body()).get("code").asText()).isEqualTo("body_too_large");
    HttpResponse<String> broken = packed("gzip", plain);
    assertThat(broken.statusCode()).isEqualTo(400);
  }

  @Test
  void a_body_over_the_limit_is_a_413_whether_its_length_was_said_or_not() throws Exception {
    byte[] large = event("a").repeat(5000).getBytes(StandardCharsets.UTF_8);
    assertThat(large.length).isGreaterThan(MAX_BODY);
    assertThat(send(NDJSON, BodyPublishers.ofByteArray(large)).statusCode()).isEqualTo(413);
    HttpRequest.BodyPublisher chunked =
        BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(large));
    assertThat(send(NDJSON, chunked).statusCode()).isEqualTo(413);
    accepted(post(NDJSON, event("still fine")));
  }

  @ParameterizedTest
  @CsvSource({"text/html", "application/x-www-form-urlencoded", "application/json; charset=utf-16"})
  void a_body_of_another_type_is_a_415_that_says_what_to_use(String type) throws Exception {
    HttpResponse<String> answer = post(type, event("a"));
    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(answer.body()).contains("application/x-ndjson");
  }

  @Test
  void an_unknown_content_encoding_is_a_415() throws Exception {
    assertThat(packed("br", new byte[10]).statusCode()).isEqualTo(415);
  }

  @Test
  void cloud_events_are_taken_structured_batched_and_binary() throws Exception {
    accepted(post("application/cloudevents+json", cloudEvent("c-1")));
    accepted(
        post(
            "application/cloudevents-batch+json",
            "[" + cloudEvent("c-2") + "," + cloudEvent("c-3") + "]"));
    accepted(binary("c-4", "{\"metadata\":{\"a\":1}}"));
    assertThat(records())
        .extracting(record -> record.eventId().utf8())
        .containsExactly("onex/n#c-1", "onex/n#c-2", "onex/n#c-3", "onex/n#c-4");
    assertThat(records())
        .allSatisfy(record -> assertThat(record.type().name()).isEqualTo("NODE_START"));
  }

  @Test
  void base64_data_of_a_cloud_event_is_data_and_a_broken_one_is_refused_without_a_trace_of_it()
      throws Exception {
    String secret = "hunter2-canary";
    String data = "{\"metadata\":{\"a\":1,\"password\":\"" + secret + "\"}}";
    String base64 = Base64.getEncoder().encodeToString(data.getBytes(StandardCharsets.UTF_8));
    String good =
        cloudEvent("c-1")
            .replace("\"data\":{\"metadata\":{}}", "\"data_base64\":\"" + base64 + "\"");
    String bad = good.replace("c-1", "c-2").replace(base64, base64 + "*");

    accepted(post("application/cloudevents+json", good));
    JsonNode answer =
        accepted(
            post(
                "application/cloudevents-batch+json",
                "[" + bad + "," + good.replace("c-1", "c-3") + "]"));

    assertThat(answer.get("accepted").asInt()).isEqualTo(1);
    JsonNode rejected = answer.get("rejected").get(0);
    assertThat(rejected.get("index").asInt()).isZero();
    assertThat(rejected.get("code").asText()).isEqualTo("bad_encoding");
    assertThat(rejected.get("field").asText()).isEqualTo("data_base64");
    assertThat(rejected.get("offset").asInt()).isEqualTo(1 + bad.indexOf("*"));
    assertThat(records())
        .extracting(record -> record.eventId().utf8())
        .containsExactly("onex/n#c-1", "onex/n#c-3");
    assertThat(records())
        .allSatisfy(record ->
            assertThat(record.metadata().utf8()).isEqualTo("{\"a\":1,\"password\":\"***\"}"));
    String kept =
        refused.list(DeadLetterQuery.first(10)).entries().getFirst().letter().content().utf8();
    assertThat(kept).contains("\"id\":\"c-2\"").contains("\"data_base64\":\"***\"");
  }

  @Test
  void the_data_of_a_binary_cloud_event_takes_its_bytes_from_the_budget() throws Exception {
    String data = "{\"metadata\":{\"a\":\"" + "x".repeat(100_000) + "\"}}";
    try (ByteBudget.Lease everything = intake.budget().lease()) {
      // Room for one copy of it, not for the event that is made of it.
      assertThat(everything.cover(intake.budget().limitBytes() - (192 << 10))).isTrue();
      assertThat(binary("c-1", data).statusCode()).isEqualTo(429);
      assertThat(everything.cover(intake.budget().limitBytes())).as("nothing is kept").isTrue();
      assertThat(binary("c-1", data).statusCode()).isEqualTo(429);
      assertThat(records()).isEmpty();
    }
    accepted(binary("c-1", data));
    assertThat(binary("c-2", "x".repeat(2 << 20)).statusCode()).isEqualTo(413);
    assertThat(records()).hasSize(1);
    assertThat(intake.budget().used()).isZero();
  }

  @Test
  void a_full_disk_is_a_503_within_a_second_and_heals() throws Exception {
    accepted(post("application/json", event("before")));
    storage.inject(Fault.always(Fault.Operation.WRITE, Fault.Kind.NO_SPACE).on("log/"));
    long start = System.nanoTime();
    HttpResponse<String> answer = post("application/json", event("a"));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    assertThat(json.readTree(answer.body()).get("code").asText()).isEqualTo("log_unavailable");
    storage.heal();
    JsonNode healed = accepted(post("application/json", event("a")));
    assertThat(healed.get("accepted").asLong()).isEqualTo(1);
    assertThat(records()).hasSize(2);
  }

  @Test
  void an_answer_that_waits_for_delivery_names_who_is_not_done() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri())
            .header("X-Onex-Ack", "delivered")
            .header("X-Onex-Ack-Timeout", "50ms")
            .POST(BodyPublishers.ofString(event("a")))
            .build();
    JsonNode answer = accepted(client.send(request, HttpResponse.BodyHandlers.ofString()));
    assertThat(answer.get("pending")).extracting(JsonNode::asText).containsExactly("elk");
  }

  @Test
  void waiting_for_an_unknown_destination_is_refused_before_anything_is_taken() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri())
            .header("X-Onex-Ack", "delivered:nobody")
            .POST(BodyPublishers.ofString(event("a")))
            .build();
    assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
        .isEqualTo(400);
    assertThat(records()).isEmpty();
  }

  @Test
  void a_request_for_whose_bytes_no_memory_is_left_is_a_429_and_taken_after_a_pause()
      throws Exception {
    String body = (event("a") + "\n").repeat(600);
    try (ByteBudget.Lease everything = intake.budget().lease()) {
      assertThat(everything.cover(intake.budget().limitBytes())).isTrue();
      HttpResponse<String> answer = post(NDJSON, body);
      assertThat(answer.statusCode()).isEqualTo(429);
      assertThat(json.readTree(answer.body()).get("code").asText()).isEqualTo("too_many_requests");
      assertThat(answer.headers().firstValue("Retry-After")).contains("1");
      assertThat(records()).isEmpty();
    }
    accepted(post(NDJSON, body));
    assertThat(records()).hasSize(1);
    assertThat(intake.budget().used()).isZero();
  }

  @Test
  void no_bytes_stay_reserved_when_requests_are_done() throws Exception {
    accepted(post(NDJSON, event("a")));
    post(NDJSON, "nonsense");
    packed("gzip", new byte[] {1, 2, 3});
    assertThat(intake.budget().used()).isZero();
  }

  private static String event(String id) {
    return "{\"event_id\":\""
        + id
        + "\",\"timestamp\":\"2026-11-22T09:44:10.303181\",\"node_id\":\"n\","
        + "\"event_type\":\"NODE_START\",\"correlation_id\":null,\"metadata\":{\"a\":1}}";
  }

  private static String cloudEvent(String id) {
    return "{\"specversion\":\"1.0\",\"id\":\""
        + id
        + "\",\"type\":\"com.onex.node_start\",\"source\":\"onex/n\",\"data\":{\"metadata\":{}}}";
  }

  private HttpResponse<String> binary(String id, String data) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri())
            .header("ce-specversion", "1.0")
            .header("ce-id", id)
            .header("ce-type", "com.onex.node_start")
            .header("ce-source", "onex/n")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(data))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private JsonNode accepted(HttpResponse<String> answer) throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return json.readTree(answer.body());
  }

  private HttpResponse<String> post(String type, String body) throws Exception {
    return send(type, BodyPublishers.ofString(body));
  }

  private HttpResponse<String> packed(String coding, byte[] body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri())
            .header("Content-Type", NDJSON)
            .header("Content-Encoding", coding)
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> send(String type, HttpRequest.BodyPublisher body) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri()).POST(body);
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private URI uri() {
    return URI.create("http://127.0.0.1:" + listener.port() + "/v1/events");
  }

  private List<Record> records() throws IOException {
    try (LogReader reader = log.reader(Position.START)) {
      List<Record> records = new ArrayList<>();
      while (reader.position().compareTo(log.durableEnd()) < 0) {
        records.addAll(reader.read(100, 1 << 20).records());
      }
      return records;
    }
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(plain);
    }
    return out.toByteArray();
  }

  private static final class ElkIsSlow implements DeliveryWait {
    @Override
    public List<String> await(Optional<String> only, PositionRange records, Duration timeout) {
      return List.of("elk");
    }

    @Override
    public boolean knows(String destination) {
      return destination.equals("elk");
    }
  }
}
