package io.onex.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import io.onex.bench.load.EventSeries;
import io.onex.bench.load.HttpConnection;
import io.onex.bench.oracle.Deliveries;
import io.onex.bench.oracle.Spans;
import io.onex.bench.sink.BulkBackEnd;
import io.onex.bench.sink.SinkServer;
import io.onex.bench.sink.SpanBackEnd;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

/// The judge must notice what is wrong, or its silence means nothing.
class JudgeTest {
  private final EventSeries series = new EventSeries(3);
  private final Deliveries deliveries = new Deliveries();

  private String document(long sequence) {
    byte[] event = new byte[EventSeries.MAX_BYTES];
    int end = series.render(sequence, event, 0);
    String text = new String(event, 0, end, StandardCharsets.US_ASCII);
    String id = text.substring(13, 49);
    return "{\"create\":{\"_id\":\""
        + id
        + "\"}}\n{\"metadata\":"
        + text.substring(series.metadataAt(), end - 1)
        + "}\n";
  }

  private void bulk(String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.US_ASCII);
    try (SinkServer server = new SinkServer(new BulkBackEnd(series, deliveries, true));
        HttpConnection connection = new HttpConnection(server.port())) {
      HttpConnection.Answer answer =
          connection.post("/_bulk", "application/x-ndjson", bytes, bytes.length);
      assertThat(answer.status()).isEqualTo(200);
    }
  }

  @Test
  void documents_as_sent_are_counted_and_nothing_is_found_wrong() throws IOException {
    bulk(document(0) + document(1) + document(2) + document(1));

    assertThat(deliveries.distinct()).isEqualTo(3);
    assertThat(deliveries.repeats()).isEqualTo(1);
    assertThat(deliveries.findings().sentences()).isEmpty();
    BitSet promised = new BitSet();
    promised.set(0, 5);
    promised.andNot(deliveries.arrived());
    assertThat(promised.toString()).isEqualTo("{3, 4}");
  }

  @Test
  void one_changed_byte_is_found() throws IOException {
    bulk(document(4).replace("\"author\":\"", "\"author\":\"X").replaceFirst("X.", "X"));

    assertThat(deliveries.findings().sentences()).containsExactly("event 4 arrived changed");
  }

  @Test
  void an_end_before_its_start_is_found() throws IOException {
    bulk(document(7) + document(6));

    assertThat(deliveries.findings().sentences())
        .containsExactly("event 7 came before the START of its operation");
  }

  @Test
  void a_document_of_nobody_is_found() throws IOException {
    bulk("{\"create\":{\"_id\":\"x\"}}\n{\"metadata\":{}}\n");

    assertThat(deliveries.findings().sentences()).hasSize(1);
  }

  @Test
  void a_span_with_another_duration_outcome_or_id_is_found() throws IOException {
    Spans spans = new Spans();
    SpanBackEnd backEnd = new SpanBackEnd(spans);
    String right =
        "{\"id\":\"0000000000000001\",\"duration\":2500,\"tags\":{\"correlation.id\":\"00000000-0000-4000-8000-000000000000\"}}";
    for (String span :
        new String[] {
          right,
          right,
          right.replace("2500", "2501"),
          right.replace("\"tags\":{", "\"tags\":{\"error\":\"e\","),
          right.replace("0000000000000001", "0000000000000002")
        }) {
      byte[] body = ("[" + span + "]").getBytes(StandardCharsets.US_ASCII);
      assertThat(backEnd.answer("POST", "/api/v2/spans", body, body.length).status())
          .isEqualTo(202);
    }

    assertThat(spans.distinct()).isEqualTo(1);
    assertThat(spans.findings().sentences()).hasSize(3);
  }

  @Test
  void the_judge_shares_no_code_with_the_gateway() {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.onex.bench");

    ArchRuleDefinition.noClasses()
        .that()
        .resideOutsideOfPackage("io.onex.bench.micro..")
        .should()
        .dependOnClassesThat(
            com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage("io.onex..")
                .and(
                    com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage(
                        "io.onex.bench..")))
        .check(classes);
  }
}
