package io.onex.app.demo;

import io.onex.telemetry.LogKeys;
import io.onex.telemetry.LogLine;
import io.onex.time.Clock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/// Pretend nodes that post their events over HTTP, as real ones would, until closed.
///
/// Owns one virtual thread. The same seed gives the same runs; only the times follow the clock.
public final class DemoFleet implements AutoCloseable {
  private static final Duration TICK = Duration.ofMillis(100);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final int MOST_PER_POST = 500;

  /// Nodes pause when this many events wait for a gateway that does not take them.
  private static final int MOST_WAITING = 5_000;

  private static final Logger LOG = LogManager.getLogger(DemoFleet.class);

  private final URI events;
  private final Clock clock;
  private final RandomGenerator random;
  private final long microsBetweenRuns;
  private final PriorityQueue<DemoEvent> coming = new PriorityQueue<>();
  private final AtomicLong posted = new AtomicLong();
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final Thread thread;
  private long nextRunMicros;

  private DemoFleet(URI gateway, Clock clock, RandomGenerator random, double runsPerSecond) {
    this.events = gateway.resolve("/v1/events");
    this.clock = clock;
    this.random = random;
    this.microsBetweenRuns = Math.round(1_000_000 / runsPerSecond);
    this.nextRunMicros = clock.wallMicros();
    this.thread = Thread.ofVirtual().name("onex-demo").unstarted(this::run);
  }

  /// Starts a fleet.
  ///
  /// @param gateway such as `http://127.0.0.1:8420`
  /// @param runsPerSecond how many runs of all nodes start per second; each is two to four events
  public static DemoFleet start(
      URI gateway, Clock clock, RandomGenerator random, double runsPerSecond) {
    DemoFleet fleet = new DemoFleet(gateway, clock, random, runsPerSecond);
    fleet.thread.start();
    return fleet;
  }

  /// Events that the gateway accepted.
  public long posted() {
    return posted.get();
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(TIMEOUT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    client.shutdownNow();
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        plan(clock.wallMicros());
        post(clock.wallMicros());
        Thread.sleep(TICK);
      }
    } catch (InterruptedException e) {
      // Closed.
      Thread.currentThread().interrupt();
    }
  }

  private void plan(long now) {
    for (; nextRunMicros <= now; nextRunMicros += microsBetweenRuns) {
      if (coming.size() < MOST_WAITING) {
        coming.addAll(PretendNode.any(random).run(random, nextRunMicros));
      }
    }
  }

  /// Posts what has happened by now. What the gateway does not take stays for the next time, as a
  /// node with a buffer of its own would keep it.
  private void post(long now) throws InterruptedException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    PriorityQueue<DemoEvent> due = new PriorityQueue<>();
    while (!coming.isEmpty() && coming.peek().atMicros() <= now && due.size() < MOST_PER_POST) {
      DemoEvent event = coming.remove();
      due.add(event);
      body.write(event.json().array(), event.json().offset(), event.json().length());
      body.write('\n');
    }
    if (due.isEmpty()) {
      return;
    }
    HttpRequest request =
        HttpRequest.newBuilder(events)
            .timeout(TIMEOUT)
            .header("Content-Type", "application/x-ndjson")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
            .build();
    try {
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status == 202) {
        posted.addAndGet(due.size());
      } else {
        coming.addAll(due);
        LOG.warn(LogLine.of("Demo events were not taken").with(LogKeys.CODE, status));
      }
    } catch (IOException e) {
      coming.addAll(due);
      LOG.warn(LogLine.of("Demo events could not be posted").with(LogKeys.REASON, e.toString()));
    }
  }
}
