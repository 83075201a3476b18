package io.onex.event;

import static io.onex.event.DecoderFixture.metadata;
import static io.onex.event.DecoderFixture.nodeId;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/// `data_base64` of CloudEvents: decoded, it is `data`.
class Base64DataTest {
  private static final String DATA =
      "{\"node_id\":\"press-1\",\"metadata\":{\"a\":1,\"password\":\"hunter2\",\"b\":[\"\u00e4\"]}}";

  private final DecoderFixture codec = new DecoderFixture();

  private static String base64(String data) {
    return Base64.getEncoder().encodeToString(data.getBytes(StandardCharsets.UTF_8));
  }

  private static String event(String member) {
    return "{\"specversion\":\"1.0\",\"type\":\"com.onex.node_success\",\"source\":\"onex/x\","
        + member
        + ",\"id\":\"0a1b2c3d-0000-4000-8000-000000000001\",\"time\":\"2025-12-31T10:00:00Z\"}";
  }

  private static String encoded(String data) {
    return event("\"data_base64\": \"" + base64(data) + "\"");
  }

  @Test
  void it_reads_as_the_same_event_with_plain_data() {
    for (String data : new String[] {DATA, "{\"metadata\":{}}", "{\"x\":1}", "[1,2]", "\"text\""}) {
      DecodedEvent plain = codec.accepted(event("\"data\":" + data));
      String body = plain.body().utf8();
      String metadata = metadata(plain);
      String node = nodeId(plain);

      DecodedEvent decoded = codec.accepted(encoded(data));

      assertThat(decoded.body().utf8()).isEqualTo(body);
      assertThat(metadata(decoded)).isEqualTo(metadata);
      assertThat(nodeId(decoded)).isEqualTo(node);
      assertThat(decoded.repaired()).isTrue();
    }
  }

  @Test
  void secrets_inside_are_redacted() {
    DecodedEvent decoded = codec.accepted(encoded(DATA));

    assertThat(decoded.body().utf8()).contains("\"password\":\"***\"").doesNotContain("hunter2");
    assertThat(decoded.redacted()).isTrue();
  }

  @Test
  void escapes_in_key_and_text_are_read() {
    String data = "{\"metadata\":{\"q\":\"???>>>\"}}";
    assertThat(base64(data)).as("the case needs a slash").contains("/");

    DecodedEvent decoded =
        codec.accepted(
            event("\"data\\u005fbase64\" :\n\"" + base64(data).replace("/", "\\/") + "\""));

    assertThat(metadata(decoded)).isEqualTo("{\"q\":\"???>>>\"}");
  }

  @Test
  void an_empty_text_or_null_is_no_data() {
    assertThat(nodeId(codec.accepted(event("\"data_base64\":\"\"")))).isEqualTo("x");
    assertThat(nodeId(codec.accepted(event("\"data_base64\":null")))).isEqualTo("x");
  }

  @Test
  void what_is_no_base64_is_refused_where_it_is() {
    for (String bad : new String[] {"eyJ*", "e30", "====", "e3 0=", "e3=0", "_-_-", "e30=\u00e4"}) {
      String input = event("\"data_base64\":\"" + bad + "\"");
      Refusal refusal = codec.refused(input);

      assertThat(refusal.code()).as(bad).isEqualTo(RefusalCode.BAD_ENCODING);
      assertThat(refusal.field()).isEqualTo("data_base64");
      int start = input.indexOf(bad);
      assertThat(refusal.byteOffset()).as(bad).isBetween(start, start + bad.length());
    }
    String input = event("\"data_base64\":\"eyJ*\"");
    assertThat(codec.refused(input).byteOffset()).isEqualTo(input.indexOf('*'));
  }

  @Test
  void what_is_no_json_inside_is_refused_with_the_place_of_its_character() {
    String data = "{\"metadata\":{\"a\":nul}}";
    String input = encoded(data);

    Refusal refusal = codec.refused(input);

    assertThat(refusal.code()).isEqualTo(RefusalCode.NOT_JSON);
    assertThat(refusal.field()).isEqualTo("data_base64.metadata.a");
    int fault = data.indexOf("nul");
    assertThat(refusal.byteOffset())
        .isBetween(
            input.indexOf(base64(data)) + fault / 3 * 4,
            input.indexOf(base64(data)) + (fault + 4) / 3 * 4 + 4);
    assertThat(codec.refused(encoded("plain words")).field()).isEqualTo("data_base64");
  }

  @Test
  void more_than_one_value_inside_does_not_leak_into_the_event() {
    Refusal refusal = codec.refused(encoded("{},\"id\":\"other\""));

    assertThat(refusal.code()).isEqualTo(RefusalCode.TRAILING_DATA);
    assertThat(refusal.field()).isEqualTo("data_base64");
  }

  @Test
  void it_excludes_data_and_is_a_text() {
    Refusal both = codec.refused(event("\"data\":{},\"data_base64\":\"e30=\""));
    assertThat(both.code()).isEqualTo(RefusalCode.BAD_VALUE);
    assertThat(both.field()).isEqualTo("data_base64");

    assertThat(codec.refused(event("\"data_base64\":7")).code()).isEqualTo(RefusalCode.WRONG_TYPE);
  }

  @Test
  void faults_of_the_event_itself_keep_their_place() {
    String input = encoded(DATA).replace("2025-12-31T10:00:00Z", "yesterday");

    Refusal refusal = codec.refused(input);

    assertThat(refusal.code()).isEqualTo(RefusalCode.BAD_TIMESTAMP);
    assertThat(refusal.field()).isEqualTo("time");
    assertThat(refusal.byteOffset())
        .isBetween(input.indexOf("yesterday") - 1, input.indexOf("yesterday"));
  }

  @Test
  void it_means_nothing_outside_of_a_cloud_event() {
    DecodedEvent event =
        codec.accepted(
            "{\"event_type\":\"NODE_START\",\"node_id\":\"n\",\"data_base64\":\"*\",\"metadata\":{}}");

    assertThat(event.body().utf8()).contains("\"data_base64\":\"*\"");
  }
}
