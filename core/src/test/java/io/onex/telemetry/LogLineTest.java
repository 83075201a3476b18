package io.onex.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LogLineTest {
  @Test
  void text_is_the_sentence_and_then_each_key() {
    LogLine line =
        LogLine.of("destination paused")
            .with(LogKeys.DESTINATION, "elk")
            .with(LogKeys.RECORDS, 12L)
            .with(LogKeys.DURATION_MS, Duration.ofSeconds(2));

    assertThat(line.getFormattedMessage())
        .isEqualTo("destination paused destination=elk duration_ms=2000 records=12");
  }

  @Test
  void a_value_can_never_begin_a_second_line() {
    assertThat(LogLine.of("refused").with(LogKeys.REASON, "a \"b\"\nFATAL all lost").asString())
        .isEqualTo("refused reason=\"a \\\"b\\\"\\nFATAL all lost\"");
  }

  @Test
  void a_json_layout_finds_sentence_and_keys_as_fields() {
    assertThat(LogLine.of("started").with(LogKeys.POSITION, "0/7").getData())
        .containsEntry("message", "started")
        .containsEntry("position", "0/7");
  }
}
