package io.onex.integration.elk;

import static io.onex.integration.TestRecords.event;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.onex.bytes.Slice;
import io.onex.integration.TestRecords;
import io.onex.json.JsonWriter;
import io.onex.log.Record;
import io.onex.log.RecordKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentTest {
  private static final ObjectMapper STRICT =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final String AT = "2026-11-22T09:44:10.303181Z";

  @Test
  void an_event_becomes_the_document_of_the_seed() throws Exception {
    JsonNode document =
        write(event("NODE_SUCCESS", "e-1", "stamper", "c-1", "{\"a\":{\"b\":[1]}}", AT));

    assertThat(document)
        .isEqualTo(
            STRICT.readTree(
                """
                {"@timestamp":"2026-11-22T09:44:10.303181Z","event_id":"e-1",
                 "event_type":"NODE_SUCCESS","node_id":"stamper","correlation_id":"c-1",
                 "metadata":{"a":{"b":[1]}},"source":"onex","version":"1.0.0"}
                """));
  }

  @Test
  void what_the_event_does_not_have_is_null_or_an_empty_object() throws Exception {
    JsonNode document = write(event("NODE_START", "e", "", "", "", AT));

    assertThat(document.get("node_id").isNull()).isTrue();
    assertThat(document.get("correlation_id").isNull()).isTrue();
    assertThat(document.get("metadata").isEmpty()).isTrue();
  }

  @Test
  void ids_are_copied_with_the_escapes_they_have_in_the_event() throws Exception {
    JsonNode document = write(event("NODE_START", "a\"b\\\u0001é", "no\\\"de\\u00e9", "", "", AT));

    assertThat(document.get("event_id").asText()).isEqualTo("a\"b\\\u0001é");
    assertThat(document.get("node_id").asText()).isEqualTo("no\"deé");
  }

  @Test
  void a_document_is_one_line_even_when_the_sender_wrote_many() throws Exception {
    Record record = event("NODE_START", "e", "n", "", "{\r\n  \"a\": \"x\\ny\"\n}", AT);
    String line = text(Document.forIndex(), record, Slice.EMPTY);

    assertThat(line).doesNotContain("\n").doesNotContain("\r");
    assertThat(STRICT.readTree(line).get("metadata").get("a").asText()).isEqualTo("x\ny");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      textBlock =
          """
          `{"execution_time_ms":1500.5,"duration_ms":2}`, 1.5005
          `{"duration_ms":250,"duration":9}`,             0.25
          `{"duration":3}`,                               3
          `{"duration_ms":0}`,                            0
          `{"execution_time_ms":null,"duration_ms":10}`,  0.01
          `{"execution_time_ms":-1,"duration_ms":10}`,    0.01
          """)
  void seconds_come_from_the_first_duration_that_is_a_number(String metadata, double seconds)
      throws Exception {
    assertThat(
            write(event("NODE_SUCCESS", "e", "n", "", metadata, AT))
                .get("duration_seconds")
                .asDouble())
        .isEqualTo(seconds);
  }

  @Test
  void there_are_no_seconds_when_no_duration_is_a_number() throws Exception {
    assertThat(
            write(event("NODE_SUCCESS", "e", "n", "", "{\"duration_ms\":\"12\"}", AT))
                .has("duration_seconds"))
        .isFalse();
  }

  @Test
  void a_failed_node_is_an_error_to_be_alerted_about() throws Exception {
    JsonNode document = write(event("NODE_FAILURE", "e", "n", "", "{\"error\":\"refused\"}", AT));

    assertThat(document.get("severity").asText()).isEqualTo("error");
    assertThat(document.get("tags")).isEqualTo(STRICT.readTree("[\"error\",\"alert\"]"));
    assertThat(document.get("message").asText()).isEqualTo("refused");
  }

  @Test
  void a_failed_operation_is_an_error() throws Exception {
    JsonNode document =
        write(event("TELEMETRY_OPERATION_ERROR", "e", "n", "", "{\"error_message\":\"no\"}", AT));

    assertThat(document.get("tags")).isEqualTo(STRICT.readTree("[\"error\"]"));
    assertThat(document.get("message").asText()).isEqualTo("no");
  }

  @Test
  void a_success_whose_output_says_error_is_an_error() throws Exception {
    String metadata = "{\"output_state\":{\"status\":\"error\"}}";

    assertThat(write(event("NODE_SUCCESS", "e", "n", "", metadata, AT)).get("tags"))
        .isEqualTo(STRICT.readTree("[\"error\"]"));
  }

  @Test
  void enrichment_is_added_as_it_stands() throws Exception {
    Slice fields = Slice.utf8("\"host\":\"h1\",\"labels\":{\"team\":\"a\"}");
    JsonNode document =
        STRICT.readTree(
            text(Document.forIndex(), event("NODE_START", "e", "n", "", "", AT), fields));

    assertThat(document.get("host").asText()).isEqualTo("h1");
    assertThat(document.get("labels").get("team").asText()).isEqualTo("a");
  }

  @Test
  void metadata_too_large_for_one_keyword_is_kept_unindexed_but_goes_to_logstash_as_ever()
      throws Exception {
    Record record = event("NODE_START", "e", "n", "", "{\"a\":\"" + "x".repeat(32_000) + "\"}", AT);
    JsonNode indexed = STRICT.readTree(text(Document.forIndex(), record, Slice.EMPTY));
    JsonNode shipped = STRICT.readTree(text(Document.forLogstash(), record, Slice.EMPTY));

    assertThat(indexed.has("metadata")).isFalse();
    assertThat(indexed.get("metadata_unindexed").get("a").asText()).hasSize(32_000);
    assertThat(shipped.get("metadata").get("a").asText()).hasSize(32_000);
  }

  @Test
  void a_log_line_shows_its_message_level_and_service() throws Exception {
    JsonNode document =
        write(
            TestRecords.of(
                RecordKind.LOG,
                "LOG_LINE",
                "l",
                "{\"level\":\"CRITICAL\",\"service\":\"registry\",\"message\":\"gone\",\"line\":8}",
                AT));

    assertThat(document.get("message").asText()).isEqualTo("gone");
    assertThat(document.get("level").asText()).isEqualTo("FATAL");
    assertThat(document.get("service").asText()).isEqualTo("registry");
    assertThat(document.get("severity").asText()).isEqualTo("error");
    assertThat(document.get("metadata").get("line").asInt()).isEqualTo(8);
  }

  @Test
  void a_structured_log_event_is_read_like_a_log_line() throws Exception {
    String metadata = "{\"error\":null,\"log_entry\":{\"message\":\"slow\",\"level\":\"warning\"}}";
    Record record = event("STRUCTURED_LOG", "e", "n", "", metadata, AT);

    assertThat(Document.isLog(record)).isTrue();
    assertThat(write(record).get("message").asText()).isEqualTo("slow");
    assertThat(write(record).get("level").asText()).isEqualTo("WARN");
    assertThat(write(record).has("severity")).isFalse();
  }

  @Test
  void with_a_duration_in_microseconds_seconds_keep_their_fraction() throws Exception {
    JsonNode document =
        write(
            TestRecords.of(RecordKind.DERIVED, "OPERATION_ENDED", "d", "{\"duration_us\":1}", AT));

    assertThat(document.get("duration_seconds").asDouble()).isEqualTo(1e-6);
  }

  @Test
  void an_ended_operation_shows_its_seconds_and_its_error() throws Exception {
    JsonNode document =
        write(
            TestRecords.of(
                RecordKind.DERIVED,
                "OPERATION_ENDED",
                "d",
                "{\"duration_us\":1500000,\"outcome\":\"error\",\"error\":{\"message\":\"bad\"}}",
                AT));

    assertThat(document.get("duration_seconds").asDouble()).isEqualTo(1.5);
    assertThat(document.get("message").asText()).isEqualTo("bad");
    assertThat(document.get("tags")).isEqualTo(STRICT.readTree("[\"error\"]"));
    assertThat(document.get("metadata").get("outcome").asText()).isEqualTo("error");
  }

  @Test
  void computed_fields_do_not_leak_from_one_record_to_the_next() throws Exception {
    Document document = Document.forIndex();
    text(
        document,
        event("NODE_FAILURE", "e1", "n", "", "{\"error\":\"x\",\"duration_ms\":5}", AT),
        Slice.EMPTY);

    JsonNode next =
        STRICT.readTree(
            text(document, event("NODE_SUCCESS", "e2", "n", "", "{}", AT), Slice.EMPTY));
    assertThat(next.fieldNames())
        .toIterable()
        .containsExactly(
            "@timestamp",
            "event_id",
            "event_type",
            "node_id",
            "correlation_id",
            "metadata",
            "source",
            "version");
  }

  private static JsonNode write(Record record) throws JsonProcessingException {
    return STRICT.readTree(text(Document.forIndex(), record, Slice.EMPTY));
  }

  private static String text(Document document, Record record, Slice enrichment) {
    JsonWriter json = new JsonWriter(64);
    document.write(json, record, false, enrichment);
    return json.written().utf8();
  }
}
