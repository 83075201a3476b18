package io.onex.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.onex.bytes.Slice;
import io.onex.enrichment.RedactionPolicy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Damages valid events at random and compares what the decoder makes of them with a parser that is
/// not ours. `-Donex.seed=N` repeats a run.
class EventDecoderFuzzTest {
  private static final int ROUNDS = 20_000;
  private static final long RECEIVED_MICROS = 1_790_000_000_000_000L;
  private static final Set<RefusalCode> GRAMMAR =
      EnumSet.of(
          RefusalCode.NOT_JSON,
          RefusalCode.BAD_ENCODING,
          RefusalCode.BAD_NUMBER,
          RefusalCode.DUPLICATE_KEY,
          RefusalCode.TRAILING_DATA,
          RefusalCode.TOO_DEEP);

  private static final List<String> SEEDS =
      List.of(
          """
          {"event_id":"5b0c5a7e-4a3e-4a55-9f0e-2f6f7d3f2c11","timestamp":"2026-01-22T09:44:10.285582",\
          "node_id":"n\\u00e4 \\"1\\"","event_type":"NODE_SUCCESS","correlation_id":null,"metadata":\
          {"input_state":{"a":[1,-2.5e3,true,{}],"api_key":"x y"},"output_state":{"dsn":"p://u:p@h"}}}\
          """,
          """
          { "payload" : {"event_type":{"event_name":"NODE_START","namespace":"onex"},\r
           "node_id":"é€😀", "metadata":"{\\"input_state\\": {\\"token\\": \\"t\\"}}"},\t\
          "envelope_id":"e1","envelope_timestamp":1748183400250,"metadata":{"tags":{}}}\
          """,
          """
          {"specversion":"1.0","type":"com.onex.node_start","source":"onex/n","id":"7","time":\
          "2025-05-25T14:30:00Z","data":{"metadata":{"note":"Bearer abc","deep":[[[[0.1E-2]]]]}}}\
          """,
          """
          {"original_topic":"t","original_message":{"key":"k","value":"{\\"password\\":\\"p\\"}",\
          "offset":42},"correlation_id":"c","failure_reason":"password=hunter2 \\ud83d\\ude00"}\
          """);

  private static final List<String> PIECES =
      List.of(
          "\"",
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "\\",
          "\\u",
          "\\ud800",
          "\\udc00",
          "\\u0041",
          "\\/",
          "null",
          "true",
          "fals",
          "-",
          "0",
          "00",
          "1e",
          "1.",
          ".5",
          "1e999",
          "\u0001",
          "\u0000",
          "\t",
          " ",
          "\ufeff",
          "\"a\":1,",
          "\"a\":1,\"a\":2,",
          "\"event_id\":5,",
          "\"event_id\" : 5,",
          "\"event_type\":",
          "\"metadata\":{\"input_state\":",
          "\"timestamp\" ",
          "[[[[[[[[[[[",
          "9".repeat(1200),
          "@",
          "=",
          "-----BEGIN ",
          "//",
          "\"metadata\":\"{}\",");

