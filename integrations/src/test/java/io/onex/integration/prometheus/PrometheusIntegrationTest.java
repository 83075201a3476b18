package io.onex.integration.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.onex.bytes.Slice;
import io.onex.delivery.DeliveryResult;
import io.onex.delivery.ExpositionSource.Exposition;
import io.onex.delivery.Integration.Probe;
import io.onex.delivery.Payload;
import io.onex.delivery.http.BaseUrl;
import io.onex.delivery.http.HttpTransport;
import io.onex.delivery.http.Pieces;
import io.onex.integration.SteppedClock;
import io.onex.integration.TestRecords;
import io.onex.integration.Transports;
import io.onex.log.Position;
import io.onex.log.Record;
import io.onex.log.RecordKind;
import io.onex.testkit.FakeBackend;
import io.onex.testkit.FakeBackend.Behaviour.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PrometheusIntegrationTest {
  private static final Duration INTERVAL = Duration.ofSeconds(15);

  private final ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final FakeBackend backend =
      new FakeBackend(request -> answers.isEmpty() ? Answer.of(200) : answers.poll());
  private final SteppedClock clock = new SteppedClock();
  private final List<Duration> pauses = new ArrayList<>();
  private long counted;
  private final PrometheusIntegration integration = integration(true);

  @AfterEach
  void stop() {
    integration.close();
    backend.close();
  }

  @Test
  void a_push_replaces_the_group_of_this_host_with_the_exposition() throws Exception {
    counted = 1;
    assertThat(send(0)).isInstanceOf(DeliveryResult.Delivered.class);

    FakeBackend.Request push = backend.requests().getFirst();
    assertThat(push.method() + " " + push.target())
        .isEqualTo("PUT /metrics/job/onex/instance/host-1");
    assertThat(push.header("content-type")).startsWith("text/plain; version=0.0.4");
    assertThat(push.text()).isEqualTo("onex_events_total 1\n");
  }

  @Test
  void records_that_a_push_already_counted_are_delivered_without_another() throws Exception {
    counted = 10_000;
    for (long offset = 0; offset < 10_000; offset += 100) {
      assertThat(send(offset)).isInstanceOf(DeliveryResult.Delivered.class);
    }
    assertThat(backend.requests()).hasSize(1);
    assertThat(pauses).isEmpty();
  }

  @Test
  void a_push_waits_for_its_turn_and_then_counts_what_came_meanwhile() throws Exception {
    counted = 1;
    send(0);
    clock.advance(Duration.ofSeconds(5));
    counted = 2;
    send(1);

    assertThat(pauses).containsExactly(Duration.ofSeconds(10));
    assertThat(backend.requests()).hasSize(2);
    clock.advance(INTERVAL);
    counted = 3;
    send(2);
    assertThat(pauses).hasSize(1);
    assertThat(backend.requests().getLast().text()).isEqualTo("onex_events_total 3\n");
  }

  @Test
  void a_record_that_is_not_counted_yet_is_not_delivered() throws Exception {
    counted = 5;
    assertThat(send(5)).isInstanceOf(DeliveryResult.Retryable.class);
    assertThat(backend.requests()).isEmpty();
  }

  @Test
  void a_failed_push_delivers_nothing_and_the_next_attempt_need_not_wait() throws Exception {
    counted = 1;
    answers.add(Answer.of(503));
    assertThat(send(0)).isInstanceOf(DeliveryResult.Retryable.class);
    assertThat(send(0)).isInstanceOf(DeliveryResult.Delivered.class);
    assertThat(pauses).isEmpty();
  }

  @Test
  void metrics_that_the_pushgateway_refuses_are_no_reason_to_give_up_records() throws Exception {
    counted = 1;
    answers.add(Answer.of(400));
    assertThat(send(0))
        .isInstanceOfSatisfying(
            DeliveryResult.Retryable.class,
            r -> assertThat(r.reason()).contains("inconsistent").contains("400"));
  }

  @Test
  void the_newest_record_of_a_batch_is_what_must_be_counted() {
    Payload payload =
        integration.encode(List.of(record(7), record(9), record(8)), r -> Slice.EMPTY).payload();
    assertThat(payload.target()).isEqualTo("0/9");
    assertThat(payload.items()).isEqualTo(3);
  }

  @Test
  void without_a_pushgateway_nothing_is_taken() {
    try (PrometheusIntegration scraped = integration(false)) {
      assertThat(scraped.takes(record(0))).isFalse();
    }
    assertThat(integration.takes(record(0))).isTrue();
    assertThat(
            integration.takes(
                TestRecords.of(RecordKind.LOG, "LOG_LINE", "l", "{}", "2026-11-22T09:44:10Z")))
        .isFalse();
  }

  @Test
  void a_probe_asks_both_programs_whether_they_are_ready() throws Exception {
    assertThat(integration.probe()).isInstanceOf(Probe.Reachable.class);
    assertThat(backend.requests()).hasSize(2).allMatch(r -> r.target().equals("/-/ready"));
    answers.add(Answer.of(200));
    answers.add(Answer.of(503));
    assertThat(integration.probe())
        .isInstanceOfSatisfying(
            Probe.Unreachable.class, no -> assertThat(no.reason()).startsWith("endpoint"));
  }

  private DeliveryResult send(long offset) throws Exception {
    return integration.send(
        integration.encode(List.of(record(offset)), r -> Slice.EMPTY).payload());
  }

  private static Record record(long offset) {
    return TestRecords.event(
        "NODE_START", "e" + offset, "n", "", "", TestRecords.INGEST, TestRecords.INGEST, offset);
  }

  private PrometheusIntegration integration(boolean pushing) {
    HttpTransport http = Transports.plain();
    BaseUrl url = new BaseUrl(backend.url());
    PrometheusSettings settings =
        new PrometheusSettings(
            Optional.of(url),
            pushing ? Optional.of(url) : Optional.empty(),
            "onex",
            "host-1",
            INTERVAL,
            Duration.ofSeconds(5));
    PushedGroup group =
        new PushedGroup(
            url.at("/metrics/job/onex/instance/host-1"),
            Optional.empty(),
            settings.interval(),
            settings.timeout(),
            http,
            () ->
                new Exposition(
                    new Position(0, counted),
                    Pieces.of(Slice.utf8("onex_events_total " + counted + "\n"))),
            clock,
            pauses::add);
    return new PrometheusIntegration(
        settings, http, pushing ? Optional.of(group) : Optional.empty());
  }
}
