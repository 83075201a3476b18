package io.onex.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.onex.bytes.Slice;
import io.onex.delivery.http.HttpAnswer;
import io.onex.delivery.http.RetryAfter;
import io.onex.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpClassificationTest {
  private static final Clock AT_1994 =
      new Clock() {
        @Override
        public long wallMicros() {
          return Instant.parse("1994-11-06T08:49:00Z").toEpochMilli() * 1000;
        }

        @Override
        public long monotonicNanos() {
          return 0;
        }
      };

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 202, 204, 299})
  void success_is_delivered(int status) {
    assertThat(classify(status)).isEqualTo(new DeliveryResult.Delivered());
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 407})
  void wrong_credentials_pause_and_lose_nothing(int status) {
    assertThat(classify(status)).isEqualTo(new DeliveryResult.Unauthorized("HTTP " + status));
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504, 507, 599, 100, 301, 302, 404, 405, 410})
  void what_may_heal_is_tried_again(int status) {
    assertThat(classify(status)).isInstanceOf(DeliveryResult.Retryable.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 406, 409, 411, 413, 414, 415, 422, 431, 499})
  void what_can_never_succeed_is_refused(int status) {
    assertThat(classify(status)).isInstanceOf(DeliveryResult.Refused.class);
  }

  @Test
  void the_time_the_system_asks_for_is_kept() {
    HttpAnswer answer = new HttpAnswer(503, Map.of("retry-after", "119"), Slice.EMPTY);

    assertThat(HttpClassification.of(answer, AT_1994))
        .isInstanceOfSatisfying(
            DeliveryResult.Retryable.class,
            retry -> assertThat(retry.retryAfter()).contains(Duration.ofSeconds(119)));
  }

  @Test
  void reasons_never_quote_the_answer() {
    HttpAnswer answer = new HttpAnswer(400, Map.of(), Slice.utf8("bad value: hunter2"));

    assertThat(HttpClassification.of(answer, AT_1994).toString()).doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"37", " 37 ", "Sun, 06 Nov 1994 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"})
  void retry_after_reads_seconds_and_dates(String header) {
    assertThat(RetryAfter.parse(header, AT_1994)).contains(Duration.ofSeconds(37));
  }

  @Test
  void retry_after_reads_the_obsolete_date_form() {
    assertThat(RetryAfter.parse("Sunday, 06-Nov-22 08:49:37 GMT", AT_1994)).isPresent();
  }

  @Test
  void a_date_that_has_passed_asks_for_no_wait() {
    assertThat(RetryAfter.parse("Sun, 06 Nov 1994 08:48:00 GMT", AT_1994)).contains(Duration.ZERO);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-1", "1.5", "99999999999", "Sun, 99 Nov 1994"})
  void what_is_neither_is_ignored(String header) {
    assertThat(RetryAfter.parse(header, AT_1994)).isEmpty();
  }

  private static DeliveryResult classify(int status) {
    return HttpClassification.of(new HttpAnswer(status, Map.of(), Slice.EMPTY), AT_1994);
  }
}
