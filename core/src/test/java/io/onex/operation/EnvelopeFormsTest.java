package io.onex.operation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.onex.enrichment.RedactionPolicy;
import io.onex.event.Carrier;
import io.onex.event.DecodeOutcome;
import io.onex.event.DecodedEvent;
import io.onex.event.EventDecoder;
import io.onex.event.EventLimits;
import io.onex.log.Position;
import io.onex.log.Record;
import io.onex.log.RecordFlags;
import io.onex.log.RecordFrame;
import io.onex.log.RecordKind;
import io.onex.log.RecordWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// One run, told flat and in every form of envelope, wherever in the payload its keys stand, comes
/// to one conclusion.
class EnvelopeFormsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int RUNS = 400;
  private static final List<String> IDENTITY =
      List.of("event_id", "timestamp", "node_id", "correlation_id");

  private static final List<String> DURATIONS =
      List.of("execution_time_ms", "duration_ms", "duration");

  private final EventDecoder decoder =
      new EventDecoder(EventLimits.DEFAULT, RedactionPolicy.DEFAULT, 7);

  /// Ways in which an event travels (onex-facts b1).
  enum Form {
    EVENT_ENVELOPE {
      @Override
      ObjectNode wrap(ObjectNode event, ObjectNode payload, Random random) {
        ObjectNode outer = bus(random);
        outer.set("event_type", event.get("event_type"));
        return held(outer, event, payload, random);
      }
    },
    EVENT_ENVELOPE_OF_A_WHOLE_EVENT {
      @Override
      ObjectNode wrap(ObjectNode event, ObjectNode payload, Random random) {
        payload.set("event_type", event.get("event_type"));
        ObjectNode outer = bus(random);
        if (random.nextBoolean()) {
          outer.put("event_type", "omnibase-infra.routing-decision");
        }
        return held(outer, event, payload, random);
      }
    },
    MINIMAL {
      @Override
      ObjectNode wrap(ObjectNode event, ObjectNode payload, Random random) {
        ObjectNode outer = JSON.createObjectNode().put("schema_version", "1.0");
        outer.set("event_type", event.get("event_type"));
        outer.put("data_provenance", "test");
        return held(outer, event, payload, random);
      }
    },
    SIGNED {
      @Override
      ObjectNode wrap(ObjectNode event, ObjectNode payload, Random random) {
        payload.set("event_type", event.get("event_type"));
        ObjectNode outer = JSON.createObjectNode().put("realm", "dev").put("bus_id", "b");
        outer.put("emitted_at", "2026-01-01T00:00:00Z");
        outer.putObject("emitter_identity").put("node_name", "emitter");
        return held(outer, event, payload, random);
      }
    },
    STREAMING {
      @Override
      ObjectNode wrap(ObjectNode event, ObjectNode payload, Random random) {
        ObjectNode outer = JSON.createObjectNode().put("source", "somewhere");
        for (String key : List.of("event_id", "event_type", "correlation_id", "timestamp")) {
          outer.set(key, event.get(key));
        }
        payload.set("node_id", event.get("node_id"));
        outer.set("payload", payload);
        return outer;
      }
    },
    CLOUD_EVENT {
      @Override
      ObjectNode wrap(ObjectNode event, ObjectNode payload, Random random) {
        ObjectNode outer = JSON.createObjectNode().put("specversion", "1.0");
        outer.set("id", event.get("event_id"));
        outer.set("type", event.get("event_type"));
        outer.set("time", event.get("timestamp"));
        outer.put("source", "onex/somewhere");
        payload.set("node_id", event.get("node_id"));
        payload.set("correlation_id", event.get("correlation_id"));
        outer.set("data", payload);
        return outer;
      }
    },
    FLAT_WITH_PAYLOAD {
      @Override
      ObjectNode wrap(ObjectNode event, ObjectNode payload, Random random) {
        ObjectNode outer = JSON.createObjectNode();
        outer.set("event_type", event.get("event_type"));
        outer.set("node_id", event.get("node_id"));
        for (String key : List.of("event_id", "timestamp", "correlation_id")) {
          (random.nextBoolean() ? outer : payload).set(key, event.get(key));
        }
        outer.set("payload", payload);
        JsonNode said = event.get("metadata");
        if (random.nextBoolean() && (said.has("error") || said.has("error_message"))) {
          outer.put("error", "decoy").put("error_message", "decoy");
        }
        if (random.nextBoolean() && DURATIONS.stream().anyMatch(said::has)) {
          DURATIONS.forEach(key -> outer.put(key, 31));
        }
        return outer;
      }
    },
    FLAT_WITH_MORE_BESIDE {
      @Override
      ObjectNode wrap(ObjectNode event, ObjectNode payload, Random random) {
        ObjectNode outer = event.deepCopy();
        outer.remove("metadata");
        payload
            .properties()
            .forEach(said -> {
              outer.set(said.getKey(), said.getValue());
            });
        return outer;
      }
    };

    /// @param payload what the event says, in its metadata, beside it, or without
    abstract ObjectNode wrap(ObjectNode event, ObjectNode payload, Random random);

    private static ObjectNode bus(Random random) {
      ObjectNode outer = JSON.createObjectNode();
      outer.put("envelope_id", new UUID(random.nextLong(), random.nextLong()).toString());
      outer.put("envelope_timestamp", "2026-01-01T00:00:00Z");
      outer.putObject("metadata").put("request_id", "r").putObject("tags").put("status", "error");
      outer.put("source_tool", "a_tool").put("priority", 5);
      return outer;
    }

    /// Ids stand outside or inside; inside wins over what else is outside.
    private static ObjectNode held(
        ObjectNode outer, ObjectNode event, ObjectNode payload, Random random) {
      for (String key : IDENTITY) {
        boolean outside = random.nextBoolean() && !key.equals("node_id") && !outer.has("realm");
        if (key.equals("timestamp") && outer.has("envelope_timestamp")) {
          outside = false;
        }
        (outside ? outer : payload).set(key, event.get(key));
        // With its node and its type outside, it is no envelope but a flat event.
        boolean flat = key.equals("node_id") && !outer.has("envelope_id");
        if (!outside && !flat && random.nextBoolean() && !key.equals("timestamp")) {
          outer.put(key, "decoy-" + key);
        }
      }
      outer.set("payload", payload);
      return outer;
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_run_told_in_this_form_is_concluded_as_if_told_flat(Form form) {
    long seed = System.nanoTime();
    System.out.println("seed of EnvelopeFormsTest " + form + ": " + seed);
    Random random = new Random(seed);
    int failed = 0;
    for (int i = 0; i < RUNS; i++) {
      List<ObjectNode> run = run(random, i);
      FoldRun flat = FoldRun.withDefaults();
      FoldRun enveloped = FoldRun.withDefaults();
      List<String> sent = new ArrayList<>();
      for (ObjectNode event : run) {
        flat.take(record(event.toString()));
        String wrapped = form.wrap(event, payload(event, random), random).toString();
        sent.add(wrapped);
        enveloped.take(record(wrapped));
      }

      JsonNode expected = flat.only();
      assertThat(enveloped.bodies()).as("seed %d: %s", seed, sent).containsExactly(expected);
      failed += expected.path("outcome").asText().equals("error") ? 1 : 0;
    }
    assertThat(failed).isBetween(RUNS / 10, RUNS * 9 / 10);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "error":"boom"                                              | "error":"boom"
          "error":"boom","metadata":{}                                | "error":"boom"
          "error":"boom","metadata":null                              | "error":"boom"
          "error":{"message":"boom"},"metadata":{"a":1}               | "error":"boom"
          "duration_ms":77,"metadata":{"error":"x"}                   | "error":"x","duration_ms":77
          "execution_time_ms":7,"metadata":{"duration":1}             | "duration":1
          "error":"out","metadata":{"error_message":"in"}             | "error_message":"in"
          "error":"out","payload":{"error_message":"in","metadata":{}} | "error_message":"in"
          "error_code":"C","error_type":"T","metadata":{"error":"x"}  | "error":"x","error_code":"C","error_type":"T"
          "duration_ms":null,"metadata":{"duration_ms":5}             | "duration_ms":5
          "duration_ms":8,"metadata":{"duration_ms":5}                | "duration_ms":5
          "duration_ms":8,"metadata":"{\\"a\\":1}"                      | "duration_ms":8
          """)
  void what_a_flat_event_says_beside_its_metadata_counts_where_that_does_not_say_it(
      String beside, String metadata) {
    String start =
        "{\"event_type\":\"NODE_START\",\"event_id\":\"s\",\"timestamp\":\"2026-01-01T10:00:00Z\",%s"
            .formatted("\"node_id\":\"n\",\"correlation_id\":\"c\",\"metadata\":{}}");
    String end =
        "{\"event_type\":\"NODE_FAILURE\",\"event_id\":\"e\",\"timestamp\":\"2026-01-01T10:00:01Z\",%s"
            .formatted("\"node_id\":\"n\",\"correlation_id\":\"c\",");
    FoldRun expected = FoldRun.withDefaults();
    expected.take(record(start));
    expected.take(record(end + "\"metadata\":{" + metadata + "}}"));
    FoldRun run = FoldRun.withDefaults();
    run.take(record(start));
    run.take(record(end + beside + "}"));
    assertThat(run.bodies()).containsExactly(expected.only());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "metadata":{"error":"x","duration_ms":1}             | false
          "trace_id":"0af7651916cd43dd8448eb211c80319c"        | false
          "error":null,"metadata":{}                           | false
          "payload":{"error":"x","metadata":{"duration_ms":1}} | false
          "other":{"error":"x"},"metadata":{}                  | false
          "success":false,"metadata":{}                        | true
          """)
  void an_event_that_says_nothing_beside_its_metadata_costs_no_second_look(
      String rest, boolean more) {
    Record event =
        record(
            "{\"event_type\":\"NODE_SUCCESS\",\"node_id\":\"n\",\"event_id\":\"e\"," + rest + "}");
    assertThat(event.has(RecordFlags.SAYS_MORE_BESIDE)).isEqualTo(more);
  }

  /// START and END of one run, flat.
  private static List<ObjectNode> run(Random random, int number) {
    boolean telemetry = random.nextBoolean();
    boolean failure = random.nextInt(4) == 0;
    String kind = telemetry ? "TELEMETRY_OPERATION" : "NODE";
    ObjectNode start = event(number, "s", kind + "_START", "2026-01-01T10:00:00.000001Z");
    start.putObject("metadata").put("operation", "stamp").put("function", "f");
    String end = failure ? (telemetry ? "_ERROR" : "_FAILURE") : "_SUCCESS";
    ObjectNode ended = event(number, "e", kind + end, "2026-01-01T10:00:02.500001Z");
    ObjectNode said = ended.putObject("metadata").put("operation", "stamp");
    switch (random.nextInt(4)) {
      case 0 -> said.put("execution_time_ms", random.nextInt(2000));
      case 1 -> said.put("duration_ms", random.nextInt(2000));
      case 2 -> said.put("duration", random.nextInt(2));
      default -> said.put("node_version", "1.2.3");
    }
    switch (random.nextInt(6)) {
      case 0 -> said.put("status", "error");
      case 1 -> said.put("success", false);
      case 2 -> said.putObject("output_state").put("status", "timeout").put("message", "late");
      case 3 -> said.put("status", "success").put("success", true);
      default -> {
        // Only the type tells.
      }
    }
    if (random.nextBoolean()) {
      said.put(random.nextBoolean() ? "error" : "error_message", "no disk \u00e9");
      said.put("error_type", "OSError").put("error_code", "ONEX_CORE_021");
    }
    if (random.nextInt(3) == 0) {
      said.put("trace_id", "0af7651916cd43dd8448eb211c80319c");
    }
    return List.of(start, ended);
  }

  private static ObjectNode event(int number, String which, String type, String time) {
    String id =
        UUID.nameUUIDFromBytes((which + number).getBytes(StandardCharsets.UTF_8)).toString();
    return JSON.createObjectNode()
        .put("event_id", id)
        .put("timestamp", time)
        .put("node_id", "node-" + number % 7)
        .put("event_type", type)
        .put("correlation_id", "run-" + number);
  }

  /// What the event says, in one of the places it may stand; what stands beside the metadata loses
  /// against it.
  private static ObjectNode payload(ObjectNode event, Random random) {
    ObjectNode payload = JSON.createObjectNode();
    int how = random.nextInt(4);
    ObjectNode metadata = how == 0 ? payload : JSON.createObjectNode();
    event
        .get("metadata")
        .properties()
        .forEach(said -> {
          boolean beside = how == 2 || (how == 3 && random.nextBoolean());
          (beside ? payload : metadata).set(said.getKey(), said.getValue());
          if (!beside && how == 3 && said.getValue().isTextual()) {
            payload.put(said.getKey(), "decoy");
          }
        });
    if (how != 0) {
      payload.set("metadata", metadata);
    }
    return payload;
  }

  private Record record(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    long received = Events.micros("2026-01-01T10:00:03Z");
    DecodeOutcome outcome = decoder.decode(bytes, 0, bytes.length, Carrier.NONE, received);
    if (!(outcome instanceof DecodeOutcome.Accepted(DecodedEvent event))) {
      throw new AssertionError(outcome + " of " + json);
    }
    RecordWriter writer = new RecordWriter(bytes.length + 256);
    writer
        .begin(RecordKind.EVENT, event.type(), event.eventId(), received, event.timeMicros())
        .flags(
            (event.saysMoreInPayload() ? RecordFlags.SAYS_MORE_IN_PAYLOAD : 0)
                | (event.saysMoreBeside() ? RecordFlags.SAYS_MORE_BESIDE : 0))
        .nodeId(event.nodeIdOffset(), event.nodeIdLength())
        .correlationId(event.correlationIdOffset(), event.correlationIdLength())
        .metadata(event.metadataOffset(), event.metadataLength())
        .body(event.bodyArray(), event.bodyOffset(), event.bodyLength())
        .end();
    return Record.of(new RecordFrame(writer.encoded().toByteArray(), 0, Position.START));
  }
}
