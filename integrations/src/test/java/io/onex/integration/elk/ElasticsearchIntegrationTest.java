package io.onex.integration.elk;

import static io.onex.integration.TestRecords.event;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.onex.bytes.Slice;
import io.onex.config.Secret;
import io.onex.delivery.DeliveryResult;
import io.onex.delivery.DeliveryResult.ItemResult;
import io.onex.delivery.Integration.Probe;
import io.onex.delivery.Payload;
import io.onex.delivery.http.Authorization;
import io.onex.delivery.http.BaseUrl;
import io.onex.delivery.http.HttpTransport;
import io.onex.integration.SteppedClock;
import io.onex.integration.TestRecords;
import io.onex.integration.Transports;
import io.onex.log.Record;
import io.onex.log.RecordKind;
import io.onex.testkit.FakeBackend.Behaviour.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ElasticsearchIntegrationTest {
  private static final String AT = "2026-11-22T09:44:10Z";

  private final FakeSearchEngine engine = new FakeSearchEngine();
  private final SteppedClock clock = new SteppedClock();
  private final ElasticsearchIntegration integration = integration(false, Optional.empty());

  @AfterEach
  void stop() {
    integration.close();
    engine.close();
  }

  @Test
  void a_document_stands_in_the_index_of_its_day_under_its_event_id() throws Exception {
    DeliveryResult result =
        send(
            event("NODE_START", "e-1", "n", "c", "{}", "2026-11-21T23:59:59Z"),
            event("STRUCTURED_LOG", "e-2", "n", "c", "{}", AT),
            event("NODE_START", "e-3", "n", "c", "{}", "2020-01-01T00:00:00Z"));

    assertThat(result).isInstanceOf(DeliveryResult.Delivered.class);
    assertThat(engine.documents)
        .containsOnlyKeys(
            "onex-events-2026.11.21/e-1", "onex-logs-2026.11.22/e-2", "onex-events-2026.11.22/e-3");
    assertThat(engine.documents.get("onex-events-2026.11.22/e-3").get("tags").get(0).asText())
        .isEqualTo("time_out_of_range");
  }

  @Test
  void a_repeated_attempt_is_delivered_and_changes_nothing() throws Exception {
    Payload payload = encode(integration, event("NODE_START", "e-1", "n", "c", "{}", AT));
    integration.send(payload);

    DeliveryResult again = integration.send(payload);

    assertThat(((DeliveryResult.PerItem) again).items()).containsExactly(new ItemResult.Taken());
    assertThat(engine.documents).hasSize(1);
  }

  @Test
  void only_the_poison_document_of_a_batch_is_never_taken() throws Exception {
    DeliveryResult result =
        send(
            event("NODE_START", "e-1", "n", "c", "{}", AT),
            event("NODE_START", "e-2", "n", "c", "{\"poison\":true}", AT),
            event("NODE_START", "e-3", "n", "c", "{}", AT));

    assertThat(((DeliveryResult.PerItem) result).items())
        .hasExactlyElementsOfTypes(
            ItemResult.Taken.class, ItemResult.NeverTaken.class, ItemResult.Taken.class);
  }

  @Test
  void the_template_is_installed_once_before_the_first_document() throws Exception {
    send(event("NODE_START", "e-1", "n", "c", "{}", AT));
    send(event("NODE_START", "e-2", "n", "c", "{}", AT));

    assertThat(engine.backend.requests().stream().map(r -> r.method() + " " + r.target()))
        .containsExactly(
            "GET /_index_template/onex",
            "PUT /_index_template/onex",
            "POST " + ElasticsearchIntegration.BULK,
            "POST " + ElasticsearchIntegration.BULK);
    JsonNode properties = engine.templates.get("onex").at("/template/mappings/properties");
    assertThat(properties.at("/metadata/type").asText()).isEqualTo("flattened");
    assertThat(properties.at("/metadata/depth_limit").asInt()).isEqualTo(64);
  }

  @Test
  void attempts_at_the_same_time_install_the_template_once() throws Exception {
    try (ExecutorService attempts = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<DeliveryResult>> results = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        String id = "e-" + i;
        results.add(attempts.submit(() -> send(event("NODE_START", id, "n", "c", "{}", AT))));
      }
      for (Future<DeliveryResult> result : results) {
        assertThat(result.get()).isInstanceOf(DeliveryResult.Delivered.class);
      }
    }
    assertThat(engine.requests("PUT", "/_index_template")).hasSize(1);
    assertThat(engine.documents).hasSize(16);
  }

  @Test
  void a_template_that_somebody_else_wrote_is_left_alone() throws Exception {
    JsonNode theirs = new ObjectMapper().readTree("{\"index_patterns\":[\"onex-*\"]}");
    engine.templates.put("onex", theirs);

    assertThat(send(event("NODE_START", "e-1", "n", "c", "{}", AT)))
        .isInstanceOf(DeliveryResult.Delivered.class);
    assertThat(engine.templates.get("onex")).isSameAs(theirs);
  }

  @Test
  void an_older_template_of_ours_is_replaced() throws Exception {
    engine.templates.put(
        "onex", new ObjectMapper().readTree("{\"_meta\":{\"owner\":\"onex\",\"version\":0}}"));

    send(event("NODE_START", "e-1", "n", "c", "{}", AT));

    assertThat(engine.templates.get("onex").at("/_meta/version").asInt())
        .isEqualTo(IndexTemplate.VERSION);
  }

  @Test
  void no_document_is_sent_while_the_template_cannot_be_seen_to() throws Exception {
    engine.interruptions.add(Answer.of(503));

    assertThat(send(event("NODE_START", "e-1", "n", "c", "{}", AT)))
        .isInstanceOf(DeliveryResult.Retryable.class);
    assertThat(engine.requests("POST", "/_bulk")).isEmpty();
    assertThat(send(event("NODE_START", "e-1", "n", "c", "{}", AT)))
        .isInstanceOf(DeliveryResult.Delivered.class);
  }

  @Test
  void a_refused_template_is_no_reason_to_give_up_records() throws Exception {
    engine.interruptions.add(Answer.of(404));
    engine.interruptions.add(Answer.of(400));

    assertThat(send(event("NODE_START", "e-1", "n", "c", "{}", AT)))
        .isInstanceOfSatisfying(
            DeliveryResult.Retryable.class,
            r -> assertThat(r.reason()).contains("manage_template: false"));
  }

  @Test
  void a_busy_engine_is_left_alone_for_as_long_as_it_asks() throws Exception {
    send(event("NODE_START", "e-1", "n", "c", "{}", AT));
    engine.interruptions.add(new Answer(429, Map.of("Retry-After", "7"), ""));

    assertThat(send(event("NODE_START", "e-2", "n", "c", "{}", AT)))
        .isInstanceOfSatisfying(
            DeliveryResult.Retryable.class,
            r -> assertThat(r.retryAfter()).contains(Duration.ofSeconds(7)));
  }

  @Test
  void refused_credentials_are_told_apart_from_refused_documents() throws Exception {
    engine.interruptions.add(Answer.of(401));

    assertThat(send(event("NODE_START", "e-1", "n", "c", "{}", AT)))
        .isInstanceOf(DeliveryResult.Unauthorized.class);
  }

  @Test
  void the_credentials_go_with_every_request() throws Exception {
    try (ElasticsearchIntegration named =
        integration(false, Optional.of(Authorization.token("ApiKey", Secret.of("abc"))))) {
      named.send(encode(named, event("NODE_START", "e-1", "n", "c", "{}", AT)));
    }
    assertThat(engine.backend.requests())
        .allMatch(r -> r.header("authorization").equals("ApiKey abc"));
  }

  @Test
  void a_compressed_body_holds_the_same_documents() throws Exception {
    Record record = event("NODE_START", "e-1", "n", "c", "{\"a\":1}", AT);
    try (ElasticsearchIntegration compressing = integration(true, Optional.empty())) {
      assertThat(compressing.send(encode(compressing, record)))
          .isInstanceOf(DeliveryResult.Delivered.class);
    }
    assertThat(FakeSearchEngine.text(engine.requests("POST", "/_bulk").getFirst()))
        .isEqualTo(
            new String(
                encode(integration, record).parts().getFirst().toByteArray(),
                StandardCharsets.UTF_8));
  }

  @Test
  void encoding_the_same_records_twice_gives_the_same_bytes() {
    Record record = event("NODE_FAILURE", "e-1", "n", "c", "{\"duration_ms\":3}", AT);
    assertThat(encode(integration, record)).isEqualTo(encode(integration, record));
  }

  @Test
  void events_logs_and_conclusions_become_documents_and_nothing_else_does() {
    assertThat(integration.takes(event("NODE_START", "e", "n", "", "", AT))).isTrue();
    for (RecordKind kind : RecordKind.values()) {
      assertThat(integration.takes(TestRecords.of(kind, "X", "x", "{}", AT)))
          .as(kind.name())
          .isEqualTo(
              kind == RecordKind.EVENT || kind == RecordKind.LOG || kind == RecordKind.DERIVED);
    }
  }

  @Test
  void a_probe_tells_the_version_or_what_is_wrong() throws Exception {
    assertThat(integration.probe()).isEqualTo(new Probe.Reachable("Elasticsearch 8.19.0"));
    engine.interruptions.add(Answer.of(401));
    assertThat(integration.probe()).isInstanceOf(Probe.Unreachable.class);
    engine.interruptions.add(Answer.json(200, "hello"));
    assertThat(integration.probe()).isInstanceOf(Probe.Unreachable.class);
  }

  private DeliveryResult send(Record... records) throws Exception {
    return integration.send(encode(integration, records));
  }

  private static Payload encode(ElasticsearchIntegration integration, Record... records) {
    return integration.encode(List.of(records), record -> Slice.EMPTY).payload();
  }

  private ElasticsearchIntegration integration(
      boolean gzip, Optional<Authorization> authorization) {
    HttpTransport http = Transports.plain();
    BaseUrl url = new BaseUrl(engine.backend.url());
    ElkSettings settings =
        new ElkSettings(
            Optional.empty(),
            Optional.of(url),
            "onex",
            true,
            gzip,
            Optional.empty(),
            authorization);
    SearchEngine address = new SearchEngine(http, url, authorization, Duration.ofSeconds(5));
    return new ElasticsearchIntegration(
        address,
        settings,
        http,
        clock,
        Optional.of(new TemplateInstaller(address, settings.indexPrefix(), clock)));
  }
}
