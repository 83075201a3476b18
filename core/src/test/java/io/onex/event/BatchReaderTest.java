package io.onex.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.onex.bytes.Slice;
import io.onex.json.JsonBytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchReaderTest {
  private record Split(List<String> events, BatchReader batch) {}

  private static Split split(String body, BatchFormat format, int maxEvents) {
    byte[] bytes = ("##" + body + "##").getBytes(StandardCharsets.UTF_8);
    BatchReader batch = new BatchReader(bytes, 2, bytes.length - 2, format, maxEvents);
    List<String> events = new ArrayList<>();
    while (batch.next()) {
      events.add(
          batch.index()
              + "@"
              + batch.offset()
              + ":"
              + new Slice(bytes, batch.start(), batch.end() - batch.start()).utf8());
    }
    assertThat(batch.next()).as("the end stays the end").isFalse();
    return new Split(events, batch);
  }

  @Test
  void lines_end_with_lf_or_crlf_and_keep_their_number() {
    Split split = split("{\"a\":1}\r\n\n{}\n  ", BatchFormat.LINES, 10);

    assertThat(split.events()).containsExactly("0@0:{\"a\":1}", "1@9:", "2@10:{}", "3@13:  ");
    assertThat(split.batch().fault()).isNull();
  }

  @Test
  void the_elements_of_an_array_are_split_by_their_brackets() {
    Split split = split(" [ {\"a\":\"]},\\\"\"} ,[1],\n2 ] ", BatchFormat.ARRAY, 10);

    assertThat(split.events()).containsExactly("0@3:{\"a\":\"]},\\\"\"}", "1@18:[1]", "2@23:2");
    assertThat(split.batch().fault()).isNull();
  }

  @Test
  void a_broken_element_does_not_hide_the_others() {
    assertThat(split("[{\"a\":1,},{\"b\":2}]", BatchFormat.ARRAY, 10).events())
        .containsExactly("0@1:{\"a\":1,}", "1@10:{\"b\":2}");
  }

  @Test
  void a_line_ends_at_its_line_feed_wherever_that_stands_and_whatever_stands_before() {
    long seed = Long.getLong("onex.seed", System.nanoTime());
    System.out.println("seed of " + getClass().getSimpleName() + ": " + seed);
    Random random = new Random(seed);
    byte[] likely = {'\n', '\r', 0x0b, 0x09, (byte) 0x8a, (byte) 0x8b, 'a', 0, (byte) 0xff};
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = new byte[random.nextInt(120)];
      int rarity = 1 + random.nextInt(60);
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = random.nextInt(rarity) == 0 ? likely[random.nextInt(likely.length)] : (byte) 'x';
      }
      int to = random.nextInt(bytes.length + 1);
      int from = random.nextInt(to + 1);
      int expected = from;
      while (expected < to && bytes[expected] != '\n') {
        expected++;
      }
      assertThat(JsonBytes.endOfLine(bytes, from, to))
          .as("seed %d round %d", seed, round)
          .isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}            | 0 | not_json      | 0
          [{} {}]       | 1 | not_json      | 4
          [{},]         | 1 | not_json      | 4
          [{}           | 1 | not_json      | 3
          [             | 0 | not_json      | 1
          [] x          | 0 | trailing_data | 3
          [{},{},{},{}] | 3 | too_large     | 10
          """)
  void what_cannot_be_split_is_a_fault_after_the_good_events(
      String body, int events, String code, int offset) {
    Split split = split(body, BatchFormat.ARRAY, 3);

    assertThat(split.events()).hasSize(events);
    Refusal fault = split.batch().fault();
    assertThat(fault).isNotNull();
    assertThat(fault.code().code()).isEqualTo(code);
    assertThat(fault.byteOffset()).isEqualTo(offset);
  }

  @Test
  void an_empty_array_holds_no_event() {
    Split split = split(" [ ] ", BatchFormat.ARRAY, 1);

    assertThat(split.events()).isEmpty();
    assertThat(split.batch().fault()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"a":1}            | SINGLE
          ` {"a":[1]}  `     | SINGLE
          [{}]               | ARRAY
          `  [`              | ARRAY
          {}{}               | LINES
          <x>y z             | LINES
          ``                 | SINGLE
          """)
  void the_format_shows_in_the_body(String body, BatchFormat format) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);

    assertThat(BatchFormat.of(bytes, 0, bytes.length)).isEqualTo(format);
  }

  @Test
  void one_object_over_several_lines_is_one_event() {
    byte[] pretty = "{\n \"a\":1\n}\n".getBytes(StandardCharsets.UTF_8);
    byte[] lines = "{\"a\":1}\n{\"a\":2}\n".getBytes(StandardCharsets.UTF_8);

    assertThat(BatchFormat.of(pretty, 0, pretty.length)).isEqualTo(BatchFormat.SINGLE);
    assertThat(BatchFormat.of(lines, 0, lines.length)).isEqualTo(BatchFormat.LINES);
    assertThat(split("{\n}", BatchFormat.SINGLE, 1).events()).containsExactly("0@0:{\n}");
  }
}
