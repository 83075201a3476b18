package io.onex.integration.jaeger;

import static org.assertj.core.api.Assertions.assertThat;

import io.onex.bytes.Slice;
import io.onex.config.ConfigLoader;
import io.onex.config.Loaded;
import io.onex.config.Problem;
import io.onex.delivery.DeliveryResult;
import io.onex.delivery.Integration;
import io.onex.delivery.Integration.Probe;
import io.onex.delivery.IntegrationCatalog;
import io.onex.integration.Operations;
import io.onex.integration.Services;
import io.onex.testkit.FakeBackend;
import io.onex.testkit.FakeBackend.Behaviour.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zipkin2.Span;
import zipkin2.codec.SpanBytesDecoder;

class JaegerIntegrationTest {
  private final ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final FakeBackend collector =
      new FakeBackend(request -> answers.isEmpty() ? Answer.of(202) : answers.poll());

  @AfterEach
  void stop() {
    collector.close();
  }

  @Test
  void the_seeds_keys_with_the_port_of_the_receiver_deliver_spans_to_the_v2_api() throws Exception {
    String yaml = "agent_host: 127.0.0.1\nagent_port: " + collector.url().getPort();
    try (Integration jaeger = create(yaml)) {
      String body =
          Operations.ID + ",\"operation\":\"work\",\"duration_us\":7,\"outcome\":\"error\"}";
      DeliveryResult result =
          jaeger.send(jaeger.encode(List.of(Operations.ended(body)), r -> Slice.EMPTY).payload());

      assertThat(result).isInstanceOf(DeliveryResult.Delivered.class);
      FakeBackend.Request request = collector.requests().getFirst();
      assertThat(request.method() + " " + request.target()).isEqualTo("POST /api/v2/spans");
      assertThat(request.header("content-type")).isEqualTo("application/json");
      List<Span> spans = SpanBytesDecoder.JSON_V2.decodeList(request.body());
      assertThat(spans).hasSize(1);
      assertThat(spans.getFirst().name()).isEqualTo("onex.work");
      assertThat(spans.getFirst().duration()).isEqualTo(7);
      assertThat(spans.getFirst().tags()).containsKey("error");
    }
  }

  @Test
  void a_pipeline_that_is_full_is_tried_again_and_what_is_malformed_is_not() throws Exception {
    answers.add(Answer.of(500));
    answers.add(Answer.of(400));
    try (Integration jaeger = create("endpoint: " + collector.url())) {
      var payload =
          jaeger.encode(List.of(Operations.ended(Operations.ID + "}")), r -> Slice.EMPTY).payload();
      assertThat(jaeger.send(payload)).isInstanceOf(DeliveryResult.Retryable.class);
      assertThat(jaeger.send(payload)).isInstanceOf(DeliveryResult.Refused.class);
    }
  }

  @Test
  void a_probe_posts_a_list_without_spans() throws Exception {
    answers.add(Answer.of(202));
    answers.add(Answer.of(404));
    try (Integration jaeger = create("endpoint: " + collector.url())) {
      assertThat(jaeger.probe()).isInstanceOf(Probe.Reachable.class);
      assertThat(jaeger.probe()).isInstanceOf(Probe.Unreachable.class);
    }
    assertThat(collector.requests())
        .allSatisfy(request ->
            assertThat(new String(request.body(), StandardCharsets.UTF_8)).isEqualTo("[]"));
  }

  @ParameterizedTest
  @CsvSource({
    "'endpoint: http://h:9411/prefix', http://h:9411/prefix",
    "'agent_host: h', http://h:9411",
    "'agent_host: h\nagent_port: 6831', http://h:9411",
    "'agent_host: h\nagent_port: 6832', http://h:9411",
    "'agent_host: h\nagent_port: 14411', http://h:14411",
    "'agent_host: \"::1\"', http://[::1]:9411",
  })
  void settings_say_one_address(String yaml, String address) throws Exception {
    var section = ConfigLoader.section(new JaegerFactory().kind().settings(), yaml);
    assertThat(JaegerFactory.settings(section).collector().uri()).hasToString(address);
  }

  @ParameterizedTest
  @CsvSource({"6831, 1", "6832, 1", "9411, 0"})
  void the_port_of_the_retired_agent_is_a_warning_that_names_file_line_and_port(
      int port, int warnings) {
    Loaded loaded = load("jaeger:\n    agent_host: jaeger\n    agent_port: " + port);

    assertThat(loaded.config()).isPresent();
    assertThat(loaded.problems())
        .hasSize(warnings)
        .extracting(Problem::toString)
        .allSatisfy(line ->
            assertThat(line)
                .startsWith("onex.yaml:4:5: warning: integrations.jaeger.agent_port: port " + port)
                .contains("port 9411"));
  }

  @ParameterizedTest
  @CsvSource({
    "'jaeger: {}', give endpoint",
    "'jaeger: {agent_port: 9411}', agent_host",
    "'jaeger: {endpoint: \"http://h\", agent_host: h}', not both",
    "'jaeger: {agent_host: \"a b\"}', agent_host must be",
  })
  void settings_that_say_none_or_two_are_errors_of_the_file(String yaml, String reason) {
    Loaded loaded = load(yaml);

    assertThat(loaded.config()).isEmpty();
    assertThat(loaded.problems()).hasSize(1);
    assertThat(loaded.problems().getFirst().toString())
        .startsWith("onex.yaml:2:3: error: integrations.jaeger: ")
        .contains(reason);
  }

  private static Loaded load(String destination) {
    return new ConfigLoader(IntegrationCatalog.load().kinds(), name -> Optional.empty())
        .read("onex.yaml", "integrations:\n  " + destination + "\n", Path.of(""));
  }

  private static Integration create(String yaml) throws Exception {
    JaegerFactory factory = new JaegerFactory();
    return factory.create(ConfigLoader.section(factory.kind().settings(), yaml), Services.plain());
  }
}
