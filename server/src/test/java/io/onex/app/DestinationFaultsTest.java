package io.onex.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.onex.testkit.FakeBackend.Behaviour;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// One destination falls ill in every way there is while another goes on; then it recovers.
class DestinationFaultsTest {
  private static final int BATCH = 50;

  /// What is wrong with the sick one.
  enum Illness {
    BLACK_HOLED,
    RESETTING,
    ANSWERS_500,
    ANSWERS_429,
    ANSWERS_401,
    THIRTY_SECONDS_SLOW,
    CUT_SHORT,
    HALF_OPEN;

    Behaviour behaviour() {
      Behaviour.Answer fine = Behaviour.Answer.of(200);
      return switch (this) {
        case BLACK_HOLED -> new Behaviour.BlackHole();
        case RESETTING -> new Behaviour.Reset();
        case ANSWERS_500 -> Behaviour.Answer.of(500);
        case ANSWERS_429 -> Behaviour.Answer.of(429).with("Retry-After", "1");
        case ANSWERS_401 -> Behaviour.Answer.of(401);
        case THIRTY_SECONDS_SLOW -> new Behaviour.Slow(Duration.ofSeconds(30), fine);
        case CUT_SHORT -> new Behaviour.Truncated(fine);
        case HALF_OPEN -> new Behaviour.HalfOpen(fine);
      };
    }
  }

  @TempDir private Path folder;
  private final CountingSink sick = new CountingSink();
  private final CountingSink healthy = new CountingSink();
  private TestGateway gateway;

  @BeforeEach
  void start() throws Exception {
    gateway = new TestGateway(folder, Map.of());
    gateway.start(configuration("400ms"));
  }

  @AfterEach
  void stop() throws Exception {
    gateway.close();
    sick.close();
    healthy.close();
  }

  @ParameterizedTest
  @EnumSource
  void it_delays_no_other_and_catches_up_in_order_once_it_is_well(Illness illness)
      throws Exception {
    NumberedEvents events = new NumberedEvents(illness.name().hashCode());
    assertThat(gateway.accept(events.next(2 * BATCH), "delivered").has("pending")).isFalse();
    int beforeIllness = sick.distinct().size();

    sick.fallIll(request -> illness.behaviour());
    for (int i = 0; i < 10; i++) {
      JsonNode answer = gateway.accept(events.next(BATCH), "delivered:healthy");
      assertThat(answer.has("pending")).as("%s", answer).isFalse();
    }
    events.judgeAllInOrder(healthy);
    await()
        .untilAsserted(() ->
            assertThat(gateway.destination("sick").get("state").asText())
                .isIn("retrying", "open", "paused"));
    assertThat(gateway.destination("sick").get("pending").asInt()).isGreaterThanOrEqualTo(500);
    if (illness != Illness.THIRTY_SECONDS_SLOW) {
      assertThat(sick.distinct()).hasSize(beforeIllness);
    }

    sick.recover();
    if (illness == Illness.ANSWERS_401) {
      // Changed settings, such as the right password, are tried at once.
      gateway.gateway().reload(gateway.config(configuration("401ms")));
    }
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> assertThat(gateway.destination("sick").get("pending").asLong()).isZero());
    events.judgeAllInOrder(sick);
    events.judgeAllInOrder(healthy);
    assertThat(NumberedEvents.repeats(healthy)).isZero();
    if (illness != Illness.THIRTY_SECONDS_SLOW) {
      assertThat(NumberedEvents.repeats(sick)).isZero();
    }
    await()
        .untilAsserted(() -> {
          NumberedEvents.judgeLedger(gateway.destination("sick"), sick);
          NumberedEvents.judgeLedger(gateway.destination("healthy"), healthy);
        });
  }

  private String configuration(String timeout) {
    return "integrations:\n"
        + destination("sick", sick, timeout)
        + destination("healthy", healthy, "5s");
  }

  private static String destination(String name, CountingSink sink, String timeout) {
    return """
      %s:
        kind: elk
        logstash_url: "%s"
        timeout: %s
        batch: {max_size: %d, max_age: 20ms}
        retry: {initial: 20ms, max: 100ms}
        circuit_breaker: {failures: 5, open: 300ms, successes: 1}
    """
        .formatted(name, sink.url(), timeout, BATCH)
        .indent(2);
  }
}
