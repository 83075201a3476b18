package io.onex.enrichment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.onex.bytes.Slice;
import io.onex.config.EnrichmentConfig;
import io.onex.event.EventType;
import io.onex.log.Position;
import io.onex.log.Record;
import io.onex.log.RecordFlags;
import io.onex.log.RecordFrame;
import io.onex.log.RecordKind;
import io.onex.log.RecordWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnrichmentTest {
  private static final EnrichmentConfig CONFIG =
      new EnrichmentConfig(
          Optional.empty(),
          Optional.of("prod"),
          Map.of("team", "a \"b\"", "area", "north"),
          Optional.empty(),
          List.of(),
          List.of());

  @TempDir Path folder;

  private static Record from(String node, int flags) {
    RecordWriter writer = new RecordWriter(128);
    byte[] body = Slice.utf8("{\"node_id\":\"" + node + "\"}").array();
    writer
        .begin(RecordKind.EVENT, EventType.NODE_START, Slice.utf8("id"), 1, 1)
        .flags(flags)
        .nodeId(12, Slice.utf8(node).length())
        .body(body, 0, body.length)
        .end();
    return Record.of(new RecordFrame(writer.encoded().toByteArray(), 0, Position.START));
  }

  private static Enrichment enrichment(
      EnrichmentConfig config, String host, NodeCatalogue catalogue) {
    return new Enrichment(EnrichmentRules.of(config, host, catalogue), catalogue);
  }

  @Test
  void host_environment_labels_and_the_node_are_the_inside_of_a_json_object() throws Exception {
    NodeCatalogue catalogue = new NodeCatalogue(Map.of("n1", Map.of("owner", "x", "site", "y")));
    Slice fragment = enrichment(CONFIG, "box", catalogue).enrichment(from("n1", 0));

    assertThat(new ObjectMapper().readValue("{" + fragment + "}", Object.class))
        .isEqualTo(
            Map.of(
                "host",
                "box",
                "environment",
                "prod",
                "labels",
                Map.of("team", "a \"b\"", "area", "north"),
                "node",
                Map.of("owner", "x", "site", "y")));
  }

  @Test
  void a_configured_host_goes_before_the_systems_and_nothing_gives_nothing() {
    EnrichmentConfig named =
        new EnrichmentConfig(
            Optional.of("h"), Optional.empty(), Map.of(), Optional.empty(), List.of(), List.of());
    EnrichmentConfig none =
        new EnrichmentConfig(
            Optional.empty(), Optional.empty(), Map.of(), Optional.empty(), List.of(), List.of());

    assertThat(enrichment(named, "box", NodeCatalogue.EMPTY).enrichment(from("n", 0)))
        .hasToString("\"host\":\"h\"");
    assertThat(enrichment(none, "", NodeCatalogue.EMPTY).enrichment(from("n", 0)).isEmpty())
        .isTrue();
  }

  @Test
  void nodes_are_found_by_id_then_without_version_and_share_slices_for_equal_fields() {
    NodeCatalogue catalogue =
        new NodeCatalogue(
            Map.of(
                "tree", Map.of("o", "1"),
                "tree:2.0.0", Map.of("o", "2"),
                "other", Map.of("o", "1"),
                "kn\"ten", Map.of("o", "3")));
    Enrichment enrichment = enrichment(CONFIG, "box", catalogue);

    assertThat(enrichment.enrichment(from("tree:2.0.0", 0)).utf8()).contains("{\"o\":\"2\"}");
    assertThat(enrichment.enrichment(from("tree:1.0.0", 0)).utf8()).contains("{\"o\":\"1\"}");
    assertThat(enrichment.enrichment(from("tree:1.0.0", 0)))
        .isSameAs(enrichment.enrichment(from("other", 0)));
    assertThat(enrichment.enrichment(from("kn\\\"ten", RecordFlags.NODE_ID_ESCAPED)).utf8())
        .contains("{\"o\":\"3\"}");
    assertThat(enrichment.enrichment(from("a", 0))).isSameAs(enrichment.enrichment(from("b", 0)));
  }

  @Test
  void csv_cells_may_be_quoted_and_empty_ones_are_left_out() {
    assertThat(
            NodeCatalogue.ofCsv(
                    "\ufeffowner,node_id,note\r\nann,n1,\"a, \"\"b\"\"\nc\"\r\n\r\n,n2,\nbob,n3,x")
                .nodes())
        .isEqualTo(
            Map.of(
                "n1", Map.of("owner", "ann", "note", "a, \"b\"\nc"),
                "n2", Map.of(),
                "n3", Map.of("owner", "bob", "note", "x")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "owner,id|a,b; line 1: no column is called node_id",
        "node_id,o|a,1|a,2; line 3: this node stands twice",
        "node_id,o|a; line 2: 1 cells under 2 columns",
        "node_id,o|a,\"x; line 2: a quote is never closed",
        "node_id,o|a,x\"y; line 2: a quote within a cell",
        "node_id,o|a,\"x\"y; line 2: text after a closing quote"
      })
  void broken_csv_is_refused_with_its_line(String text, String message) {
    assertThatThrownBy(() -> NodeCatalogue.ofCsv(text.replace('|', '\n'))).hasMessage(message);
  }

  @Test
  void json_holds_an_object_of_single_values_per_node() {
    assertThat(NodeCatalogue.ofJson("{\"n\":{\"tier\":1,\"ok\":true,\"gone\":null}}").nodes())
        .isEqualTo(Map.of("n", Map.of("tier", "1", "ok", "true")));
    assertThatThrownBy(() -> NodeCatalogue.ofJson("{\"n\":{\"a\":[1]}}"))
        .hasMessage("node \"n\": no single values: [a]");
    assertThatThrownBy(() -> NodeCatalogue.ofJson("{\"n\":{},\n\"n\":{}}"))
        .hasMessage("line 2: no JSON");
    assertThatThrownBy(() -> NodeCatalogue.ofJson("[]")).hasMessageContaining("object of objects");
  }

  @Test
  void a_catalogue_file_is_read_when_it_changes_and_a_broken_one_is_reported_once()
      throws IOException {
    Path path = folder.resolve("nodes.csv");
    CatalogueFile file = new CatalogueFile(path);
    assertThat(file.look()).isInstanceOf(CatalogueFile.Look.Broken.class);
    assertThat(file.look()).isInstanceOf(CatalogueFile.Look.Unchanged.class);

    Files.writeString(path, "node_id,o\nn,1\n");
    assertThat(file.look())
        .isEqualTo(
            new CatalogueFile.Look.Changed(new NodeCatalogue(Map.of("n", Map.of("o", "1")))));
    assertThat(file.look()).isInstanceOf(CatalogueFile.Look.Unchanged.class);

    Files.writeString(path, "node_id,o\nn\n");
    Files.setLastModifiedTime(path, FileTime.fromMillis(1_000_000));
    assertThat(file.look())
        .isEqualTo(new CatalogueFile.Look.Broken("line 2: 1 cells under 2 columns"));
    assertThat(file.look()).isInstanceOf(CatalogueFile.Look.Unchanged.class);
  }
}
