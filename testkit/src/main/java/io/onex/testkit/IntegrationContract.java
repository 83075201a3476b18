package io.onex.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onex.bytes.Slice;
import io.onex.delivery.DeliveryResult;
import io.onex.delivery.EncodeContext;
import io.onex.delivery.Encoding;
import io.onex.delivery.Integration;
import io.onex.delivery.Payload;
import io.onex.log.Record;
import io.onex.testkit.FakeBackend.Behaviour;
import io.onex.testkit.FakeBackend.Behaviour.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// What the delivery loop relies on, as tests that every integration over HTTP passes: a test class
/// implements this interface and says what is special about its system.
///
/// An integration encodes, sends once and classifies the answer. It does not retry, keeps no secret
/// in a reason, and accounts for each record it was given.
public interface IntegrationContract {
  /// A new integration that delivers to `backEnd`, with every credential its settings know set to
  /// one of [#secrets], and a timeout of at least 5 s.
  Integration integration(URI backEnd) throws Exception;

  /// At least three different records that it takes and can express.
  List<Record> records();

  /// The credentials that [#integration] configures; at least 8 characters each.
  List<String> secrets();

  /// What the system answers when it takes the whole request.
  default Answer success(FakeBackend.Request request) {
    return Answer.of(200);
  }

  /// What the system answers when it refuses the second record for good and takes the others; empty
  /// when it answers requests as a whole.
  default Optional<Answer> secondRefused(FakeBackend.Request request) {
    return Optional.empty();
  }

  /// A record that it takes but cannot express, if there is such a thing.
  default Optional<Record> inexpressible() {
    return Optional.empty();
  }

  @Test
  default void it_takes_its_records_and_encodes_them_the_same_way_twice() throws Exception {
    try (Integration one = integration(nowhere());
        Integration other = integration(nowhere())) {
      assertThat(records()).hasSizeGreaterThanOrEqualTo(3).allMatch(one::takes);
      Encoding first = one.encode(records(), noEnrichment());
      Encoding second = other.encode(records(), noEnrichment());

      assertThat(bytes(first.payload())).isEqualTo(bytes(second.payload()));
      assertThat(first.payload().target()).isEqualTo(second.payload().target());
      assertThat(first.refused()).isEmpty();
      assertThat(first.payload().items()).isEqualTo(records().size());
    }
  }

  @Test
  default void what_the_system_takes_is_delivered_by_one_well_formed_request() throws Exception {
    try (FakeBackend backEnd = new FakeBackend(this::success);
        Integration integration = integration(backEnd.url())) {
      assertTaken(send(integration), records().size());

      assertThat(backEnd.requests()).hasSize(1);
      assertThat(backEnd.violations()).isEmpty();
    }
  }

  @Test
  default void a_failing_system_is_asked_once_and_may_be_tried_again() throws Exception {
    for (int status : new int[] {500, 502, 503, 504, 429, 408}) {
      try (FakeBackend backEnd = echoing(status);
          Integration integration = integration(backEnd.url())) {
        assertThat(send(integration))
            .as("HTTP %d", status)
            .isInstanceOf(DeliveryResult.Retryable.class);
        assertThat(backEnd.requests()).as("HTTP %d", status).hasSize(1);
      }
    }
  }

  @Test
  default void the_time_the_system_asks_for_is_passed_on() throws Exception {
    for (int status : new int[] {429, 503}) {
      Answer busy = Answer.of(status).with("Retry-After", "7");
      try (FakeBackend backEnd = new FakeBackend(request -> busy);
          Integration integration = integration(backEnd.url())) {
        assertThat(send(integration))
            .isInstanceOfSatisfying(
                DeliveryResult.Retryable.class,
                result -> assertThat(result.retryAfter()).contains(Duration.ofSeconds(7)));
      }
    }
  }

  @Test
  default void refused_credentials_are_told_apart_from_refused_records() throws Exception {
    for (int status : new int[] {401, 403}) {
      try (FakeBackend backEnd = echoing(status);
          Integration integration = integration(backEnd.url())) {
        assertThat(send(integration))
            .as("HTTP %d", status)
            .isInstanceOf(DeliveryResult.Unauthorized.class);
      }
    }
  }

  @Test
  default void a_request_that_can_never_succeed_is_refused() throws Exception {
    for (int status : new int[] {400, 413, 422}) {
      try (FakeBackend backEnd = echoing(status);
          Integration integration = integration(backEnd.url())) {
        assertThat(send(integration))
            .as("HTTP %d", status)
            .isInstanceOf(DeliveryResult.Refused.class);
      }
    }
  }

  @Test
  default void no_answer_is_an_io_exception_that_names_no_secret() throws Exception {
    for (Behaviour fault :
        List.of(new Behaviour.Reset(), new Behaviour.Truncated(Answer.json(200, "{\"a\":")))) {
      try (FakeBackend backEnd = new FakeBackend(request -> fault);
          Integration integration = integration(backEnd.url())) {
        assertThatThrownBy(() -> send(integration))
            .as(fault.toString())
            .isInstanceOf(IOException.class)
            .satisfies(failure -> assertKeepsSecrets(String.valueOf(failure.getMessage())));
        assertThat(backEnd.requests()).hasSize(1);
      }
    }
  }

