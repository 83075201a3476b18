package io.onex.integration.elk;

import static io.onex.integration.TestRecords.event;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.onex.bytes.Slice;
import io.onex.config.ConfigLoader;
import io.onex.delivery.DeliveryResult;
import io.onex.delivery.DeliveryResult.ItemResult;
import io.onex.delivery.EncodeContext;
import io.onex.delivery.Integration;
import io.onex.integration.Samples;
import io.onex.integration.Services;
import io.onex.integration.TestRecords;
import io.onex.log.Record;
import io.onex.log.RecordKind;
import io.onex.testkit.backend.Api;
import io.onex.testkit.backend.Backends;
import io.onex.testkit.backend.RunningProgram;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What must be true of every real search engine. Each test writes under a prefix of its own.
@Tag("real-backend")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SearchEngineContract {
  private static final String AT = "2026-11-22T09:44:10.303181Z";
  private static final EncodeContext NOTHING = record -> Slice.EMPTY;

  private final int port = Backends.freePort();
  private final String flatType;
  private RunningProgram node;
  private Api api;

  /// @param flatType the mapping it has of metadata
  SearchEngineContract(String flatType) {
    this.flatType = flatType;
  }

  /// Starts one node.
  ///
  /// @param folder for its data
  abstract RunningProgram start(int port, Path folder);

  @BeforeAll
  void start(@TempDir Path folder) {
    node = start(port, folder);
    api = new Api(port);
  }

  @AfterAll
  void stop() {
    if (node != null) {
      api.close();
      node.close();
    }
  }

  @Test
  void every_document_stands_where_it_belongs_exactly_as_it_was_sent() throws Exception {
    List<Record> records = new ArrayList<>();
    for (int i = 0; i < 250; i++) {
      String input = "{\"n\":" + i + ",\"k" + i + "\":\"v\"}";
      String metadata = "{\"execution_time_ms\":" + i + ",\"input_state\":" + input + "}";
      records.add(event("NODE_SUCCESS", "e-" + i, "stamper", "c-" + i, metadata, AT));
    }
    records.add(event("NODE_FAILURE", "bad", "stamper", "c", "{\"error\":\"no disk\"}", AT));
    records.add(
        event(
            "STRUCTURED_LOG",
            "log",
            "stamper",
            "",
            "{\"log_entry\":{\"message\":\"slow sync\",\"level\":\"warning\"}}",
            AT));
    records.add(
        TestRecords.of(
            RecordKind.LOG, "LOG_LINE", "line", "{\"level\":\"ERROR\",\"message\":\"gone\"}", AT));

    assertThat(send("all", NOTHING, records)).isInstanceOf(DeliveryResult.Delivered.class);

    api.post("/all-*/_refresh", "");
    assertThat(api.get("/all-events-2026.11.22/_count").get("count").asInt()).isEqualTo(251);
    assertThat(api.get("/all-logs-2026.11.22/_count").get("count").asInt()).isEqualTo(2);
    assertThat(api.get("/all-events-2026.11.22/_doc/e-42").get("_source"))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"@timestamp":"2026-11-22T09:44:10.303181Z","event_id":"e-42",
                     "event_type":"NODE_SUCCESS","node_id":"stamper","correlation_id":"c-42",
                     "metadata":{"execution_time_ms":42,"input_state":{"n":42,"k42":"v"}},
                     "source":"onex","version":"1.0.0","duration_seconds":0.042}
                    """));
    assertThat(hits("all-events-*", "{\"term\":{\"metadata.input_state.k42\":\"v\"}}"))
        .containsExactly("e-42");
    assertThat(hits("all-events-*", "{\"range\":{\"duration_seconds\":{\"gt\":0.2475}}}"))
        .containsExactlyInAnyOrder("e-248", "e-249");
    assertThat(
            hits(
                "all-events-*",
                "{\"bool\":{\"filter\":[{\"term\":{\"tags\":\"alert\"}},{\"term\":{\"severity\":\"error\"}}]}}"))
        .containsExactly("bad");
    assertThat(hits("all-logs-*", "{\"match\":{\"message\":\"sync\"}}")).containsExactly("log");
    assertThat(hits("all-*", "{\"range\":{\"@timestamp\":{\"gte\":\"2026-11-22T09:44:11Z\"}}}"))
        .isEmpty();
  }

  @Test
  void a_batch_sent_twice_is_there_once() throws Exception {
    List<Record> records =
        List.of(
            event("NODE_START", "e-1", "n", "c", "{}", AT),
            event("NODE_START", "e-2", "n", "c", "{}", AT));
    send("twice", NOTHING, records);

    DeliveryResult again = send("twice", NOTHING, records);

    assertThat(((DeliveryResult.PerItem) again).items())
        .hasOnlyElementsOfType(ItemResult.Taken.class);
    api.post("/twice-*/_refresh", "");
    assertThat(api.get("/twice-*/_count").get("count").asInt()).isEqualTo(2);
    assertThat(api.get("/twice-events-2026.11.22/_doc/e-1").get("_version").asInt()).isEqualTo(1);
  }

  @Test
  void metadata_of_any_form_is_taken() throws Exception {
    String deep = "{\"d\":".repeat(60) + "1" + "}".repeat(60);
    List<Record> records =
        List.of(
            event("NODE_START", "long", "n", "", "{\"a\":\"" + "x".repeat(100_000) + "\"}", AT),
            event("NODE_START", "edge", "n", "", "{\"a\":\"" + "x".repeat(31_900) + "\"}", AT),
            event("NODE_START", "deep", "n", "", deep, AT),
            event("NODE_START", "object", "n", "", "{\"v\":{\"w\":1}}", AT),
            event("NODE_START", "number", "n", "", "{\"v\":1}", AT),
            event("NODE_START", "text", "n", "", "{\"v\":\"one\"}", AT),
            event(
                "NODE_START",
                "nulls",
                "n",
                "",
                "{\"v\":null,\"a\":[null,{}],\"\":1,\"x..y\":2}",
                AT),
            event("NODE_START", "lines", "n", "", "{\n  \"a\": 1\n}", AT),
            event("NODE_START", "many", "n".repeat(2_000), "", many(3_000), AT));

    assertThat(send("any", NOTHING, records)).isInstanceOf(DeliveryResult.Delivered.class);

    api.post("/any-*/_refresh", "");
    assertThat(api.get("/any-*/_count").get("count").asInt()).isEqualTo(records.size());
    assertThat(
            api.get("/any-events-2026.11.22/_doc/long")
                .at("/_source/metadata_unindexed/a")
                .asText())
        .hasSize(100_000);
    assertThat(
            api.get("/any-events-2026.11.22/_mapping")
                .at("/any-events-2026.11.22/mappings/properties/metadata"))
        .isEqualTo(new ObjectMapper().readTree(flatType));
  }

  @Test
  void whatever_nodes_really_send_is_taken() throws Exception {
    List<Record> samples = Samples.records();

    assertThat(send("samples", NOTHING, samples)).isInstanceOf(DeliveryResult.Delivered.class);

    api.post("/samples-*/_refresh", "");
    assertThat(api.get("/samples-*/_count").get("count").asInt()).isEqualTo(samples.size());
  }

  @Test
  void a_document_that_does_not_fit_is_refused_alone_and_its_value_is_not_repeated()
      throws Exception {
    List<Record> records =
        List.of(
            event("NODE_START", "e-1", "n", "", "{}", AT),
            event("NODE_START", "poison", "n", "", "{}", AT),
            event("NODE_START", "e-3", "n", "", "{}", AT));
    EncodeContext poison =
        record ->
            record.eventId().utf8().equals("poison")
                ? Slice.utf8("\"labels\":\"hunter2\"")
                : Slice.EMPTY;

    DeliveryResult result = send("poison", poison, records);

    List<ItemResult> items = ((DeliveryResult.PerItem) result).items();
    assertThat(items)
        .hasExactlyElementsOfTypes(
            ItemResult.Taken.class, ItemResult.NeverTaken.class, ItemResult.Taken.class);
    assertThat(items.get(1).toString()).contains("400").doesNotContain("hunter2");
  }

  private DeliveryResult send(String prefix, EncodeContext context, List<Record> records)
      throws Exception {
    try (Integration integration = integration(prefix)) {
      return integration.send(integration.encode(records, context).payload());
    }
  }

  private List<String> hits(String index, String query) throws Exception {
    List<String> ids = new ArrayList<>();
    JsonNode answer = api.post("/" + index + "/_search", "{\"size\":100,\"query\":" + query + "}");
    answer.at("/hits/hits").forEach(hit -> ids.add(hit.get("_id").asText()));
    return ids;
  }

  private static String many(int keys) {
    StringBuilder metadata = new StringBuilder("{\"k\":0");
    for (int i = 0; i < keys; i++) {
      metadata.append(",\"k").append(i).append("\":").append(i);
    }
    return metadata.append('}').toString();
  }

  final Integration integration(String prefix) throws Exception {
    ElkFactory factory = new ElkFactory();
    String yaml =
        """
        elasticsearch_url: http://127.0.0.1:%d
        index_prefix: %s
        gzip: true
        """
            .formatted(port, prefix);
    return factory.create(ConfigLoader.section(factory.kind().settings(), yaml), Services.plain());
  }
}
