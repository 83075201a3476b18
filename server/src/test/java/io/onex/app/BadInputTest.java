package io.onex.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Bad lines of every sort between good ones: each is refused by itself with its reason, and the
/// rest of the program does not notice.
class BadInputTest {
  private static final String HEAD = "{\"event_id\":\"bad\",\"event_type\":\"NODE_START\",";

  /// A line and the code it is refused with.
  private record Bad(String line, String code) {}

  private static final List<Bad> BAD =
      List.of(
          new Bad(HEAD + "\"node_id\":\"n\"", "not_json"),
          new Bad("no JSON at all", "not_json"),
          new Bad("\"a text\"", "not_object"),
          new Bad(HEAD + "\"node_id\":\"n\"} and more", "trailing_data"),
          new Bad(HEAD + "\"node_id\":\"n\",\"node_id\":\"m\"}", "duplicate_key"),
          new Bad(HEAD + "\"metadata\":{}}", "missing_field"),
          new Bad("{\"event_id\":\"bad\",\"node_id\":\"n\",\"metadata\":{}}", "missing_field"),
          new Bad(HEAD + "\"node_id\":true}", "wrong_type"),
          new Bad(HEAD + "\"node_id\":\"n\",\"timestamp\":\"yesterday\"}", "bad_timestamp"),
          new Bad(HEAD + "\"node_id\":\"n\",\"metadata\":{\"a\":\"\\ud800\"}}", "bad_encoding"),
          new Bad(HEAD + "\"node_id\":\"n\",\"metadata\":{\"a\":01}}", "bad_number"),
          new Bad("{\"event_type\":\"OPERATION_ENDED\",\"node_id\":\"n\"}", "bad_value"),
          new Bad(
              HEAD + "\"node_id\":\"n\",\"metadata\":" + "[".repeat(70) + "]".repeat(70) + "}",
              "too_deep"),
          new Bad(
              HEAD + "\"node_id\":\"n\",\"metadata\":{\"a\":\"" + "x".repeat(1 << 20) + "\"}}",
              "too_large"));

  @TempDir private Path folder;

  @Test
  void each_bad_line_is_refused_with_its_reason_and_every_good_one_is_delivered() throws Exception {
    long seed = 9;
    SplittableRandom random = new SplittableRandom(seed);
    NumberedEvents events = new NumberedEvents(seed);
    Map<String, Integer> sentByCode = new TreeMap<>();
    int bad = 0;
    try (CountingSink sink = new CountingSink();
        TestGateway gateway = new TestGateway(folder, Map.of())) {
      gateway.start(
          "integrations:\n  sink:\n    kind: elk\n    logstash_url: \""
              + sink.url()
              + "\"\n    batch: {max_age: 20ms}\n");
      for (int request = 0; request < 20; request++) {
        List<String> lines = new ArrayList<>();
        Map<Integer, String> refused = new TreeMap<>();
        for (int i = 0; i < 25; i++) {
          if (random.nextInt(4) == 0) {
            Bad one = BAD.get(bad++ % BAD.size());
            refused.put(i, one.code());
            sentByCode.merge(one.code(), 1, Integer::sum);
            lines.add(one.line());
          } else {
            lines.add(events.next(1));
          }
        }
        HttpResponse<String> answer = gateway.post(String.join("\n", lines), "durable");
        assertThat(answer.statusCode()).isEqualTo(202);
        JsonNode result = new ObjectMapper().readTree(answer.body());
        Map<Integer, String> named = new TreeMap<>();
        result
            .get("rejected")
            .forEach(one -> {
              assertThat(one.get("message").asText()).isNotEmpty();
              named.put(one.get("index").asInt(), one.get("code").asText());
            });
        assertThat(named).isEqualTo(refused);
        assertThat(result.get("accepted").asInt()).isEqualTo(lines.size() - refused.size());
      }
      assertThat(bad).isGreaterThan(BAD.size());
      await().untilAsserted(() -> NumberedEvents.judgeLedger(gateway.destination("sink"), sink));
      events.judgeAllInOrder(sink);
      assertThat(sink.distinct()).hasSize(events.count());
      assertThat(NumberedEvents.repeats(sink)).isZero();
      Map<String, Integer> counted = new TreeMap<>();
      gateway
          .json("/onex/v1/status")
          .at("/ingest/rejected_by_code")
          .properties()
          .forEach(code -> counted.put(code.getKey(), code.getValue().asInt()));
      assertThat(counted).isEqualTo(sentByCode);
      assertThat(gateway.json("/onex/v1/dead-letters?destination=refused").get("total").asInt())
          .isEqualTo(bad);
    }
  }
}
