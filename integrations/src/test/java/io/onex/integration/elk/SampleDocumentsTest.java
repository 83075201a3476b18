package io.onex.integration.elk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.onex.bytes.Slice;
import io.onex.integration.Samples;
import io.onex.json.JsonWriter;
import io.onex.log.EventRecord;
import io.onex.log.Record;
import org.junit.jupiter.api.Test;

class SampleDocumentsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void every_sample_becomes_a_document_that_says_the_same() throws Exception {
    Document document = Document.forIndex();
    for (Record record : Samples.records()) {
      JsonWriter json = new JsonWriter(256);
      document.write(json, record, false, Slice.EMPTY);
      String line = json.written().utf8();
      JsonNode written = JSON.readTree(line);

      assertThat(line).doesNotContain("\n", "\r");
      assertThat(written.get("event_id").asText()).isEqualTo(record.eventId().utf8());
      assertThat(written.get("event_type").asText()).isEqualTo(record.type().name());
      assertSame(written.get("node_id"), record.nodeId());
      assertSame(written.get("correlation_id"), record.correlationId());
      Slice said = record instanceof EventRecord ? record.metadata() : record.body();
      JsonNode metadata =
          written.has("metadata") ? written.get("metadata") : written.get("metadata_unindexed");
      assertThat(metadata)
          .isEqualTo(said.isEmpty() ? JSON.createObjectNode() : JSON.readTree(said.utf8()));
    }
  }

  private static void assertSame(JsonNode written, Slice inBody) throws Exception {
    if (inBody.isEmpty()) {
      assertThat(written.isNull()).isTrue();
    } else {
      assertThat(written).isEqualTo(JSON.readTree('"' + inBody.utf8() + '"'));
    }
  }
}
