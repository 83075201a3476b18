package io.onex.integration.zipkin;

import static org.assertj.core.api.Assertions.assertThat;

import io.onex.bytes.Slice;
import io.onex.delivery.DeliveryResult;
import io.onex.delivery.Encoding;
import io.onex.delivery.Integration.Probe;
import io.onex.delivery.http.BaseUrl;
import io.onex.integration.Operations;
import io.onex.integration.SteppedClock;
import io.onex.integration.TestRecords;
import io.onex.integration.Transports;
import io.onex.log.Record;
import io.onex.log.RecordKind;
import io.onex.testkit.FakeBackend;
import io.onex.testkit.FakeBackend.Behaviour.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import zipkin2.Endpoint;
import zipkin2.Span;
import zipkin2.codec.SpanBytesDecoder;

class ZipkinIntegrationTest {
  private static final String AT = "2026-11-22T09:44:10Z";

  private final ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final FakeBackend zipkin =
      new FakeBackend(request -> answers.isEmpty() ? Answer.of(202) : answers.poll());
  private final ZipkinIntegration integration =
      new ZipkinIntegration(
          new ZipkinSettings(new BaseUrl(zipkin.url()), Duration.ofSeconds(5)),
          Transports.plain(),
          new SteppedClock());

  @AfterEach
  void stop() {
    integration.close();
    zipkin.close();
  }

  @Test
  void one_operation_is_one_span_that_zipkins_own_decoder_reads() {
    Span span =
        decode(
            encode(
                Operations.ended(
                    """
                    {"operation_id":"op-1","family":"node","node_id":"Stamper:1.0.0","node_name":"Stamper",
                     "version":"1.0.0","operation":"Stamp File","function":null,"correlation_id":"corr-1",
                     "trace_id":"0123456789abcdef0123456789abcdef","span_id":"00000000000000aa",
                     "parent_span_id":"00000000000000bb","start_us":1795341850303181,
                     "end_us":1795341851803181,"duration_us":1500000,"duration_source":"end_minus_start",
                     "outcome":"success","start_event_id":"e-1","end_event_id":"e-2",
                     "clock_corrected":false}
                    """)));

    assertThat(span)
        .isEqualTo(
            Span.newBuilder()
                .traceId("0123456789abcdef0123456789abcdef")
                .id("00000000000000aa")
                .parentId("00000000000000bb")
                .name("onex.stamp file")
                .kind(Span.Kind.SERVER)
                .timestamp(1795341850303181L)
                .duration(1500000)
                .localEndpoint(Endpoint.newBuilder().serviceName("stamper").build())
                .putTag("node.id", "Stamper:1.0.0")
                .putTag("node.version", "1.0.0")
                .putTag("correlation.id", "corr-1")
                .putTag("onex.family", "node")
                .putTag("onex.operation", "Stamp File")
                .putTag("onex.duration_source", "end_minus_start")
                .putTag("onex.start_event_id", "e-1")
                .putTag("onex.end_event_id", "e-2")
                .putTag("outcome", "success")
                .build());
  }

  @Test
  void a_failed_operation_says_what_went_wrong() {
    Span span =
        decode(
            encode(
                Operations.ended(
                    Operations.ID
                        + ",\"outcome\":\"error\",\"error\":{\"message\":\"no"
                        + " \\\"disk\\\"\",\"type\":\"IOError\",\"code\":\"E1\"}}")));

    assertThat(span.tags())
        .containsEntry("error", "no \"disk\"")
        .containsEntry("error.type", "IOError")
        .containsEntry("error.code", "E1");
  }

  @Test
  void a_failure_without_words_is_still_marked() {
    assertThat(
            decode(
                    encode(
                        Operations.ended(Operations.ID + ",\"outcome\":\"error\",\"error\":null}")))
                .tags())
        .containsEntry("error", "true");
  }

  @Test
  void a_success_is_never_marked_as_failed() {
    String body = Operations.ID + ",\"outcome\":\"success\",\"error\":{\"message\":\"stale\"}}";
    assertThat(decode(encode(Operations.ended(body))).tags()).doesNotContainKey("error");
  }

  @Test
  void an_operation_inside_a_node_has_no_kind_and_one_without_a_name_bears_the_nodes() {
    Span span =
        decode(
            encode(
                Operations.ended(
                    Operations.ID
                        + ",\"family\":\"telemetry\",\"node_name\":\"Tree\",\"operation\":\"unknown\"}")));

    assertThat(span.kind()).isNull();
    assertThat(span.name()).isEqualTo("onex.tree");
    assertThat(span.localServiceName()).isEqualTo("tree");
  }

