package io.onex.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalTest {
  private final DecoderFixture codec = new DecoderFixture();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"a":1                                          | not_json      | a                | 6
          {"a":{"b":1,}}                                  | not_json      | a.b              | 12
          {"a":{"b" 1}}                                   | not_json      | a.b              | 10
          {'a':1}                                         | not_json      | ``               | 1
          {"a":tru}                                       | not_json      | a                | 5
          {"a":[1 2]}                                     | not_json      | a                | 8
          {"a":[1}                                        | not_json      | a                | 7
          {"a":"\\x"}                                     | not_json      | a                | 6
          {"a":"\\u12g4"}                                 | not_json      | a                | 6
          {"a":01}                                        | bad_number    | a                | 5
          {"a":1.}                                        | bad_number    | a                | 7
          {"a":-}                                         | bad_number    | a                | 6
          {"a":1e+}                                       | bad_number    | a                | 8
          {"a":{"b":1,"b":2}}                             | duplicate_key | a.b              | 12
          {"a":1,"\\u0061":2}                             | duplicate_key | a                | 7
          {"a":"\\ud800"}                                 | bad_encoding  | a                | 6
          {"a":"\\udc00\\ud800"}                          | bad_encoding  | a                | 6
          {} {}                                           | trailing_data | ``               | 3
          2026-01-02 10:00:00 - onex - INFO - started     | not_json      | ``               | 4
          05/27/2026 started                              | not_json      | ``               | 0
          "NODE_START" "NODE_SUCCESS"                     | not_json      | ``               | 13
          []                                              | not_object    | ``               | 0
          "NODE_START"                                    | not_object    | ``               | 0
          {}                                              | missing_field | event_type       | 0
          {"node_id":"n","metadata":{}}                   | missing_field | event_type       | 0
          {"node_id":"n","event_type":null,"metadata":{}} | missing_field | event_type       | 28
          {"event_type":"X","node_id":null}               | missing_field | node_id          | 28
          {"event_type":"","node_id":"n"}                 | missing_field | event_type       | 14
          {"event_type":"X","metadata":{}}                | missing_field | node_id          | 0
          {"event_type":"X","node_id":5}                  | wrong_type    | node_id          | 28
          {"event_type":[],"node_id":"n"}                 | wrong_type    | event_type       | 14
          {"event_type":{"x":1},"node_id":"n"}            | wrong_type    | event_type       | 14
          {"event_type":"a b","node_id":"n"}              | bad_value     | event_type       | 14
          {"event_type":"OPERATION_ENDED","node_id":"n"}  | bad_value     | event_type       | 14
          {"event_type":"NODE_START","node_id":"n","metadata":"{"}  | wrong_type | metadata  | 52
          {"event_type":"NODE_START","node_id":"n","metadata":[]}   | wrong_type | metadata  | 52
          {"event_type":"X","node_id":"n","correlation_id":{}}      | wrong_type | correlation_id | 49
          {"event_type":"X","node_id":"n","timestamp":"yesterday"}  | bad_timestamp | timestamp | 44
          {"event_type":"X","node_id":"n","timestamp":true}         | bad_timestamp | timestamp | 44
          {"payload":null,"envelope_id":"e"}              | missing_field | payload          | 11
          {"envelope_id":"e"}                             | missing_field | payload          | 0
          {"envelope_id":"e","payload":"{}"}              | wrong_type    | payload          | 29
          {"payload":{"event_type":"NODE_START"}}         | missing_field | payload.node_id  | 11
          {"payload":{"event_type":"NODE_START","node_id":1}}       | wrong_type | payload.node_id | 48
          {"specversion":"1.0","source":"s","id":"1"}     | missing_field | type             | 0
          """)
  void each_fault_is_named_with_its_field_and_place(
      String input, String code, String field, int offset) {
    Refusal refusal = codec.refused(input);

    assertThat(refusal.code().code()).as(refusal.toString()).isEqualTo(code);
    assertThat(refusal.field()).isEqualTo(field);
    assertThat(refusal.byteOffset()).isEqualTo(offset);
    assertThat(refusal.message()).isNotBlank();
  }

  @Test
  void bytes_that_are_not_utf_8_are_refused_where_they_stand() {
    byte[] latin1 = "{\"a\":\"\u00fc\"}".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(codec.refused(latin1).code()).isEqualTo(RefusalCode.BAD_ENCODING);
    assertThat(codec.refused(latin1).byteOffset()).isEqualTo(6);

    byte[] utf16 = "{\"a\":1}".getBytes(StandardCharsets.UTF_16);
    assertThat(codec.refused(utf16).code()).isEqualTo(RefusalCode.BAD_ENCODING);

    // An overlong slash, a surrogate in UTF-8, and a code point beyond the last.
    for (int[] bad : new int[][] {{0xc0, 0xaf}, {0xed, 0xa0, 0x80}, {0xf4, 0x90, 0x80, 0x80}}) {
      byte[] input = "{\"a\":\"____\"}".getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < bad.length; i++) {
        input[6 + i] = (byte) bad[i];
      }
      assertThat(codec.refused(input).code()).isEqualTo(RefusalCode.BAD_ENCODING);
    }
  }

  @Test
  void bytes_that_are_no_text_are_told_from_text_that_is_no_json() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write("{\"node_id\":\"n\"}".getBytes(StandardCharsets.UTF_8));
    }
    Refusal gzip = codec.refused(packed.toByteArray());
    assertThat(gzip.code()).isEqualTo(RefusalCode.BAD_ENCODING);
    assertThat(gzip.byteOffset()).isEqualTo(1);
    assertThat(gzip.message()).contains("gzip");

    Refusal behind = codec.refused("{} gr\u00fcn".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(behind.code()).isEqualTo(RefusalCode.BAD_ENCODING);
    assertThat(behind.byteOffset()).isEqualTo(5);
    assertThat(behind.message()).doesNotContain("gzip");

    assertThat(codec.refused("gr\u00fcn").code()).isEqualTo(RefusalCode.NOT_JSON);
  }

  @Test
  void the_path_of_a_deep_fault_is_cut_short() {
    Refusal refusal = codec.refused("{\"key\":".repeat(70) + "1" + "}".repeat(70));

    assertThat(refusal.code()).isEqualTo(RefusalCode.TOO_DEEP);
    assertThat(refusal.field()).startsWith("key.key.key").endsWith(".\u2026").hasSizeLessThan(200);
  }

  @Test
  void depth_size_and_number_length_have_limits() {
    String deepest = "{\"a\":" + "[".repeat(63) + "]".repeat(63) + "}";
    assertThat(codec.refused(deepest).code()).isEqualTo(RefusalCode.MISSING_FIELD);
    String deeper = "{\"a\":" + "[".repeat(64) + "]".repeat(64) + "}";
    assertThat(codec.refused(deeper).code()).isEqualTo(RefusalCode.TOO_DEEP);

    String large = "{\"a\":\"" + "x".repeat(1 << 20) + "\"}";
    assertThat(codec.refused(large).code()).isEqualTo(RefusalCode.TOO_LARGE);

    String number = "{\"a\":" + "9".repeat(1001) + "}";
    assertThat(codec.refused(number).code()).isEqualTo(RefusalCode.BAD_NUMBER);
  }

  @Test
  void a_refusal_never_repeats_what_the_input_held() {
    Refusal refusal =
        codec.refused("{\"event_type\":\"hunter2 is my password\",\"node_id\":\"n\"}");

    assertThat(refusal.toString()).doesNotContain("hunter2");
  }

  @Test
  void the_second_of_five_thousand_keys_that_is_twice_is_found() {
    StringBuilder object = new StringBuilder("{\"k17\":0");
    for (int i = 18; i < 5_000; i++) {
      object.append(",\"k").append(i).append("\":").append(i);
    }
    assertThat(codec.refused(object + "}").code()).isEqualTo(RefusalCode.MISSING_FIELD);

    Refusal refusal = codec.refused(object + ",\"k4711\":1}");
    assertThat(refusal.code()).isEqualTo(RefusalCode.DUPLICATE_KEY);
    assertThat(refusal.byteOffset()).isEqualTo(object.length() + 1);
  }
}
