package io.onex.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.onex.bytes.Slice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonAccessTest {
  private static final Slice BODY =
      Slice.utf8(
          """
          { "node_id" : "a\\"b", "n":-12.5e1 ,"big":9007199254740993, "deep":{"x":{"status":"error"}},
            "list":[1,"two",{"y":[]},null], "k\\u0065y":true, "none":null,"empty":""}
          """);

  private final ObjectMapper jackson = new ObjectMapper();

  @Test
  void a_field_is_found_by_name_and_by_path() {
    assertThat(JsonFields.find(BODY, "n")).isEqualTo(Slice.utf8("-12.5e1"));
    assertThat(JsonFields.textIs(JsonFields.find(BODY, "deep", "x", "status"), "error")).isTrue();
    assertThat(JsonFields.find(BODY, "deep", "nothing", "status")).isEqualTo(Slice.EMPTY);
    assertThat(JsonFields.find(BODY, "status")).isEqualTo(Slice.EMPTY);
  }

  @Test
  void a_key_written_with_escapes_is_the_same_key() {
    assertThat(JsonFields.kind(JsonFields.find(BODY, "key"))).isEqualTo(JsonKind.TRUE);
  }

  @Test
  void a_value_is_read_as_what_it_is() {
    assertThat(JsonFields.text(JsonFields.find(BODY, "node_id"))).isEqualTo("a\"b");
    assertThat(JsonFields.text(JsonFields.find(BODY, "none"))).isEmpty();
    assertThat(JsonFields.text(JsonFields.find(BODY, "empty"))).isEmpty();
    assertThat(JsonFields.number(JsonFields.find(BODY, "n"))).isEqualTo(-125);
    assertThat(JsonFields.number(JsonFields.find(BODY, "node_id"))).isNaN();
    assertThat(JsonFields.integer(JsonFields.find(BODY, "big"), 0)).isEqualTo(9007199254740993L);
    assertThat(JsonFields.integer(JsonFields.find(BODY, "n"), 7)).isEqualTo(7);
  }

  @Test
  void a_cursor_visits_every_member_once_and_in_order() {
    List<String> seen = new ArrayList<>();
    JsonCursor at = new JsonCursor();
    for (at.enter(BODY); at.next(); ) {
      seen.add(at.key() + "=" + at.kind());
    }

    assertThat(seen)
        .containsExactly(
            "node_id=STRING",
            "n=NUMBER",
            "big=NUMBER",
            "deep=OBJECT",
            "list=ARRAY",
            "key=TRUE",
            "none=NULL",
            "empty=STRING");
    assertThat(at.next()).isFalse();
  }

  @Test
  void a_cursor_walks_the_elements_of_an_array() {
    JsonCursor at = new JsonCursor().enter(JsonFields.find(BODY, "list"));
    List<String> seen = new ArrayList<>();
    while (at.next()) {
      seen.add(at.text());
    }

    assertThat(seen).containsExactly("1", "two", "{\"y\":[]}", "null");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{\"a",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":\"",
        "{\"a\":[",
        "{\"a\":1,",
        "[",
        "7"
      })
  void broken_input_ends_the_walk(String broken) {
    JsonCursor at = new JsonCursor().enter(Slice.utf8(broken));
    int steps = 0;
    while (at.next()) {
      steps++;
    }

    assertThat(steps).isLessThanOrEqualTo(1);
    assertThat(JsonFields.find(Slice.utf8(broken), "b")).isEqualTo(Slice.EMPTY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "1",
        "-1.5",
        "0.1",
        "12.96",
        "1e3",
        "1E-3",
        "2.5e+10",
        "123456789012345678",
        "12345678901234567890",
        "4.35",
        "1.7976931348623157e308",
        "1e400",
        "9007199254740993",
        "0.000000000000000000000001",
        "3021.7"
      })
  void a_number_reads_as_the_jdk_reads_it(String number) {
    assertThat(JsonNumber.toDouble(Slice.utf8(number))).isEqualTo(Double.parseDouble(number));
  }

  @Test
  void what_the_writer_writes_is_read_back_by_another_parser() throws Exception {
    JsonWriter json = new JsonWriter(1);
    json.beginObject()
        .key("te\"xt")
        .text("a\\b\"c\n\u0001é€😀 end")
        .key("slice")
        .text(Slice.utf8("tab\tÄ"))
        .key("same")
        .escapedText(Slice.utf8("a\\nb"))
        .key("list")
        .beginArray()
        .number(Long.MIN_VALUE)
        .number(0)
        .number(12.96)
        .number(-0.0)
        .number(Double.NaN)
        .bool(true)
        .nullValue()
        .raw(Slice.utf8("{\"x\":[1]}"))
        .endArray()
        .key("lone")
        .text("x\ud800y")
        .endObject();

    JsonNode read = jackson.readTree(json.toByteArray());

    assertThat(read.get("te\"xt").textValue()).isEqualTo("a\\b\"c\n\u0001é€😀 end");
    assertThat(read.get("slice").textValue()).isEqualTo("tab\tÄ");
    assertThat(read.get("same").textValue()).isEqualTo("a\nb");
    assertThat(read.get("list").toString())
        .isEqualTo("[-9223372036854775808,0,12.96,-0.0,null,true,null,{\"x\":[1]}]");
    assertThat(read.get("lone").textValue()).isEqualTo("x\ufffdy");
  }

  @Test
  void a_number_is_written_in_the_shortest_form_that_reads_back_the_same() {
    long seed = System.nanoTime();
    System.out.println("numbers: seed " + seed);
    Random random = new Random(seed);
    JsonWriter json = new JsonWriter(64);
    for (int i = 0; i < 100_000; i++) {
      double value = random.nextInt() / Math.pow(10, random.nextInt(10));
      value = i % 2 == 0 ? value : Double.longBitsToDouble(random.nextLong());
      if (!Double.isFinite(value) || value == Math.rint(value)) {
        continue;
      }
      json.clear();
      assertThat(json.number(value).written().utf8()).isEqualTo(Double.toString(value));
    }
  }

  @Test
  void an_integer_is_written_as_the_jdk_writes_it() {
    long seed = System.nanoTime();
    System.out.println("integers: seed " + seed);
    Random random = new Random(seed);
    JsonWriter json = new JsonWriter(64);
    for (int i = 0; i < 100_000; i++) {
      long value = random.nextLong() >> random.nextInt(64);
      json.clear();
      assertThat(json.number(value).written().utf8()).isEqualTo(Long.toString(value));
    }
    for (long power = 1; power > 0 && power <= Long.MAX_VALUE / 10; power *= 10) {
      for (long value : new long[] {power - 1, power, -power, 1 - power}) {
        json.clear();
        assertThat(json.number(value).written().utf8()).isEqualTo(Long.toString(value));
      }
    }
  }

  @Test
  void any_text_is_escaped_so_that_another_parser_reads_it_back() throws Exception {
    long seed = System.nanoTime();
    System.out.println("texts: seed " + seed);
    Random random = new Random(seed);
    String odd = "\"\\\n\t\u0000\u001f\u007f é☕😀/ab";
    JsonWriter json = new JsonWriter(8);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      int length = random.nextInt(40);
      while (text.length() < length) {
        int at = random.nextInt(odd.length());
        text.append(
            random.nextInt(4) > 0 || Character.isSurrogate(odd.charAt(at))
                ? "plain"
                : String.valueOf(odd.charAt(at)));
      }
      json.clear();
      json.text(Slice.utf8(text.toString()));
      assertThat(jackson.readTree(json.toByteArray()).textValue()).isEqualTo(text.toString());
    }
  }

  @Test
  void a_key_made_beforehand_is_written_as_one_made_on_the_way() {
    for (String name : new String[] {"event_id", "a\"b\\", "é☕", ""}) {
      JsonWriter json = new JsonWriter(8);
      JsonKey key = JsonKey.of(name);
      json.beginObject().key(key).number(1).key(key).escapedText(Slice.utf8("x")).endObject();
      JsonWriter expected = new JsonWriter(8);
      expected.beginObject().key(name).number(1).key(name).text("x").endObject();

      assertThat(json.written()).isEqualTo(expected.written());
    }
  }

  @Test
  void a_control_character_is_found_wherever_it_stands_and_nothing_else_is() {
    for (int length = 0; length < 40; length++) {
      byte[] text = new byte[length + 2];
      Arrays.fill(text, (byte) 0x9f);
      // What stands around the slice does not count.
      text[0] = '\n';
      text[length + 1] = '\n';
      Slice slice = new Slice(text, 1, length);
      assertThat(JsonText.hasControl(slice)).isFalse();
      for (int at = 1; at <= length; at++) {
        for (byte c : new byte[] {0, '\t', '\n', '\r', 0x1f}) {
          text[at] = c;
          assertThat(JsonText.hasControl(slice)).isTrue();
        }
        text[at] = at % 2 == 0 ? (byte) ' ' : (byte) 0x7f;
      }
    }
  }
}
