package io.onex.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampReaderTest {
  private final TimestampReader time = new TimestampReader();

  private boolean read(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return time.read(bytes, 0, bytes.length);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          2025-05-25T14:30:00.123456,       2025-05-25T14:30:00.123456Z, NAIVE
          2025-05-25T14:30:00,              2025-05-25T14:30:00Z,        NAIVE
          2025-05-25T14:30:00.1,            2025-05-25T14:30:00.100Z,    NAIVE
          2025-05-25 14:30:00.123456,       2025-05-25T14:30:00.123456Z, NAIVE
          2025-05-25T14:30:00.123456789Z,   2025-05-25T14:30:00.123456Z, ZONED
          2025-05-25T14:30:00Z,             2025-05-25T14:30:00Z,        ZONED
          2025-05-25T14:30:00+02:00,        2025-05-25T12:30:00Z,        ZONED
          2025-05-25 14:30:00.5-0530,       2025-05-25T20:00:00.500Z,    ZONED
          2025-05-25T14:30:00+02,           2025-05-25T12:30:00Z,        ZONED
          2025-05-25T14:30,                 2025-05-25T14:30:00Z,        NAIVE
          2025-05-25 14:30Z,                2025-05-25T14:30:00Z,        ZONED
          2025-05-25T14:30+02:00,           2025-05-25T12:30:00Z,        ZONED
          2025-05-25_14:30:00.5,            2025-05-25T14:30:00.500Z,    NAIVE
          2024-02-29,                       2024-02-29T00:00:00Z,        DATE
          -1.5,                             1969-12-31T23:59:58.500Z,    NUMBER
          1748183400,                       2025-05-25T14:30:00Z,        NUMBER
          2016-12-31T23:59:60Z,             2016-12-31T23:59:59Z,        ZONED
          """)
  void text_is_read_in_every_form(String text, String instant, TimestampReader.Form form) {
    assertThat(read("\"" + text + "\"")).isTrue();
    assertThat(time.micros()).isEqualTo(DecoderFixture.micros(instant));
    assertThat(time.form()).isEqualTo(form);
  }

  @ParameterizedTest
  @CsvSource({
    "1748183400, 2025-05-25T14:30:00Z",
    "1748183400.25, 2025-05-25T14:30:00.250Z",
    "1748183400250, 2025-05-25T14:30:00.250Z",
    "1748183400250123, 2025-05-25T14:30:00.250123Z",
    "1748183400250123456, 2025-05-25T14:30:00.250123Z",
    "-1, 1969-12-31T23:59:59Z"
  })
  void a_number_counts_seconds_or_a_thousandth_of_them(String number, String instant) {
    assertThat(read(number)).isTrue();
    assertThat(time.micros()).isEqualTo(DecoderFixture.micros(instant));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"\"",
        "\"yesterday\"",
        "true",
        "{}",
        "[]",
        "null",
        "\"2025-13-01\"",
        "\"2025-02-29\"",
        "\"2025-05-25T24:00:00\"",
        "\"2025-05-25T14\"",
        "\"2025-05-25T14:3\"",
        "\"2025-05-25T14:30:\"",
        "\"2025-05-25T14:30:0\"",
        "\"2025-05-25T14:30.5\"",
        "\"2025-05-25T14:60\"",
        "\"-\"",
        "\"-.5\"",
        "\"1-2\"",
        "\"2025-05-25T14:30:00.\"",
        "\"2025-05-25T14:30:00.1234567890\"",
        "\"2025-05-25T14:30:00ZZ\"",
        "\"2025-05-25X14:30:00\"",
        "\"2025-05-25T14:30:00+2\"",
        "\"2025-05-25T14:30:0x\"",
        "\"20x5-05-25\"",
        "1e300",
        "\"0000-01-01\"",
        "\"2025-05-25T14:30:00+24:00\""
      })
  void what_is_no_time_is_not_read(String json) {
    assertThat(read(json)).isFalse();
  }

  @Test
  void days_are_counted_as_the_jdk_counts_them() {
    long seed = Long.getLong("onex.seed", System.nanoTime());
    System.out.println("seed of " + getClass().getSimpleName() + ": " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      LocalDateTime when =
          LocalDate.of(1, 1, 1)
              .plusDays(random.nextInt(3_652_000))
              .atTime(1, 2, random.nextInt(60));
      assertThat(
              read(
                  "\""
                      + when.format(java.time.format.DateTimeFormatter.ISO_LOCAL_DATE_TIME)
                      + "\""))
          .as(when.toString())
          .isTrue();
      assertThat(time.micros()).isEqualTo(when.toEpochSecond(ZoneOffset.UTC) * 1_000_000);
    }
  }
}
