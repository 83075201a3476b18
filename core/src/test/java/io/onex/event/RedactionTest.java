package io.onex.event;

import static io.onex.event.DecoderFixture.metadata;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.onex.bytes.Slice;
import io.onex.enrichment.RedactionPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionTest {
  private final DecoderFixture codec = new DecoderFixture();
  private final ObjectMapper jackson = new ObjectMapper();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "password":"hunter2"                           | "password":"***"
          "pass\\u0077ord":"hunter2"                     | "pass\\u0077ord":"***"
          "token":12345                                  | "token":"***"
          "api_keys":["a",{"b":"c"},null,true,1]         | "api_keys":["***",{"b":"***"},null,true,"***"]
          "auth":{"user":"u","deep":{"x":[1.5]}}         | "auth":{"user":"***","deep":{"x":["***"]}}
          "secret":null,"password":""                    | "secret":null,"password":""
          "secret":NaN                                   | "secret":null
          "kwargs_keys":["a"],"payload_hash":"beef"      | "kwargs_keys":["a"],"payload_hash":"beef"
          "url":"postgresql://user:pw@db/x"              | "url":"postgresql://user:***@db/x"
          "url":"redis://:p@ss/w@h:1/0"                  | "url":"redis://:***@h:1/0"
          "url":"https:\\/\\/u:pw@h"                     | "url":"https://u:***@h"
          "url":"http://h:8080/@me and u@h"              | "url":"http://h:8080/@me and u@h"
          "h":"Authorization: bearer abc.def-1, more"    | "h":"Authorization: bearer ***, more"
          "h":"the bearer of this"                       | "h":"the bearer of this"
          "m":"login with password=hunter2 failed"       | "m":"login with password=*** failed"
          "m":"GET /x?api_key=abc&page=2"                | "m":"GET /x?api_key=***&page=2"
          "m":"got {'password': 'a b', 'x': 1}"          | "m":"got {'password': '***', 'x': 1}"
          "m":"got {\\"token\\": \\"a\\"} back\\n"       | "m":"got {\\"token\\": \\"***\\"} back\\n"
          "v":"{\\"password\\":\\"p\\",\\"x\\":\\"é\\"}" | "v":"{\\"password\\":\\"***\\",\\"x\\":\\"é\\"}"
          "v":"{\\"w\\":\\"{\\\\\\"token\\\\\\":\\\\\\"t\\\\\\"}\\"}" | "v":"{\\"w\\":\\"{\\\\\\"token\\\\\\":\\\\\\"***\\\\\\"}\\"}"
          "v":"{\\"password\\":\\"hunt"                  | "v":"{\\"password\\":\\"***"
          """)
  void a_secret_is_replaced_wherever_it_stands(String members, String expected) throws Exception {
    DecodedEvent event =
        codec.accepted(
            "{\"event_type\":\"X\",\"metadata\":{%s},\"node_id\":\"n\"}".formatted(members));

    assertThat(metadata(event)).isEqualTo("{" + expected + "}");
    assertThat(event.redacted()).isEqualTo(expected.contains("***"));
    assertThat(DecoderFixture.nodeId(event)).as("offsets behind the edit").isEqualTo("n");
    JsonNode body = jackson.readTree(event.body().utf8());
    assertThat(body.get("node_id").textValue()).isEqualTo("n");
  }

  @Test
  void a_pem_block_is_replaced_whole_even_when_it_is_cut_off() {
    String key = "before -----BEGIN RSA PRIVATE KEY-----\\nMIIE\\nabc=\\n";
    DecodedEvent event =
        codec.accepted(
            "{\"event_type\":\"X\",\"node_id\":\"n\",\"metadata\":{\"a\":\"%s-----END RSA PRIVATE KEY----- after\"}}"
                .formatted(key));
    assertThat(metadata(event)).isEqualTo("{\"a\":\"before *** after\"}");

    DecodedEvent cut =
        codec.accepted(
            "{\"event_type\":\"X\",\"node_id\":\"n\",\"metadata\":{\"a\":\"%s\"}}".formatted(key));
    assertThat(metadata(cut)).isEqualTo("{\"a\":\"before ***\"}");
  }

  @Test
  void secrets_outside_the_metadata_are_replaced_as_well() {
    DecodedEvent envelope =
        codec.accepted(
            "{\"payload\":{\"a\":1},\"envelope_id\":\"e\",\"security_context\":{\"username\":\"u\",\"access_token\":\"SECRET\"}}");
    assertThat(envelope.body().utf8())
        .contains("\"username\":\"u\",\"access_token\":\"***\"")
        .doesNotContain("SECRET");

    DecodedEvent log =
        codec.accepted(
            "{\"level\":\"INFO\",\"message\":\"token=SECRET\",\"session_id\":\"SECRET\"}");
    assertThat(log.body().utf8()).doesNotContain("SECRET");

    DecodedEvent deadLetter =
        codec.accepted(
            "{\"original_topic\":\"t\",\"original_message\":{\"value\":\"{\\\"client_secret\\\":\\\"SECRET\\\"}\"}}");
    assertThat(deadLetter.body().utf8()).doesNotContain("SECRET");

    DecodedEvent ids =
        codec.accepted(
            "{\"event_type\":\"X\",\"event_id\":\"x://u:SECRET@h\",\"node_id\":\"y://u:SECRET@h\"}");
    assertThat(ids.eventId().utf8()).matches("x://u:\\*{3}-[0-9a-f]{16}@h");
    assertThat(DecoderFixture.nodeId(ids)).matches("y://u:\\*{3}-[0-9a-f]{16}@h");
  }

  @Test
  void redacting_again_changes_nothing() {
    DecodedEvent once =
        codec.accepted(
            "{\"event_type\":\"X\",\"node_id\":\"n\",\"metadata\":{\"token\":\"t\",\"u\":\"a://b:c@d\",\"m\":\"Bearer x key=v\"}}");
    String body = once.body().utf8();

    DecodedEvent twice = codec.accepted(body);

    assertThat(twice.redacted()).isFalse();
    assertThat(twice.body().utf8()).isEqualTo(body);
  }

  @Test
  void refused_text_is_cleaned_without_being_understood() {
    String broken =
        "{\"password\": \"SECRET\", \"auth\":{\"a\":\"SECRET\"}, \"pwd\":SECRET,, \"x\":\"b://c:SECRET@d\", \"token\":\"SECRET";

    Slice clean = BrokenText.redact(Slice.utf8(broken), RedactionPolicy.DEFAULT);

    assertThat(clean.utf8())
        .isEqualTo(
            "{\"password\": \"***\", \"auth\":***, \"pwd\":***,, \"x\":\"b://c:***@d\", \"token\":\"***");
  }

  @Test
  void keys_of_refused_text_are_read_in_escapes_of_any_letter() {
    String broken =
        "{\"\\u043f\\u0430\\u0440\\u043e\\u043b\\u044c\":\"SECRET\",\"contrase\\u00f1a\":\"SECRET\",\"m\":\"password\\uff1aSECRET\",";

    Slice clean = BrokenText.redact(Slice.utf8(broken), RedactionPolicy.DEFAULT);

    assertThat(clean.utf8())
        .isEqualTo("{\"пароль\":\"***\",\"contraseña\":\"***\",\"m\":\"password：***\",");
  }

  /// White space of JSON between key, colon and value hides no secret, wherever it stands.
  @Test
  void refused_text_is_cleaned_across_the_ends_of_its_lines() {
    String[] spaces = {"", " ", "\t", "\n", "\r\n", "\n\n", " \r\n\t "};
    for (String before : spaces) {
      for (String behind : spaces) {
        for (String value :
            new String[] {"\"SECRET\"", "12345678", "[\n\"SECRET\"]", "{\n\"a\":\"SECRET\"}"}) {
          String start = "{\"user\":\"bob\",\n\"password\"" + before + ":" + behind;
          String clean =
              BrokenText.redact(Slice.utf8(start + value + ",\n\"n\":1,}"), RedactionPolicy.DEFAULT)
                  .utf8();

          String mask = value.startsWith("\"") ? "\"***\"" : "***";
          assertThat(clean).isEqualTo(start + mask + ",\n\"n\":1,}");
        }
      }
    }
  }

  @Test
  void the_value_of_a_very_long_sensitive_key_is_replaced() {
    DecodedEvent event =
        codec.accepted(
            "{\"event_type\":\"X\",\"node_id\":\"n\",\"metadata\":{\"%s_password\":\"SECRET\",\"%s\":1}}"
                .formatted("x".repeat(500), "y".repeat(500)));

    assertThat(metadata(event)).contains("_password\":\"***\"").endsWith("\":1}");
  }

  /// Linear work ends in a fraction of the limit, quadratic work long after it.
  @Test
  @Timeout(60)
  void many_at_signs_take_linear_time() {
    String text = "a://b:" + "@".repeat(1_000_000);

    DecodedEvent event =
        codec.accepted(
            "{\"event_type\":\"X\",\"node_id\":\"n\",\"metadata\":{\"a\":\"%s\"}}".formatted(text));

    assertThat(event.redacted()).isTrue();
  }
}
