package io.onex.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What strangers write, printed in every format: nothing that a terminal obeys, nothing that a
/// sheet calculates, and for programs exactly what was written.
class PrintableTextTest {
  private static final Pattern RAW =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}\\p{Cn}&&[^\\n]]");

  private final ObjectMapper json = JsonMapper.builder().build();
  private final ObjectMapper yaml = new ObjectMapper(new YAMLFactory());

  @ParameterizedTest
  @EnumSource
  void every_code_point_is_harmless_in_every_place_of_every_format(Format format) throws Exception {
    // Many in one result, so that all of Unicode is tried in no time.
    for (int first = 0;
        first <= Character.MAX_CODE_POINT;
        first += first < 0x20000 ? 1024 : 0x10000) {
      List<String> texts = new ArrayList<>();
      for (int c = first; c < first + 1024; c++) {
        texts.add("a" + Character.toString(c) + "z");
      }
      assertHarmless(format, texts);
    }
  }

  @ParameterizedTest
  @EnumSource
  void random_texts_are_harmless_and_exact_for_programs(Format format) throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    int[] often = {
      '\n', '\r', '\t', ' ', 0, 0x1B, 0x7F, 0x85, 0x9B, 0x2028, 0x202E, 0xD800, 0xDC00, 0xFEFF,
      0xE0001, '"', '\'', '\\', ':', '#', '-', '=', '|', '{', 'a', 0xE9, 0x1F600, 0xFE0F
    };
    for (int round = 0; round < 300; round++) {
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(random.nextInt(10) == 0 ? 200 : 8);
        for (int c = 0; c < length; c++) {
          text.appendCodePoint(often[random.nextInt(often.length)]);
        }
        texts.add(text.toString());
      }
      try {
        assertHarmless(format, texts);
      } catch (AssertionError e) {
        throw new AssertionError("seed " + seed + ", round " + round, e);
      }
    }
  }

  private void assertHarmless(Format format, List<String> texts) throws Exception {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    for (String text : texts) {
      data.put(key(text), text);
    }
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Result result =
        new Result(
            Outcome.ERROR,
            texts,
            texts,
            data,
            List.of(new Table("title", List.of("CELL"), texts.stream().map(List::of).toList())));
    new ResultPrinter(format, new Style(false), false, new PrintWriter(out), new PrintWriter(err))
        .print(result);
    String printed = format == Format.CSV ? out.toString().replace("\r\n", "\n") : out.toString();
    assertPrintable(printed);
    assertPrintable(err.toString());
    switch (format) {
      case JSON -> assertExact(json.readTree(printed), texts, data);
      case YAML ->
          assertExact(
              yaml.readTree(printed), texts.stream().map(PrintableTextTest::whole).toList(), data);
      case HUMAN -> {
        assertThat(printed.split("\n", -1)).hasSize(2 * texts.size() + 4);
        assertThat(err.toString().split("\n", -1)).hasSize(texts.size() + 1);
      }
      case TABLE, CSV -> assertThat(printed.split("\n", -1)).hasSize(texts.size() + 2);
    }
    records(format, texts);
  }

  /// Half a surrogate pair is text in JSON, but no name for its parser, and nothing in YAML.
  private static String whole(String text) {
    return text.replaceAll("\\p{Cs}", "\uFFFD");
  }

  private static String key(String text) {
    return "key " + whole(text);
  }

  private static void assertExact(JsonNode read, List<String> texts, JsonNode data) {
    List<String> messages = new ArrayList<>();
    read.path("messages").forEach(message -> messages.add(message.asText()));
    for (int i = 0; i < texts.size(); i++) {
      assertThat(messages.get(i)).isEqualTo(texts.get(i));
      String told = read.path("metadata").path(key(texts.get(i))).asText("nothing");
      assertThat(whole(told)).isEqualTo(whole(texts.get(i)));
    }
    assertThat(read.path("metadata")).hasSize(data.size());
  }

  private void records(Format format, List<String> texts) throws Exception {
    ObjectNode record = JsonNodeFactory.instance.objectNode();
    record.put("type", texts.getFirst()).put("node_id", texts.getLast());
    record.put("event_id", String.join("", texts));
    StringWriter out = new StringWriter();
    new RecordPrinter(format, new Style(false), new PrintWriter(out)).print(record);
    String printed = format == Format.CSV ? out.toString().replace("\r\n", "\n") : out.toString();
    assertPrintable(printed);
    switch (format) {
      case JSON -> assertThat(json.readTree(printed)).isEqualTo(record);
      case YAML ->
          assertThat(yaml.readTree(printed).path("event_id").asText())
              .isEqualTo(whole(record.path("event_id").asText()));
      case HUMAN -> assertThat(printed.split("\n", -1)).hasSize(2);
      case TABLE, CSV -> assertThat(printed.split("\n", -1)).hasSize(3);
    }
  }

  private static void assertPrintable(String printed) {
    assertThat(RAW.matcher(printed).results().map(match -> match.group().codePointAt(0)).toList())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "ESC, 001b",
    "BEL, 0007",
    "DEL, 007f",
    "CSI of one byte, 009b",
    "OSC of one byte, 009d",
    "right to left override, 202e",
    "isolate, 2066",
    "mark, 200f",
    "Arabic letter mark, 061c",
    "zero width space, 200b",
    "joiner, 200d",
    "byte order mark, feff",
    "line separator, 2028",
    "Hangul filler, 3164",
    "Mongolian selector, 180b",
    "stray emoji style, fe0f",
    "half, d83d",
    "not a character, ffff",
    "soft hyphen, 00ad"
  })
  void an_attack_is_seen(String name, String code) {
    int c = Integer.parseInt(code, 16);
    assertThat(Printable.text("a" + Character.toString(c) + "z"))
        .as(name)
        .isEqualTo("a\\u" + code + "z");
  }

  @Test
  void line_ends_tabs_and_tags_have_escapes_of_their_own() {
    assertThat(Printable.text("a\r\nb\tc\udb40\udc41")).isEqualTo("a\\r\\nb\\tc\\u{e0041}");
    assertThat(Printable.block("a\r\n\tb\u001b\n")).isEqualTo("a\n    b\\u001b\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain",
        "Grüße",
        "e\u0301",
        "日本語",
        "עברית",
        "हिन्दी",
        "😀",
        "\u26a0\ufe0f",
        "👍🏽",
        "\ue000",
        "a\u00a0b",
        "C:\\new",
        "100 %"
      })
  void ordinary_text_stays(String text) {
    assertThat(Printable.text(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '`',
      value = {
        "=1+1¦'=1+1",
        "+1+1¦'+1+1",
        "-1+1¦'-1+1",
        "@SUM(A1)¦'@SUM(A1)",
        "=¦'=",
        "--¦'--",
        "=cmd|' /C calc'!A1¦'=cmd|' /C calc'!A1",
        "=A(1,2)¦\"'=A(1,2)\"",
        "` =1`¦' =1",
        "＝1¦'＝1",
        "a;=1¦\"a;'=1\"",
        "a;\"=1\"¦\"a;'\"\"=1\"\"\"",
        "1;-2¦\"1;'-2\"",
        "-1e¦'-1e",
        "-0x1¦'-0x1",
        "+1 2¦'+1 2",
        "-1¦-1",
        "+1¦+1",
        "-1.5e-3¦-1.5e-3",
        "12¦12",
        "-¦-",
        "a=1¦a=1",
        "a-b¦a-b",
        "``¦``"
      })
  void a_cell_is_data_for_a_sheet(String text, String cell) {
    assertThat(Csv.line(List.of(text))).isEqualTo(cell + "\r\n");
  }

  @Test
  void a_cell_that_begins_with_a_control_character_is_text() {
    assertThat(Csv.line(List.of("\t=1", "\r=1", "\n=1", "\u0000=1", "\u009b", "\u200b=1")))
        .isEqualTo("'\\t=1,'\\r=1,'\\n=1,'\\u0000=1,'\\u009b,\\u200b=1\r\n");
  }
}
