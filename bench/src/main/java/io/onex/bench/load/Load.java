package io.onex.bench.load;

import io.onex.bench.oracle.Promises;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// Sends consecutive events of a series over some connections and keeps what was promised.
///
/// An operation's START and END go in one request, or in two of the same connection, so that their
/// order is the sender's. The calling thread drives all connections: on a machine that is shared
/// with the gateway, a thread for each would take from it what is to be measured.
public final class Load {
  private final EventSeries series;
  private final Promises promises;
  private final AtomicLong next;

  /// @param first sequence number of the first event, even
  public Load(EventSeries series, Promises promises, long first) {
    this.series = series;
    this.promises = promises;
    this.next = new AtomicLong(first);
  }

  /// What a run sent and saw.
  ///
  /// @param acknowledged events the gateway took
  /// @param elapsed from the first request to the last answer
  /// @param latencyMicros of every request, ascending; each counted from when it should have been
  ///   sent when the run had a rate
  /// @param failures first sentences of what went wrong
  public record Report(
      long acknowledged, Duration elapsed, long[] latencyMicros, List<String> failures) {
    public double perSecond() {
      return acknowledged / (elapsed.toNanos() / 1e9);
    }

    /// Latency below which the fraction `q` of all requests stayed, in microseconds.
    public long percentileMicros(double q) {
      return latencyMicros.length == 0
          ? 0
          : latencyMicros[(int) Math.min(latencyMicros.length - 1, q * latencyMicros.length)];
    }
  }

  /// Sends until `duration` has passed, then waits for the answers that are due.
  ///
  /// @param perRequest events per request
  /// @param requestsPerSecond over all connections; 0 for as fast as answers come
  public Report run(
      int port, int connections, int perRequest, Duration duration, double requestsPerSecond)
      throws IOException {
    long start = System.nanoTime();
    double interval = requestsPerSecond == 0 ? 0 : connections * 1e9 / requestsPerSecond;
    try (SendingLoop loop = new SendingLoop(start + duration.toNanos())) {
      for (int i = 0; i < connections; i++) {
        long due = start + (long) (interval * i / connections);
        loop.add(() -> new Sender(port, series, promises, next, perRequest, due, (long) interval));
      }
      loop.run();
      return report(loop, Duration.ofNanos(System.nanoTime() - start));
    }
  }

  private static Report report(SendingLoop loop, Duration elapsed) {
    long acknowledged = 0;
    int requests = 0;
    for (Sender sender : loop.senders()) {
      acknowledged += sender.acknowledged();
      requests += sender.requests();
    }
    long[] latencies = new long[requests];
    int at = 0;
    for (Sender sender : loop.senders()) {
      long[] some = sender.latenciesMicros();
      System.arraycopy(some, 0, latencies, at, some.length);
      at += some.length;
    }
    Arrays.sort(latencies);
    return new Report(acknowledged, elapsed, latencies, loop.failures());
  }
}
