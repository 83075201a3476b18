package io.onex.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The forms in which a CloudEvent comes over HTTP, and what becomes of each.
class CloudEventFormsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String OF_HEADER = "00000000-0000-4000-8000-0000000000";
  private static final String DATA = "{\"node_id\":\"n\",\"metadata\":{\"n\":1}}";

  @TempDir private Path folder;
  private TestGateway gateway;

  @BeforeEach
  void start() throws Exception {
    gateway = new TestGateway(folder, Map.of());
    gateway.start("");
  }

  @AfterEach
  void stop() throws IOException {
    gateway.close();
  }

  @ParameterizedTest
  @CsvSource({
    "application/cloudevents+json",
    "application/cloudevents+json; charset=UTF-8",
    "Application/CloudEvents+JSON",
    "application/cloudevents-batch+json",
    "APPLICATION/CLOUDEVENTS-BATCH+JSON; charset=utf-8"
  })
  void the_content_type_decides_whatever_headers_stand_beside_it(String type) throws Exception {
    boolean batch = type.toLowerCase(java.util.Locale.ROOT).contains("batch");
    String body = batch ? "[" + structured(11) + "," + structured(12) + "]" : structured(11);
    HttpResponse<String> answer = send(type, "", bytes(body), headers(99));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    assertThat(JSON.readTree(answer.body()).get("accepted").asInt()).isEqualTo(batch ? 2 : 1);
    assertThat(why(11).get("body").get("data").toString()).isEqualTo(DATA);
    assertThat(gateway.get("/onex/v1/why/" + OF_HEADER + "99").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({"application/cloudevents+avro", "application/cloudevents-batch+xml"})
  void an_event_format_nobody_reads_is_not_taken_for_the_data_of_the_headers(String type)
      throws Exception {
    assertThat(send(type, "", bytes("{}"), headers(1)).statusCode()).isEqualTo(415);
  }

  @Test
  void header_values_are_unquoted_and_decoded_and_extensions_are_kept() throws Exception {
    List<String> headers = new ArrayList<>(headers(21));
    headers.addAll(List.of("ce-subject", "\"a \\\"quoted\\\" %E2%82%AC\"", "CE-MyExt1", "100%25"));
    accepted(send("application/json", "", bytes(DATA), headers));
    JsonNode body = why(21).get("body");
    assertThat(body.get("subject").asText()).isEqualTo("a \"quoted\" €");
    assertThat(body.get("myext1").asText()).isEqualTo("100%");
    assertThat(body.get("datacontenttype").asText()).isEqualTo("application/json");
    assertThat(body.get("data").toString()).isEqualTo(DATA);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          ce-subject,         %C0%A0
          ce-subject,         100%
          ce-subject,         '"open'
          ce-subject,         a%0Ab
          ce-my_ext,          x
          ce-my-ext,          x
          ce-,                x
          ce-datacontenttype, application/json
          ce-data,            x
          ce-data_base64,     e30=
          ce-id,              second
          """)
  void what_the_binding_forbids_is_a_400_that_names_the_header_and_nothing_is_taken(
      String name, String value) throws Exception {
    List<String> headers = new ArrayList<>(headers(31));
    headers.addAll(List.of(name, value));
    HttpResponse<String> answer = send("application/json", "", bytes(DATA), headers);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(answer.body()).contains("header " + name).doesNotContain("rejected");
    assertThat(gateway.json("/onex/v1/status").get("ingest").get("accepted").asInt()).isZero();
  }

  @Test
  void more_attributes_than_are_kept_are_refused_rather_than_dropped() throws Exception {
    List<String> headers = new ArrayList<>(headers(32));
    for (int i = 0; i < 60; i++) {
      headers.addAll(List.of("ce-ext" + i, "x"));
    }
    assertThat(send("application/json", "", bytes(DATA), headers).statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({"gzip, 41", "deflate, 42", "zstd, 43", "identity, 44"})
  void a_packed_body_is_unpacked_before_it_becomes_the_data(String coding, int number)
      throws Exception {
    accepted(send("application/json", coding, packed(coding, bytes(DATA)), headers(number)));
    assertThat(why(number).get("body").get("data").toString()).isEqualTo(DATA);
  }

  @Test
  void a_packed_body_that_is_broken_or_too_large_is_refused() throws Exception {
    assertThat(send("application/json", "gzip", bytes("no gzip"), headers(51)).statusCode())
        .isEqualTo(400);
    byte[] bomb = packed("gzip", new byte[8 << 20]);
    assertThat(send("application/json", "gzip", bomb, headers(52)).statusCode()).isEqualTo(413);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      textBlock =
          """
          application/json         | {"metadata":{"a":1}} | {"metadata":{"a":1}}
          application/vnd.x+json   | {"metadata":{"a":1}} | {"metadata":{"a":1}}
          application/octet-stream | {"metadata":{"a":1}} | {"metadata":{"a":1}}
          text/plain               | {"metadata":{"a":1}} | {"metadata":{"a":1}}
          application/json         | "text"               | "text"
          application/json         | 12                   | 12
          text/plain               | plain words          | "plain words"
          application/xml          | <a/>                 | "<a/>"
          """)
  void data_is_what_its_type_and_look_say(String type, String data, String kept) throws Exception {
    accepted(send(type, "", bytes(data), headers(61)));
    assertThat(why(61).get("body").get("data").toString()).isEqualTo(kept);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          application/json         | ``       | {"node_id":"n","metadata":{"n":1}} | {"node_id":"n","metadata":{"n":1}}
          application/json         | gzip     | {"node_id":"n","metadata":{"n":1}} | {"node_id":"n","metadata":{"n":1}}
          application/json         | ``       | ` {"a":1}`                         | {"a":1}
          application/vnd.x+json   | ``       | [1]                                | [1]
          ``                       | ``       | {"a":1}                            | {"a":1}
          text/plain               | ``       | {"a":1}                            | {"a":1}
          text/plain               | ``       | plain                              | "plain"
          application/json         | ``       | ``                                 | ``
          application/cloudevents+json | ``   | ``                                 | ``
          """)
  void a_byte_order_mark_before_the_body_is_dropped_and_warned_of(
      String type, String coding, String data, String kept) throws Exception {
    boolean structured = type.startsWith("application/cloudevents");
    byte[] sent = bytes("\ufeff" + (structured ? structured(63) : data));
    HttpResponse<String> answer = send(type, coding, packed(coding, sent), headers(63));
    accepted(answer);
    assertThat(JSON.readTree(answer.body()).get("warnings").toString())
        .contains("\"byte_order_mark\":1");
    JsonNode body = why(63).get("body");
    assertThat(body.has("data") ? body.get("data").toString() : "")
        .isEqualTo(structured ? DATA : kept);
  }

  @Test
  void an_event_without_data_has_none() throws Exception {
    accepted(send("", "", new byte[0], headers(62)));
    assertThat(why(62).get("body").has("data")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      textBlock =
          """
          {},"id":"another"
          {}{}
          1},{"id":"another"
          """)
  void data_cannot_say_what_the_headers_say(String data) throws Exception {
    assertThat(send("application/json", "", bytes(data), headers(71)).statusCode()).isEqualTo(400);
    assertThat(gateway.get("/onex/v1/why/another").statusCode()).isEqualTo(404);
  }

  private JsonNode why(int number) throws Exception {
    return gateway.json("/onex/v1/why/" + OF_HEADER + number);
  }

  private static void accepted(HttpResponse<String> answer) throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    assertThat(JSON.readTree(answer.body()).get("accepted").asInt()).as(answer.body()).isEqualTo(1);
  }

  private static String structured(int number) {
    return "{\"specversion\":\"1.0\",\"type\":\"NODE_HEARTBEAT\",\"id\":\"%s\",\"source\":\"onex/n\",\"data\":%s}"
        .formatted(OF_HEADER + number, DATA);
  }

  private static List<String> headers(int number) {
    return List.of(
        "ce-specversion",
        "1.0",
        "ce-type",
        "NODE_HEARTBEAT",
        "ce-source",
        "onex/n",
        "ce-id",
        OF_HEADER + number);
  }

  private HttpResponse<String> send(String type, String coding, byte[] body, List<String> headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(gateway.uri("/v1/events"))
            .headers(headers.toArray(String[]::new))
            .POST(BodyPublishers.ofByteArray(body));
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    if (!coding.isEmpty()) {
      request.header("Content-Encoding", coding);
    }
    return gateway.client().send(request.build(), BodyHandlers.ofString());
  }

  private static byte[] packed(String coding, byte[] plain) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    switch (coding) {
      case "zstd" -> {
        return Zstd.compress(plain);
      }
      case "gzip" -> {
        try (OutputStream packing = new GZIPOutputStream(out)) {
          packing.write(plain);
        }
      }
      case "deflate" -> {
        try (OutputStream packing = new DeflaterOutputStream(out)) {
          packing.write(plain);
        }
      }
      default -> out.write(plain);
    }
    return out.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
