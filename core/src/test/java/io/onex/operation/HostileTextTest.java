package io.onex.operation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.onex.bytes.Slice;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Texts no sender of good will writes, where the fold keeps or writes them.
class HostileTextTest {
  private static String event(
      String type, String id, String node, String correlation, String metadata) {
    return """
    {"event_id":"%s","timestamp":"2026-11-22T09:44:10","node_id":"%s","event_type":"%s",\
    "correlation_id":"%s","metadata":{%s}}\
    """
        .formatted(id, node, type, correlation, metadata);
  }

  private static FoldRun pair(String node, String correlation, String metadata) {
    return FoldRun.withDefaults()
        .take(event("NODE_START", "s", node, correlation, metadata))
        .take(event("NODE_FAILURE", "e", node, correlation, metadata));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\\\b",
        "\\\\u0001",
        "\\\\n",
        "x",
        "\\\\\\\\",
        "\\\\u20ac",
        "\\\\ud83d\\\\ude00",
        "\\\\ud800"
      })
  void what_grows_when_it_is_written_is_written_all_the_same(String piece) {
    String text = piece.replace("\\\\", "\\").repeat(60_000 / piece.length());
    JsonNode operation =
        pair(
                text,
                text,
                "\"operation\":\"%1$s\",\"function\":\"%1$s\",\"node_version\":\"%1$s\",\"error\":\"%1$s\",\"error_type\":\"%1$s\",\"error_code\":\"%1$s\""
                    .formatted(text))
            .only();

    for (String key :
        new String[] {"node_id", "correlation_id", "operation", "function", "version"}) {
      assertThat(operation.path(key).asText().getBytes(StandardCharsets.UTF_8).length)
          .as(key)
          .isBetween(190, KeptText.MAX_BYTES);
    }
    assertThat(operation.path("error").path("type").asText()).hasSizeLessThanOrEqualTo(256);
    assertThat(operation.path("error").path("code").asText()).hasSizeLessThanOrEqualTo(256);
    assertThat(operation.path("outcome").asText()).isEqualTo("error");
  }

  @Test
  void long_ids_that_differ_in_one_byte_never_become_one() {
    Random random = new Random(7);
    Set<Slice> kept = new HashSet<>();
    for (int i = 0; i < 2_000; i++) {
      byte[] text = "n".repeat(300 + random.nextInt(30_000)).getBytes(StandardCharsets.UTF_8);
      text[random.nextInt(text.length)] = 'm';
      text[text.length - 1] = (byte) ('a' + i % 26);
      kept.add(KeptText.key(Slice.of(text)));
      kept.add(KeptText.key(Slice.of(text)));
    }
    assertThat(kept).hasSizeBetween(1_900, 2_000).allMatch(one -> one.length() <= 256);
    FoldRun run = FoldRun.withDefaults();
    String common = "c".repeat(10_000);
    run.take(event("NODE_START", "s1", "n", common + "1", ""));
    run.take(event("NODE_START", "s2", "n", common + "2", ""));
    run.take(event("NODE_SUCCESS", "e2", "n", common + "2", ""));
    assertThat(run.only().path("start_event_id").asText()).isEqualTo("s2");
    run.restart().take(event("NODE_SUCCESS", "e1", "n", common + "1", ""));
    assertThat(run.last().path("start_event_id").asText()).isEqualTo("s1");
  }

  @Test
  void a_long_correlation_id_leads_to_one_trace_before_and_after_a_restart() {
    String correlation = "c".repeat(5_000);
    FoldRun run = FoldRun.withDefaults();
    run.take(event("NODE_START", "s1", "n", correlation, ""));
    run.take(event("NODE_SUCCESS", "e1", "n", correlation, ""));
    run.take(event("NODE_START", "s2", "n", correlation, "")).restart();
    run.take(event("NODE_SUCCESS", "e2", "n", correlation, ""));

    assertThat(run.bodies().get(0).path("trace_id"))
        .isEqualTo(run.bodies().get(1).path("trace_id"));
    assertThat(Operation.read(run.records().getFirst().body()).trace())
        .isEqualTo(Operation.read(run.records().getFirst().body()).correlation().bits());
  }

  @Test
  void texts_are_cut_between_characters() {
    for (String character : new String[] {"a", "é", "€", "😀"}) {
      for (int shift = 0; shift < 4; shift++) {
        String text = "x".repeat(shift) + character.repeat(300);
        for (Slice kept :
            new Slice[] {KeptText.shown(Slice.utf8(text)), KeptText.key(Slice.utf8(text))}) {
          assertThat(kept.length()).isBetween(250, KeptText.MAX_BYTES);
          assertThat(kept.utf8()).doesNotContain("�").startsWith(text.substring(0, 60));
          assertThat(Slice.utf8(kept.utf8())).isEqualTo(kept);
        }
      }
    }
    assertThat(KeptText.shown("a".repeat(256))).hasSize(256);
    assertThat(KeptText.key(Slice.utf8("a".repeat(256))).length()).isEqualTo(256);
  }

  @Test
  void starts_with_huge_functions_take_no_room_to_speak_of() {
    FoldRun run = FoldRun.withDefaults();
    for (int i = 0; i < 120; i++) {
      run.take(
          event(
              "TELEMETRY_OPERATION_START",
              "s" + i,
              "n",
              "c" + i,
              "\"function\":\"" + ("f" + i).repeat(200_000) + "\""));
    }

    assertThat(run.fold().running()).isEqualTo(120);
    assertThat(run.fold().snapshot().length()).isLessThan(120 * 600);
  }

  @Test
  void what_waits_is_bounded_in_bytes_too() {
    OperationSettings settings =
        new OperationSettings(
            Duration.ofMinutes(30), Duration.ofHours(24), Duration.ofSeconds(5), 50_000, 50_000);
    FoldRun run = new FoldRun(settings);
    for (int i = 0; i < 30_000; i++) {
      String text = "%d-%s".formatted(i, "x".repeat(230));
      run.take(
          event(
              "TELEMETRY_OPERATION_START",
              "s" + text,
              text,
              "c" + text,
              "\"function\":\"f%1$s\",\"operation\":\"o%1$s\",\"node_version\":\"v%1$s\""
                  .formatted(text)));
    }
    assertThat(run.fold().counts().evicted()).isPositive();
    assertThat(run.fold().running()).isGreaterThan(3_500);
    assertThat(run.fold().snapshot().length()).isLessThan(24 << 20);

    FoldRun ends = new FoldRun(settings);
    for (int i = 0; i < 12_000; i++) {
      ends.take(
          event(
              "NODE_FAILURE",
              "e" + i,
              "n",
              "c" + i,
              "\"error\":\"%s\"".formatted("é".repeat(2_000))));
    }
    assertThat(ends.fold().held()).isBetween(5_000, 11_000);
    assertThat(ends.records()).hasSize(12_000 - ends.fold().held());
  }

  /// The expression that used to decide, and overflowed the stack over 20 000 parts.
  private static final Pattern VERSION = Pattern.compile("v?[0-9]+(\\.[0-9A-Za-z+-]+)*");

  @Test
  void versions_are_told_by_hand_as_the_expression_did() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    String letters = "v019.aZ+-:_é ";
    for (int i = 0; i < 200_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(9); length > 0; length--) {
        text.append(letters.charAt(random.nextInt(letters.length())));
      }
      String suffix = text.toString();
      boolean versioned = VERSION.matcher(suffix).matches();
      if (suffix.indexOf(':') < 0) {
        assertThat(NodeName.of("n:" + suffix).version())
            .as("seed %s: %s", seed, suffix)
            .isEqualTo(versioned ? suffix : "");
      }
    }
    assertThat(NodeName.of("n:1" + ".1".repeat(20_000)).version()).hasSize(40_001);
  }
}
