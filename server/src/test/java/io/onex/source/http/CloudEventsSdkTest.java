package io.onex.source.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.http.HttpMessageFactory;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.http.WritableHeaders;
import io.onex.bytes.Slice;
import io.onex.http.ProblemException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the official Java SDK of CloudEvents writes and reads, as judge of binary events. What has
/// to be percent-encoded it writes as it is, so of that it is no judge.
class CloudEventsSdkTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void what_the_sdk_writes_is_read_as_it_was_meant() throws Exception {
    long seed = new Random().nextLong();
    System.out.println("CloudEventsSdkTest seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 1_000; round++) {
      String subject = text(random);
      String extension = text(random);
      CloudEvent event =
          CloudEventBuilder.v1()
              .withId("id-" + text(random))
              .withSource(URI.create("onex/n" + round))
              .withType("NODE_START")
              .withSubject(subject)
              .withExtension("traceparent1", extension)
              .withExtension("flag", random.nextBoolean())
              .withExtension("count", random.nextInt())
              .withData(
                  "application/json",
                  ("{\"metadata\":{\"round\":" + round + "}}").getBytes(StandardCharsets.UTF_8))
              .build();
      WritableHeaders<?> headers = WritableHeaders.create();
      byte[][] body = new byte[1][];
      HttpMessageFactory.createWriter(
              (name, value) -> headers.add(HeaderNames.create(name), value),
              bytes -> body[0] = bytes)
          .writeBinary(event);

      ServerRequestHeaders sent = ServerRequestHeaders.create(headers);
      assertThat(BinaryCloudEvent.is(sent)).isTrue();
      JsonNode read =
          JSON.readTree(BinaryCloudEvent.of(sent).structured(Slice.of(body[0])).toByteArray());
      assertThat(read.get("id").asText()).as("seed " + seed).isEqualTo(event.getId());
      assertThat(read.get("source").asText()).isEqualTo(event.getSource().toString());
      assertThat(read.get("subject").asText()).isEqualTo(subject);
      for (String name : event.getExtensionNames()) {
        assertThat(read.get(name).asText()).isEqualTo(String.valueOf(event.getExtension(name)));
      }
      assertThat(read.get("datacontenttype").asText()).isEqualTo("application/json");
      assertThat(read.get("data").get("metadata").get("round").asInt()).isEqualTo(round);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ce-a-b, x, false",
    "ce-under_score, x, false",
    "ce-UPPER, x, true",
    "ce-subject, plain, true",
    "ce-subject, a;b=c, true"
  })
  void names_and_values_are_taken_and_refused_as_the_sdk_does(
      String name, String value, boolean taken) {
    Map<String, String> all =
        new HashMap<>(
            Map.of(
                "ce-specversion", "1.0", "ce-id", "1", "ce-source", "s", "ce-type", "NODE_START"));
    all.put(name, value);
    WritableHeaders<?> headers = WritableHeaders.create();
    all.forEach((key, text) -> headers.add(HeaderNames.create(key), text));
    ServerRequestHeaders sent = ServerRequestHeaders.create(headers);
    if (taken) {
      CloudEvent theirs = HttpMessageFactory.createReader(all, new byte[0]).toEvent();
      Map<String, String> ours = BinaryCloudEvent.of(sent).attributes();
      assertThat(ours.get("id")).isEqualTo(theirs.getId());
      theirs
          .getExtensionNames()
          .forEach(key ->
              assertThat(ours.get(key))
                  .isEqualTo(Objects.requireNonNull(theirs.getExtension(key)).toString()));
    } else {
      assertThatThrownBy(() -> HttpMessageFactory.createReader(all, new byte[0]).toEvent())
          .isInstanceOf(RuntimeException.class);
      assertThatThrownBy(() -> BinaryCloudEvent.of(sent))
          .isInstanceOf(ProblemException.class)
          .hasMessageContaining(name);
    }
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder("x");
    for (int length = random.nextInt(12); length > 0; length--) {
      text.append(
          random.nextInt(3) == 0
              ? "$&'()*+,/:;=?@-._~!#[]|^`{}<>\\".charAt(random.nextInt(30))
              : (char) ('a' + random.nextInt(26)));
    }
    return text.append('x').toString();
  }
}
