package io.onex.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onex.bytes.Slice;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueFormsTest {
  @ParameterizedTest
  @CsvSource({
    "500ms, PT0.5S, 500ms",
    "30s, PT30S, 30s",
    "1h30m, PT1H30M, 1h30m",
    "90m, PT1H30M, 1h30m",
    "1.5s, PT1.5S, 1s500ms",
    "7d, PT168H, 7d",
    "0, PT0S, 0"
  })
  void time_spans_are_read_and_printed(String written, Duration span, String printed) {
    assertThat(DurationText.parse(written)).isEqualTo(span);
    assertThat(DurationText.format(span)).isEqualTo(printed);
    assertThat(DurationText.parse(printed)).isEqualTo(span);
  }

  @ParameterizedTest
  @ValueSource(strings = {"30", "", "s", "5 m", "-1s", "1h30", "1w", "1.s", "m5"})
  void a_time_span_without_a_unit_or_with_anything_else_is_refused(String written) {
    assertThatThrownBy(() -> DurationText.parse(written)).hasMessageContaining("such as 500ms");
  }

  @ParameterizedTest
  @CsvSource({
    "64MiB, 67108864, 64MiB",
    "1GB, 1000000000, 1000000000",
    "512, 512, 512",
    "4 KiB, 4096, 4KiB",
    "1024MiB, 1073741824, 1GiB",
    "10kB, 10000, 10000",
    "0, 0, 0"
  })
  void sizes_are_read_and_printed(String written, long bytes, String printed) {
    assertThat(ByteSize.parse(written)).isEqualTo(new ByteSize(bytes)).hasToString(printed);
    assertThat(ByteSize.parse(printed)).isEqualTo(new ByteSize(bytes));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "MiB", "1.5GB", "-1", "1XB", "99999999999TiB"})
  void other_sizes_are_refused(String written) {
    assertThatThrownBy(() -> ByteSize.parse(written)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "*, '', true",
    "*, anything, true",
    "TELEMETRY_*, TELEMETRY_OPERATION_START, true",
    "TELEMETRY_*, NODE_START, false",
    "*_FAILURE, NODE_FAILURE, true",
    "*_FAILURE, NODE_FAILURES, false",
    "*OPERATION*, TELEMETRY_OPERATION_START, true",
    "a*b*c, aXbYbZc, true",
    "a*b*c, aXbYbZ, false",
    "a*ab, aab, true",
    "stamper-???, stamper-001, true",
    "stamper-???, stamper-01, false",
    "kn?ten, knöten, true",
    "kn??ten, knöten, false",
    "node, node, true",
    "node, Node, false",
    "node, node1, false"
  })
  void patterns_match_bytes_in_place(String pattern, String text, boolean matches) {
    Slice within = Slice.utf8("x" + text + "y");

    assertThat(Glob.of(pattern).matches(within.part(1, within.length() - 2))).isEqualTo(matches);
    assertThat(Glob.of(pattern).matches(text)).isEqualTo(matches);
  }

  @Test
  void a_secret_prints_as_stars_wherever_it_stands() {
    Secret secret = Secret.of("hunter2");

    assertThat(secret).hasToString("***").isEqualTo(Secret.of("hunter2"));
    assertThat(secret).isNotEqualTo(Secret.of("hunter3")).hasSameHashCodeAs(Secret.of("x"));
    assertThat(new TlsHolder(secret).toString()).doesNotContain("hunter2");
    assertThat(secret.reveal()).isEqualTo("hunter2");
    assertThatThrownBy(() -> Secret.of(" ")).hasMessageContaining("empty");
  }

  @Test
  void addresses_hold_a_host_and_a_port() {
    assertThat(ListenAddress.parse("[::1]:80")).isEqualTo(new ListenAddress("::1", 80));
    assertThat(ListenAddress.parse("[::1]:80")).hasToString("[::1]:80");
    assertThat(ListenAddress.parse("127.9.0.1:1").isLoopback()).isTrue();
    assertThat(ListenAddress.parse("0.0.0.0:1").isLoopback()).isFalse();
    assertThat(ListenAddress.parse("127.evil.example:1").isLoopback()).isFalse();
    assertThatThrownBy(() -> ListenAddress.parse("8420")).hasMessageContaining("HOST:PORT");
    assertThatThrownBy(() -> ListenAddress.parse("h:70000")).hasMessageContaining("65535");
  }

  @Test
  void suggestions_are_slips_and_not_other_words() {
    var kinds = java.util.List.of("prometheus", "elk", "zipkin");

    assertThat(Suggestion.nearest("promethues", kinds)).contains("prometheus");
    assertThat(Suggestion.nearest("ELK", kinds)).contains("elk");
    assertThat(Suggestion.nearest("zipkn", kinds)).contains("zipkin");
    assertThat(Suggestion.nearest("slack", kinds)).isEmpty();
    assertThat(Suggestion.nearest("jaeger", kinds)).isEmpty();
  }

  private record TlsHolder(Secret password) {}
}
