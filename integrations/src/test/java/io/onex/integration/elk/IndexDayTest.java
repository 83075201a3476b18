package io.onex.integration.elk;

import static org.assertj.core.api.Assertions.assertThat;

import io.onex.integration.TestRecords;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class IndexDayTest {
  private static final long INGEST = TestRecords.micros("2026-11-22T12:00:00Z");

  @Test
  void a_record_belongs_to_the_day_of_its_event_time() {
    assertThat(day("2026-11-21T23:59:59.999999Z")).isEqualTo(of("2026-11-21", false));
    assertThat(day("2026-11-22T00:00:00Z")).isEqualTo(of("2026-11-22", false));
  }

  @Test
  void seven_days_back_and_one_ahead_are_still_in_range_and_a_microsecond_more_is_not() {
    assertThat(day("2026-11-15T12:00:00Z")).isEqualTo(of("2026-11-15", false));
    assertThat(day("2026-11-15T11:59:59.999999Z")).isEqualTo(of("2026-11-22", true));
    assertThat(day("2026-11-23T12:00:00Z")).isEqualTo(of("2026-11-23", false));
    assertThat(day("2026-11-23T12:00:00.000001Z")).isEqualTo(of("2026-11-22", true));
  }

  private static IndexDay day(String eventTime) {
    return IndexDay.of(TestRecords.micros(eventTime), INGEST);
  }

  private static IndexDay of(String date, boolean outOfRange) {
    return new IndexDay(LocalDate.parse(date).toEpochDay(), outOfRange);
  }
}