  private static final JsonFactory STRICT =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(64).maxNumberLength(1000).build())
          .build();

  private final ObjectMapper jackson = new ObjectMapper(STRICT);
  private final EventDecoder decoder =
      new EventDecoder(EventLimits.DEFAULT, RedactionPolicy.DEFAULT, 7);

  @Test
  void damaged_events_are_judged_as_a_strict_parser_judges_them() throws IOException {
    long seed = Long.getLong("onex.seed", System.nanoTime());
    System.out.println("seed of " + getClass().getSimpleName() + ": " + seed);
    Random random = new Random(seed);
    int accepted = 0;
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] input = damaged(random);
      String where =
          "seed " + seed + " round " + round + ": " + new String(input, StandardCharsets.UTF_8);
      byte[] before = input.clone();
      DecodeOutcome outcome = decode(input, where);
      assertThat(input).as("the input is not written, " + where).isEqualTo(before);
      boolean valid = isStrictJson(input);
      if (outcome instanceof DecodeOutcome.Refused(Refusal refusal)) {
        refused++;
        if (GRAMMAR.contains(refusal.code()) == valid) {
          fail("%s, but strict JSON: %s, %s".formatted(refusal, valid, where));
        }
        assertThat(refusal.byteOffset()).as(where).isBetween(0, input.length);
      } else if (outcome instanceof DecodeOutcome.Accepted(DecodedEvent event)) {
        accepted++;
        assertThat(valid).as("accepted, so strict JSON, " + where).isTrue();
        checkBody(event, where);
      }
    }
    assertThat(accepted).as("enough damage leaves an event whole").isGreaterThan(ROUNDS / 50);
    assertThat(refused).as("enough damage breaks an event").isGreaterThan(ROUNDS / 5);
  }

  @Test
  void what_a_decoder_has_read_before_changes_nothing() throws IOException {
    long seed = Long.getLong("onex.seed", System.nanoTime());
    System.out.println("seed of " + getClass().getSimpleName() + ": " + seed);
    Random random = new Random(seed);
    List<byte[]> lines = new ArrayList<>(samples());
    SEEDS.forEach(text -> lines.add(text.getBytes(StandardCharsets.UTF_8)));
    int accepted = 0;
    for (int round = 0; round < 3 * lines.size() + 3000; round++) {
      byte[] whole = lines.get(round % lines.size());
      // The line itself first, so that its keys are expected when it comes damaged.
      byte[] input = round / lines.size() == 0 ? whole : damaged(whole, random);
      String where =
          "seed " + seed + " round " + round + ": " + new String(input, StandardCharsets.UTF_8);
      EventDecoder fresh = new EventDecoder(EventLimits.DEFAULT, RedactionPolicy.DEFAULT, 7);
      DecodeOutcome outcome = decode(input, where);
      String before = told(outcome);
      assertThat(told(fresh.decode(input, 0, input.length, Carrier.NONE, RECEIVED_MICROS)))
          .as(where)
          .isEqualTo(before);
      accepted += outcome instanceof DecodeOutcome.Accepted ? 1 : 0;
    }
    assertThat(accepted).isGreaterThan(3);
  }

  private static List<byte[]> samples() throws IOException {
    List<byte[]> lines = new ArrayList<>();
    Path folder = Path.of("../../shared/samples");
    if (!Files.isDirectory(folder)) {
      System.out.println("NOT RUN: no ../shared/samples beside the checkout, only built-in lines");
      return lines;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.ndjson")) {
      for (Path file : files) {
        byte[] bytes = Files.readAllBytes(file);
        BatchReader batch =
            new BatchReader(bytes, 0, bytes.length, BatchFormat.LINES, bytes.length + 1);
        while (batch.next()) {
          // Long lines have the same keys as others and would take most of the time.
          if (batch.end() > batch.start() && batch.end() - batch.start() < 10_000) {
            lines.add(Arrays.copyOfRange(bytes, batch.start(), batch.end()));
          }
        }
      }
    }
    return lines;
  }

  /// All that an outcome says.
  private static String told(DecodeOutcome outcome) {
    if (!(outcome instanceof DecodeOutcome.Accepted(DecodedEvent event))) {
      return outcome instanceof DecodeOutcome.Blank ? "blank" : outcome.toString();
    }
    return String.join(
        "|",
        event.kind() + " " + event.type() + " " + event.rawType() + " " + event.eventId(),
        event.timeMicros() + " " + event.timeAssumed() + " " + event.warnings(),
        event.redacted() + " " + event.repaired(),
        event.nodeIdOffset() + " " + event.nodeIdLength() + " " + event.nodeIdEscaped(),
        event.correlationIdOffset() + " " + event.correlationIdLength(),
        event.correlationIdEscaped() + " " + event.metadataOffset() + " " + event.metadataLength(),
        event.body().utf8());
  }

  private DecodeOutcome decode(byte[] input, String where) {
    try {
      return decoder.decode(input, 0, input.length, Carrier.NONE, RECEIVED_MICROS);
    } catch (RuntimeException bug) {
      throw new AssertionError("decode threw, " + where, bug);
    }
  }

  private void checkBody(DecodedEvent event, String where) throws IOException {
    byte[] body = event.body().toByteArray();
    assertThat(isStrictJson(body)).as("the body is strict JSON, " + where).isTrue();
    assertThat(body).as(where).doesNotContain('\n', '\r');
    if (event.nodeIdOffset() >= 0) {
      Slice node = event.body().part(event.nodeIdOffset(), event.nodeIdLength());
      assertThat(jackson.readTree(("\"" + node.utf8() + "\"")).isTextual()).as(where).isTrue();
    }
    if (event.metadataOffset() >= 0) {
      Slice metadata = event.body().part(event.metadataOffset(), event.metadataLength());
      assertThat(jackson.readTree(metadata.utf8()).isObject()).as(where).isTrue();
    }
  }

  private static byte[] damaged(Random random) {
    return damaged(
        SEEDS.get(random.nextInt(SEEDS.size())).getBytes(StandardCharsets.UTF_8), random);
  }

  private static byte[] damaged(byte[] whole, Random random) {
    byte[] bytes = whole;
    for (int n = random.nextInt(3); n >= 0; n--) {
      int at = random.nextInt(bytes.length + 1);
      int to = Math.min(bytes.length, at + random.nextInt(12));
      byte[] piece =
          switch (random.nextInt(5)) {
            case 0 -> new byte[] {(byte) random.nextInt(256)};
            case 1 -> new byte[0];
            case 2 -> Arrays.copyOfRange(bytes, at, to);
            case 3 -> {
              byte[] other =
                  SEEDS.get(random.nextInt(SEEDS.size())).getBytes(StandardCharsets.UTF_8);
              int from = random.nextInt(other.length);
              yield Arrays.copyOfRange(
                  other, from, Math.min(other.length, from + random.nextInt(60)));
            }
            default -> PIECES.get(random.nextInt(PIECES.size())).getBytes(StandardCharsets.UTF_8);
          };
      bytes = spliced(bytes, at, random.nextBoolean() ? at : to, piece);
      if (bytes.length == 0) {
        bytes = new byte[] {'{'};
      }
    }
    return bytes;
  }

  private static byte[] spliced(byte[] bytes, int from, int to, byte[] piece) {
    ByteBuffer result = ByteBuffer.allocate(bytes.length - (to - from) + piece.length);
    return result.put(bytes, 0, from).put(piece).put(bytes, to, bytes.length - to).array();
  }

  /// Whether the bytes are one JSON value in well-formed UTF-8, keys unique, text whole.
  private static boolean isStrictJson(byte[] bytes) throws IOException {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notUtf8) {
      return false;
    }
    if (text.startsWith("\ufeff")) {
      text = text.substring(1);
    }
    try (JsonParser parser = STRICT.createParser(text)) {
      int depth = 0;
      do {
        JsonToken token = parser.nextToken();
        if (token == null) {
          return false;
        }
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        if (token.isNumeric()) {
          parser.getNumberType();
        } else if (!isWellFormed(parser.getText())) {
          return false;
        }
      } while (depth > 0);
      return parser.nextToken() == null;
    } catch (com.fasterxml.jackson.core.JsonProcessingException notJson) {
      return false;
    }
  }

  private static boolean isWellFormed(String text) {
    return StandardCharsets.UTF_16.newEncoder().canEncode(text);
  }
}
