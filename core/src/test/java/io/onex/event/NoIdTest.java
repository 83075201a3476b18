package io.onex.event;

import static io.onex.event.DecoderFixture.correlationId;
import static io.onex.event.DecoderFixture.nodeId;
import static org.assertj.core.api.Assertions.assertThat;

import io.onex.bytes.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What senders write in the place of an id they do not have, and what looks like it and is one.
class NoIdTest {
  private static final String NIL = "00000000-0000-0000-0000-000000000000";

  private final DecoderFixture codec = new DecoderFixture();

  /// JSON values that mean none, in every spelling of the table.
  static List<String> nones() {
    List<String> values = new ArrayList<>(List.of("0", "0.0", "-0", "null"));
    List<String> words =
        List.of(
            "",
            "-",
            "--",
            "?",
            "0",
            "00",
            "0000000000000000",
            "0x0",
            "null",
            "None",
            "nil",
            "undefined",
            "unknown",
            "N/A",
            "NA",
            "n.a.",
            "#N/A",
            "nan",
            "unset",
            "missing",
            "empty",
            "not set",
            "not_available",
            "no value",
            "Optional.empty",
            "nullptr",
            NIL,
            NIL.replace("-", ""),
            "urn:uuid:" + NIL,
            "{" + NIL + "}",
            "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx");
    for (String word : words) {
      for (String spelled :
          List.of(
              word,
              word.toUpperCase(Locale.ROOT),
              word.toLowerCase(Locale.ROOT),
              "  " + word + "\\t",
              "\\u00a0" + word + "\\u200b",
              "<" + word + ">",
              "(" + word + ")",
              "[" + word + "]",
              "'" + word + "'",
              "\\\"" + word + "\\\"",
              " < " + word + " > ")) {
        values.add("\"" + spelled + "\"");
      }
    }
    values.addAll(List.of("\"\\\\N\"", "\"\\u0000\"", "\"\\u006eull\"", "\"\\u3000\\ufeff\""));
    return values;
  }

  private String event(String eventId, String correlation, String trace) {
    return """
    {"event_id":%s,"timestamp":"2025-12-31T10:00:00Z","node_id":"n","event_type":"NODE_START",\
    "correlation_id":%s,"metadata":{"input_state":{},"trace_id":%s}}\
    """
        .formatted(eventId, correlation, trace);
  }

  @ParameterizedTest
  @MethodSource("nones")
  void what_means_none_is_none_in_every_place_of_an_id(String none) {
    DecodedEvent event = codec.accepted(event(none, none, none));

    assertThat(event.hasEventId()).isFalse();
    assertThat(correlationId(event)).isEmpty();
    assertThat(EventWarning.of(event.warnings())).contains(EventWarning.NO_EVENT_ID);
    if (!none.equals("null") && !none.equals("\"\"")) {
      assertThat(EventWarning.of(event.warnings())).contains(EventWarning.NO_CORRELATION_ID);
    }
    if (none.startsWith("\"")) {
      assertThat(EventWarning.of(event.warnings())).contains(EventWarning.NO_TRACE_ID);
    }
  }

  @ParameterizedTest
  @MethodSource("nones")
  void an_envelope_and_a_log_line_pass_over_an_id_that_means_none(String none) {
    String envelope =
        """
        {"envelope_id":"e-1","payload":{"event_id":%s,"node_id":"n","event_type":"NODE_START",\
        "correlation_id":%s,"metadata":{"input_state":1}},"correlation_id":"run-1"}\
        """
            .formatted(none, none);
    DecodedEvent enveloped = codec.accepted(envelope);

    assertThat(enveloped.eventId().utf8()).isEqualTo("e-1");
    assertThat(correlationId(enveloped)).isEqualTo("run-1");

    DecodedEvent line =
        codec.accepted("{\"level\":\"info\",\"message\":\"m\",\"event_id\":%s}".formatted(none));
    assertThat(line.hasEventId()).isFalse();

    DecodedEvent cloud =
        codec.accepted(
            "{\"specversion\":\"1.0\",\"type\":\"com.onex.node_start\",\"source\":\"s\",\"id\":%s}"
                .formatted(none));
    assertThat(cloud.hasEventId()).isFalse();
  }

  @Test
  void a_node_that_is_named_so_keeps_its_event() {
    for (String name : List.of("None", "null", "unknown", " N/A ", NIL, "-")) {
      DecodedEvent event =
          codec.accepted(
              """
              {"event_id":"%s","timestamp":"2025-12-31T10:00:00Z","node_id":"%s",\
              "event_type":"NODE_START","metadata":{"input_state":{}}}\
              """
                  .formatted(UUID.nameUUIDFromBytes(new byte[1]), name));

      assertThat(nodeId(event)).isEqualTo(name);
      assertThat(EventWarning.of(event.warnings())).containsExactly(EventWarning.ODD_NODE_ID);
    }
  }

  @Test
  void what_only_begins_or_ends_like_nothing_is_an_id() {
    for (String id :
        List.of(
            "null-1",
            "none_7",
            "unknown-device",
            "nonempty",
            "0-1",
            "0x1",
            "1",
            "7",
            "a",
            "n",
            "-1",
            "00000000-0000-0000-0000-000000000001",
            "0000000000000001",
            "undefined.run",
            "nilsson",
            "n/a/b",
            "<x>",
            "{a}",
            "ffffffff-ffff-ffff-ffff-ffffffffffff",
            "urn:uuid:00000000-0000-0000-0000-000000000010",
            "xx",
            "node",
            "é",
            "\u00a0é",
            "0".repeat(200) + "1")) {
      assertThat(NoId.means(Slice.utf8(id))).as(id).isFalse();
    }
    assertThat(NoId.means(Slice.utf8("0".repeat(5000)))).isTrue();
    assertThat(NoId.means(Slice.utf8(" ".repeat(5000)))).isTrue();
  }

  @Test
  void no_random_id_is_taken_for_none_and_none_is_read_outside_its_bytes() {
    long seed = System.nanoTime();
    System.out.println("NoIdTest seed " + seed);
    Random random = new Random(seed);
    byte[] around = new byte[64];
    for (int i = 0; i < 200_000; i++) {
      random.nextBytes(around);
      int from = random.nextInt(40);
      int to = from + random.nextInt(24);
      boolean inside = NoId.means(around, from, to);

      byte[] alone = java.util.Arrays.copyOfRange(around, from, to);
      assertThat(inside).isEqualTo(NoId.means(Slice.of(alone)));
      UUID id = new UUID(random.nextLong(), random.nextLong());
      assertThat(NoId.means(Slice.utf8(id.toString()))).isFalse();
    }
  }
}
