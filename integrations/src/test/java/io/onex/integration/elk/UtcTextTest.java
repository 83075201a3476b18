package io.onex.integration.elk;

import static org.assertj.core.api.Assertions.assertThat;

import io.onex.integration.TestRecords;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UtcTextTest {
  @Test
  void an_instant_is_written_as_the_jdk_writes_it() {
    DateTimeFormatter micros = new DateTimeFormatterBuilder().appendInstant(6).toFormatter();
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    UtcText utc = new UtcText();
    long aroundNow = TestRecords.INGEST;
    for (int i = 0; i < 5_000; i++) {
      long micro = i % 2 == 0 ? random.nextLong(0, 2 * aroundNow) : aroundNow + i * 7L;
      assertThat(utc.instant(micro).utf8())
          .as("seed %d", seed)
          .isEqualTo(micros.format(Instant.EPOCH.plus(micro, ChronoUnit.MICROS)));
    }
  }

  @Test
  void times_before_1970_and_beyond_year_9999_are_written_too() {
    UtcText utc = new UtcText();
    assertThat(utc.instant(-1).utf8()).isEqualTo("1969-12-31T23:59:59.999999Z");
    assertThat(utc.instant(TestRecords.micros("+10000-01-01T00:00:00Z")).utf8())
        .isEqualTo("+10000-01-01T00:00:00.000000Z");
  }

  @Test
  void what_falls_into_the_second_of_the_one_before_has_its_own_microseconds() {
    UtcText utc = new UtcText();
    long second = TestRecords.micros("2026-11-22T23:59:59Z");
    assertThat(utc.instant(second + 999_999).utf8()).isEqualTo("2026-11-22T23:59:59.999999Z");
    assertThat(utc.instant(second).utf8()).isEqualTo("2026-11-22T23:59:59.000000Z");
    assertThat(utc.instant(second + 1_000_001).utf8()).isEqualTo("2026-11-23T00:00:00.000001Z");
    assertThat(utc.instant(second + 120).utf8()).isEqualTo("2026-11-22T23:59:59.000120Z");
  }
}