  @Test
  default void an_interrupt_ends_the_attempt_promptly() throws Exception {
    try (FakeBackend backEnd = new FakeBackend(request -> new Behaviour.BlackHole());
        Integration integration = integration(backEnd.url())) {
      AtomicReference<Throwable> thrown = new AtomicReference<>();
      Thread attempt =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  send(integration);
                } catch (IOException | InterruptedException e) {
                  thrown.set(e);
                }
              });
      while (backEnd.requests().isEmpty() && attempt.isAlive()) {
        Thread.onSpinWait();
      }

      attempt.interrupt();

      assertThat(attempt.join(Duration.ofSeconds(2))).isTrue();
      assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    }
  }

  @Test
  default void no_reason_holds_a_secret_or_what_was_sent() throws Exception {
    for (int status : new int[] {400, 401, 422, 429, 500}) {
      try (FakeBackend backEnd = echoing(status);
          Integration integration = integration(backEnd.url())) {
        String told = send(integration).toString();
        assertKeepsSecrets(told);
        for (Record record : records()) {
          assertThat(told).doesNotContain(record.body().utf8());
        }
      }
    }
  }

  @Test
  default void answers_per_record_are_aligned_with_the_records() throws Exception {
    try (FakeBackend backEnd =
            new FakeBackend(request -> secondRefused(request).orElseGet(() -> success(request)));
        Integration integration = integration(backEnd.url())) {
      DeliveryResult result = send(integration);
      if (secondRefused(backEnd.requests().getFirst()).isEmpty()) {
        assertTaken(result, records().size());
        return;
      }
      assertThat(result)
          .isInstanceOfSatisfying(
              DeliveryResult.PerItem.class,
              perItem -> {
                assertThat(perItem.items()).hasSize(records().size());
                for (int i = 0; i < perItem.items().size(); i++) {
                  assertThat(perItem.items().get(i) instanceof DeliveryResult.ItemResult.Taken)
                      .as("record %d is taken", i)
                      .isEqualTo(i != 1);
                }
              });
    }
  }

  @Test
  default void a_record_it_cannot_express_is_refused_by_index_and_the_others_are_sent()
      throws Exception {
    try (FakeBackend backEnd = new FakeBackend(this::success);
        Integration integration = integration(backEnd.url())) {
      Optional<Record> odd = inexpressible();
      List<Record> batch =
          odd.isPresent()
              ? List.of(records().get(0), odd.get(), records().get(1))
              : records().subList(0, 2);

      Encoding encoding = integration.encode(batch, noEnrichment());

      assertThat(encoding.refused().stream().map(Encoding.Refusal::index).toList())
          .isEqualTo(odd.isPresent() ? List.of(1) : List.of());
      assertThat(encoding.payload().items()).isEqualTo(2);
      assertTaken(integration.send(encoding.payload()), 2);
    }
  }

  @Test
  default void a_probe_delivers_nothing_and_tells_a_system_that_is_away() throws Exception {
    URI gone;
    try (FakeBackend backEnd = FakeBackend.answering(200)) {
      gone = backEnd.url();
    }
    try (Integration integration = integration(gone)) {
      Integration.Probe probe = integration.probe();

      assertThat(probe).isNotInstanceOf(Integration.Probe.Reachable.class);
      assertKeepsSecrets(probe.toString());
    }
  }

  private DeliveryResult send(Integration integration) throws IOException, InterruptedException {
    return integration.send(integration.encode(records(), noEnrichment()).payload());
  }

  private void assertKeepsSecrets(String told) {
    for (String secret : secrets()) {
      assertThat(told).doesNotContain(secret);
    }
  }

  private static void assertTaken(DeliveryResult result, int records) {
    switch (result) {
      case DeliveryResult.Delivered() -> assertThat(records).isPositive();
      case DeliveryResult.PerItem(List<DeliveryResult.ItemResult> items) ->
          assertThat(items)
              .hasSize(records)
              .allMatch(item -> item instanceof DeliveryResult.ItemResult.Taken);
      case DeliveryResult.Retryable(String reason, Optional<Duration> retryAfter) ->
          throw new AssertionError("not taken: " + reason);
      case DeliveryResult.Refused(String reason) ->
          throw new AssertionError("not taken: " + reason);
      case DeliveryResult.Unauthorized(String reason) ->
          throw new AssertionError("not taken: " + reason);
    }
  }

  /// Answers with what it was sent, credentials included, as careless systems do.
  private static FakeBackend echoing(int status) {
    return new FakeBackend(
        request -> Answer.json(status, request.headers() + request.target() + request.text()));
  }

  private static byte[] bytes(Payload payload) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Slice part : payload.parts()) {
      bytes.write(part.array(), part.offset(), part.length());
    }
    return bytes.toByteArray();
  }

  private static EncodeContext noEnrichment() {
    return record -> Slice.EMPTY;
  }

  private static URI nowhere() {
    return URI.create("http://127.0.0.1:9");
  }
}
