package io.onex.source.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onex.http.ProblemException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AckRequestTest {
  private static final AckTimeouts LIMITS =
      new AckTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(60));

  @Test
  void without_headers_the_answer_means_durable() {
    AckRequest request = AckRequest.parse(Optional.empty(), Optional.empty(), LIMITS);
    assertThat(request.when()).isEqualTo(new AckRequest.When.Durable());
    assertThat(request.timeout()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void delivered_may_name_a_destination() {
    assertThat(AckRequest.parse(Optional.of("delivered"), Optional.empty(), LIMITS).when())
        .isEqualTo(new AckRequest.When.DeliveredEverywhere());
    assertThat(AckRequest.parse(Optional.of("delivered:elk"), Optional.empty(), LIMITS).when())
        .isEqualTo(new AckRequest.When.DeliveredTo("elk"));
  }

  @Test
  void a_wait_is_seconds_unless_it_says_milliseconds() {
    assertThat(wait("3")).isEqualTo(Duration.ofSeconds(3));
    assertThat(wait("3s")).isEqualTo(Duration.ofSeconds(3));
    assertThat(wait("250ms")).isEqualTo(Duration.ofMillis(250));
    assertThat(wait("60")).isEqualTo(Duration.ofSeconds(60));
  }

  @ParameterizedTest
  @ValueSource(strings = {"61", "-1", "", "soon", "1h", "60001ms", "99999999999999999999"})
  void a_wait_beyond_a_minute_or_without_meaning_is_a_problem(String text) {
    assertThatThrownBy(() -> wait(text))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem().status()).isEqualTo(400));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "fsync", "delivered:", "Durable"})
  void an_unknown_level_is_a_problem(String text) {
    assertThatThrownBy(() -> AckRequest.parse(Optional.of(text), Optional.empty(), LIMITS))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void the_gateways_own_limits_decide_how_long_a_request_may_wait() {
    AckTimeouts patient = new AckTimeouts(Duration.ofSeconds(2), Duration.ofMinutes(5));
    assertThat(AckRequest.parse(Optional.empty(), Optional.empty(), patient).timeout())
        .isEqualTo(Duration.ofSeconds(2));
    assertThat(AckRequest.parse(Optional.empty(), Optional.of("300"), patient).timeout())
        .isEqualTo(Duration.ofMinutes(5));
    assertThatThrownBy(() -> AckRequest.parse(Optional.empty(), Optional.of("301"), patient))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem().toString()).contains("300000ms"));
  }

  private static Duration wait(String text) {
    return AckRequest.parse(Optional.empty(), Optional.of(text), LIMITS).timeout();
  }
}
