package io.onex.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.onex.bench.oracle.Promises;
import io.onex.bench.sink.BackEnd;
import io.onex.bench.sink.SinkServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// The generator must send what it says and notice what it is answered, or its numbers mean
/// nothing.
class LoadTest {
  private static final Duration SHORT = Duration.ofMillis(200);

  private final EventSeries series = new EventSeries(5);
  private final Promises promises = new Promises();
  private final Load load = new Load(series, promises, 0);
  private final BitSet arrived = new BitSet();
  private final AtomicInteger changed = new AtomicInteger();
  private final AtomicInteger requests = new AtomicInteger();

  /// Compares each event of a request with what the series says.
  private synchronized int take(byte[] body, int length) {
    requests.incrementAndGet();
    byte[] expected = new byte[EventSeries.MAX_BYTES + 1];
    int count = 0;
    int at = 0;
    while (at < length) {
      long sequence = EventSeries.sequenceOfId(body, at + 13);
      int size = series.render(sequence, expected, 0);
      expected[size++] = '\n';
      boolean same = java.util.Arrays.equals(body, at, at + size, expected, 0, size);
      boolean inOrder = (sequence & 1) == 0 || arrived.get((int) sequence - 1);
      changed.addAndGet(same && inOrder ? 0 : 1);
      arrived.set((int) sequence);
      at += size;
      count++;
    }
    return count;
  }

  private static BackEnd.Reply reply(int status, String body) {
    return new BackEnd.Reply(status, body.getBytes(StandardCharsets.US_ASCII));
  }

  private Load.Report run(BackEnd backEnd, int connections, int perRequest, double rate)
      throws IOException {
    try (SinkServer server = new SinkServer(backEnd)) {
      return load.run(server.port(), connections, perRequest, SHORT, rate);
    }
  }

  private BackEnd.Reply accept(String method, String path, byte[] body, int length) {
    return reply(202, "{\"accepted\": " + take(body, length) + ", \"rejected\": []}");
  }

  @Test
  void what_was_acknowledged_arrived_unchanged_and_each_start_before_its_end() throws IOException {
    for (int perRequest : new int[] {1, 1000}) {
      Load.Report report = run(this::accept, 8, perRequest, 0);

      assertThat(report.failures()).isEmpty();
      assertThat(report.acknowledged()).isPositive();
      assertThat(report.latencyMicros())
          .hasSize((int) report.acknowledged() / perRequest)
          .isSorted();
    }
    assertThat(changed.get()).isZero();
    assertThat(arrived).isEqualTo(promises.acknowledgedSet());
  }

  @Test
  void a_rate_is_kept_when_the_gateway_keeps_up() throws IOException {
    Load.Report report = run(this::accept, 4, 1, 100);

    assertThat(report.failures()).isEmpty();
    // 100 a second for 200 ms, each of four connections beginning with one.
    assertThat(requests.get()).isBetween(4, 24);
  }

  @Test
  void a_request_that_was_taken_in_part_is_a_failure() throws IOException {
    Load.Report report = run((m, p, b, n) -> reply(202, "{\"accepted\":19,\"x\":0}"), 1, 1, 0);

    assertThat(report.failures())
        .containsExactly("a request of 1 events was answered with {\"accepted\":19,\"x\":0}");
    assertThat(report.acknowledged()).isZero();
    assertThat(promises.acknowledged()).isZero();
  }

  @Test
  void an_error_after_good_answers_is_a_failure_of_that_connection_alone() throws IOException {
    AtomicInteger answers = new AtomicInteger();
    Load.Report report =
        run(
            (m, p, b, n) ->
                answers.incrementAndGet() == 7
                    ? reply(503, "full")
                    : reply(202, "{\"accepted\":" + take(b, n) + "}"),
            2,
            1,
            0);

    assertThat(report.failures()).containsExactly("answered 503: full");
    assertThat(report.acknowledged()).isGreaterThan(7);
    assertThat(arrived).isEqualTo(promises.acknowledgedSet());
  }

  @Test
  void a_connection_that_ends_is_a_failure() throws IOException {
    Load.Report report =
        run(
            (m, p, b, n) -> {
              throw new IOException("gone");
            },
            1,
            1,
            0);

    assertThat(report.failures())
        .containsExactly("the connection failed: the connection ended within an answer");
  }
}