  @Test
  void the_shortest_duration_is_a_microsecond_because_zero_means_unknown() {
    assertThat(decode(encode(Operations.ended(Operations.ID + ",\"duration_us\":0}"))).duration())
        .isEqualTo(1);
  }

  @Test
  void a_duration_nobody_knows_is_left_out() {
    String body = Operations.ID + ",\"duration_us\":null,\"duration_source\":\"none\"}";
    assertThat(decode(encode(Operations.ended(body))).duration()).isNull();
  }

  @Test
  void a_corrected_clock_is_told() {
    assertThat(
            decode(encode(Operations.ended(Operations.ID + ",\"clock_corrected\":true}"))).tags())
        .containsEntry("clock_corrected", "true");
  }

  @Test
  void what_no_span_can_be_made_of_is_refused_alone() {
    Encoding encoding =
        integration.encode(
            List.of(
                Operations.ended(Operations.ID + "}"),
                Operations.ended("{\"trace_id\":\"xyz\"}"),
                Operations.ended("{\"trace_id\":\"00000000000000000000000000000000\"}"),
                Operations.ended(Operations.ID.replace("1795341850303181", "0") + "}"),
                Operations.ended(Operations.ID + ",\"parent_span_id\":\"1\"}")),
            r -> Slice.EMPTY);

    assertThat(encoding.refused()).extracting(Encoding.Refusal::index).containsExactly(1, 2, 3, 4);
    assertThat(encoding.payload().items()).isEqualTo(1);
    assertThat(SpanBytesDecoder.JSON_V2.decodeList(bytes(encoding))).hasSize(1);
  }

  @Test
  void only_ended_operations_are_taken() {
    assertThat(integration.takes(Operations.ended(Operations.ID + "}"))).isTrue();
    assertThat(
            integration.takes(TestRecords.of(RecordKind.DERIVED, "OPERATION_STUCK", "x", "{}", AT)))
        .isFalse();
    assertThat(integration.takes(TestRecords.event("NODE_SUCCESS", "x", "n", "", "", AT)))
        .isFalse();
    assertThat(
            integration.takes(TestRecords.of(RecordKind.EVENT, "OPERATION_ENDED", "x", "{}", AT)))
        .isFalse();
  }

  @Test
  void spans_are_posted_as_json_to_the_v2_api() throws Exception {
    DeliveryResult result =
        integration.send(encode(Operations.ended(Operations.ID + "}")).payload());

    assertThat(result).isInstanceOf(DeliveryResult.Delivered.class);
    FakeBackend.Request request = zipkin.requests().getFirst();
    assertThat(request.method() + " " + request.target()).isEqualTo("POST /api/v2/spans");
    assertThat(request.header("content-type")).isEqualTo("application/json");
    assertThat(SpanBytesDecoder.JSON_V2.decodeList(request.body())).hasSize(1);
  }

  @Test
  void an_overloaded_collector_is_tried_again_and_a_malformed_request_is_not() throws Exception {
    answers.add(Answer.of(503));
    answers.add(Answer.of(400));
    Encoding encoding = encode(Operations.ended(Operations.ID + "}"));

    assertThat(integration.send(encoding.payload())).isInstanceOf(DeliveryResult.Retryable.class);
    assertThat(integration.send(encoding.payload())).isInstanceOf(DeliveryResult.Refused.class);
  }

  @Test
  void a_probe_asks_for_health() throws Exception {
    answers.add(Answer.of(200));
    answers.add(Answer.of(503));
    assertThat(integration.probe()).isInstanceOf(Probe.Reachable.class);
    assertThat(integration.probe()).isInstanceOf(Probe.Unreachable.class);
    assertThat(zipkin.requests()).allMatch(r -> r.target().equals("/health"));
  }

  private Encoding encode(Record record) {
    return integration.encode(List.of(record), r -> Slice.EMPTY);
  }

  private static Span decode(Encoding encoding) {
    List<Span> spans = SpanBytesDecoder.JSON_V2.decodeList(bytes(encoding));
    assertThat(spans).hasSize(1);
    return spans.getFirst();
  }

  private static byte[] bytes(Encoding encoding) {
    return encoding.payload().parts().getFirst().utf8().getBytes(StandardCharsets.UTF_8);
  }
}
