package io.onex.bench.load;

import io.onex.bench.oracle.Promises;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Sends consecutive events of a series over some connections and keeps what was promised.
///
/// An operation's START and END go in one request, or in two of the same connection, so that their
/// order is the sender's.
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

  /// Sends until `duration` has passed.
  ///
  /// @param perRequest events per request
  /// @param requestsPerSecond over all connections; 0 for as fast as answers come
  public Report run(
      int port, int connections, int perRequest, Duration duration, double requestsPerSecond)
      throws InterruptedException {
    List<Sender> senders = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    long start = System.nanoTime();
    double interval = requestsPerSecond == 0 ? 0 : connections * 1e9 / requestsPerSecond;
    for (int i = 0; i < connections; i++) {
      long phase = (long) (interval * i / connections);
      Sender sender =
          new Sender(port, perRequest, start + duration.toNanos(), start + phase, (long) interval);
      senders.add(sender);
      threads.add(Thread.ofVirtual().name("load-" + i).start(sender));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
    List<String> failures = new ArrayList<>();
    long acknowledged = 0;
    int requests = 0;
    for (Sender sender : senders) {
      acknowledged += sender.acknowledged;
      requests += sender.requests;
      if (sender.failure != null && failures.size() < 5) {
        failures.add(sender.failure);
      }
    }
    long[] latencies = new long[requests];
    int at = 0;
    for (Sender sender : senders) {
      System.arraycopy(sender.latencies, 0, latencies, at, sender.requests);
      at += sender.requests;
    }
    Arrays.sort(latencies);
    return new Report(acknowledged, elapsed, latencies, failures);
  }

  /// One connection's work.
  private final class Sender implements Runnable {
    private final int port;
    private final int perRequest;
    private final long endNanos;
    private final long firstNanos;
    private final long intervalNanos;
    private long[] latencies = new long[1024];
    private int requests;
    private long acknowledged;
    private long owedEnd = -1;
    private @Nullable String failure;

    Sender(int port, int perRequest, long endNanos, long firstNanos, long intervalNanos) {
      this.port = port;
      this.perRequest = perRequest;
      this.endNanos = endNanos;
      this.firstNanos = firstNanos;
      this.intervalNanos = intervalNanos;
    }

    @Override
    public void run() {
      byte[] body = new byte[Math.max(2, perRequest) * (EventSeries.MAX_BYTES + 1)];
      try (HttpConnection connection = new HttpConnection(port)) {
        for (long due = firstNanos; ; due += intervalNanos) {
          if (intervalNanos > 0) {
            LockSupport.parkNanos(due - System.nanoTime());
          }
          if (System.nanoTime() >= endNanos) {
            return;
          }
          if (!send(connection, body, claim(), intervalNanos > 0 ? due : System.nanoTime())) {
            return;
          }
        }
      } catch (IOException e) {
        failure = "the connection failed: " + e.getMessage();
      }
    }

    /// First number of the next request. With one event per request the END of an operation follows
    /// its START on the same connection.
    private long claim() {
      if (owedEnd >= 0) {
        long end = owedEnd;
        owedEnd = -1;
        return end;
      }
      int events = Math.max(2, perRequest);
      long from = next.getAndAdd(events);
      promises.sending(from, from + events);
      owedEnd = perRequest == 1 ? from + 1 : -1;
      return from;
    }

    private boolean send(HttpConnection connection, byte[] body, long from, long dueNanos)
        throws IOException {
      int end = 0;
      for (long n = from; n < from + perRequest; n++) {
        end = series.render(n, body, end);
        body[end++] = '\n';
      }
      String type = perRequest == 1 ? "application/json" : "application/x-ndjson";
      HttpConnection.Answer answer = connection.post("/v1/events", type, body, end);
      if (answer.status() != 202) {
        failure = "answered " + answer.status() + ": " + answer.text();
        return false;
      }
      String text = answer.text().replace(" ", "");
      if (!text.contains("\"accepted\":" + perRequest + ",")
          && !text.contains("\"accepted\":" + perRequest + "}")) {
        failure = "a request of " + perRequest + " events was answered with " + text;
        return false;
      }
      promises.acknowledged(from, from + perRequest);
      acknowledged += perRequest;
      if (requests == latencies.length) {
        latencies = Arrays.copyOf(latencies, requests * 2);
      }
      latencies[requests++] = (System.nanoTime() - dueNanos) / 1000;
      return true;
    }
  }
}
