package io.onex.enrichment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onex.bytes.Slice;
import io.onex.config.EnrichmentConfig;
import io.onex.event.EventType;
import io.onex.json.JsonWriter;
import io.onex.log.Position;
import io.onex.log.Record;
import io.onex.log.RecordFrame;
import io.onex.log.RecordKind;
import io.onex.log.RecordWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EnrichmentHistoryTest {
  private final EnrichmentHistory history = new EnrichmentHistory();

  @Test
  void a_record_gets_what_its_own_position_says_wherever_the_reader_stands() {
    assertThat(history.enrichment(at(0)).isEmpty()).as("before anything is known").isTrue();
    history.apply(change(20, rules("second", Map.of("n", Map.of("owner", "b")))));
    history.apply(change(10, rules("first", Map.of("n", Map.of("owner", "a")))));
    history.apply(change(20, rules("second", Map.of("n", Map.of("owner", "b")))));
    history.apply(at(30));

    assertThat(history.enrichment(at(3)))
        .as("before the first change")
        .hasToString(with("first", "a"));
    assertThat(history.enrichment(at(19))).hasToString(with("first", "a"));
    assertThat(history.enrichment(at(21))).hasToString(with("second", "b"));
    assertThat(history.enrichment(at(11))).as("a lagging one").hasToString(with("first", "a"));
    assertThat(history.todays(at(11))).as("a replay").hasToString(with("second", "b"));
  }

  @Test
  void what_was_written_is_restored_and_what_no_record_needs_is_forgotten() {
    history.apply(change(10, rules("first", Map.of())));
    history.apply(change(20, rules("second", Map.of())));
    EnrichmentHistory restored = restored();

    assertThat(restored.enrichment(at(11))).hasToString("\"host\":\"first\"");
    assertThat(restored.enrichment(at(21))).hasToString("\"host\":\"second\"");

    restored.trim(new Position(0, 20));
    assertThat(restored.enrichment(at(11))).hasToString("\"host\":\"second\"");
  }

  @Test
  void equal_content_has_one_epoch_and_one_text() {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("b", "2");
    labels.put("a", "\"1\"");
    EnrichmentRules rules =
        new EnrichmentRules(
            "h", Optional.of("prod"), labels, Optional.of(new NodeCatalogue(Map.of())), "");

    assertThat(rules.json())
        .hasToString(
            "{\"version\":1,\"host\":\"h\",\"environment\":\"prod\","
                + "\"labels\":{\"a\":\"\\\"1\\\"\",\"b\":\"2\"},\"nodes\":{}}");
    assertThat(EnrichmentRules.parse(rules.json())).isEqualTo(rules);
    assertThat(EnrichmentRules.parse(rules.json()).epoch()).isEqualTo(rules.epoch());
    assertThatThrownBy(() -> EnrichmentRules.parse(Slice.utf8("{\"version\":2}")))
        .hasMessageContaining("newer version");
  }

  @Test
  void a_catalogue_too_large_for_the_log_is_named_by_its_digest_and_the_current_one_is_used() {
    NodeCatalogue large =
        new NodeCatalogue(Map.of("n", Map.of("owner", "x".repeat(EnrichmentRules.MAX_KEPT_BYTES))));
    EnrichmentRules rules = EnrichmentRules.of(config(), "h", large);
    assertThat(rules.catalogue()).isEmpty();
    assertThat(rules.digest()).hasSize(16);
    assertThat(rules.json().length()).isLessThan(200);

    history.apply(change(10, rules));
    assertThat(history.enrichment(at(11))).hasToString("\"host\":\"h\"");
    history.current(new NodeCatalogue(Map.of("n", Map.of("owner", "now"))));
    assertThat(history.enrichment(at(11))).hasToString(with("h", "now"));
    assertThat(restored().enrichment(at(11))).hasToString("\"host\":\"h\"");
  }

  @Test
  void memory_is_bounded_by_forgetting_the_oldest() {
    int each = EnrichmentRules.MAX_KEPT_BYTES - 1000;
    int changes = EnrichmentHistory.MAX_BYTES / each + 3;
    for (int i = 0; i < changes; i++) {
      history.apply(change(i, rules("h" + i, Map.of("m", Map.of("o", "x".repeat(each))))));
    }
    JsonWriter json = new JsonWriter(1024);
    history.write(json);

    assertThat(json.size())
        .isLessThan(EnrichmentHistory.MAX_BYTES + EnrichmentRules.MAX_KEPT_BYTES + 2000);
    assertThat(history.enrichment(at(changes))).hasToString("\"host\":\"h" + (changes - 1) + "\"");
    assertThat(history.enrichment(at(0)).utf8()).isNotEqualTo("\"host\":\"h0\"");
  }

  private EnrichmentHistory restored() {
    JsonWriter json = new JsonWriter(256);
    history.write(json);
    EnrichmentHistory restored = new EnrichmentHistory();
    restored.restore(json.written());
    return restored;
  }

  private static String with(String host, String owner) {
    return "\"host\":\"" + host + "\",\"node\":{\"owner\":\"" + owner + "\"}";
  }

  private static EnrichmentConfig config() {
    return new EnrichmentConfig(
        Optional.empty(), Optional.empty(), Map.of(), Optional.empty(), List.of(), List.of());
  }

  private static EnrichmentRules rules(String host, Map<String, Map<String, String>> nodes) {
    return EnrichmentRules.of(config(), host, new NodeCatalogue(nodes));
  }

  private static Record change(long offset, EnrichmentRules rules) {
    RecordWriter writer = new RecordWriter(256);
    EnrichmentChange.write(writer, rules, 1);
    return Record.of(new RecordFrame(writer.encoded().toByteArray(), 0, new Position(0, offset)));
  }

  private static Record at(long offset) {
    RecordWriter writer = new RecordWriter(128);
    byte[] body = Slice.utf8("{\"node_id\":\"n\"}").array();
    writer
        .begin(RecordKind.EVENT, EventType.NODE_START, Slice.utf8("id"), 1, 1)
        .nodeId(12, 1)
        .body(body, 0, body.length)
        .end();
    return Record.of(new RecordFrame(writer.encoded().toByteArray(), 0, new Position(0, offset)));
  }
}
