package io.onex.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.onex.testkit.FakeBackend.Behaviour;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What SIGTERM does while senders send as fast as they can and destinations are dead.
class StopUnderLoadTest {
  private static final int SENDERS = 4;
  private static final int PER_REQUEST = 50;
  private static final int BATCH = 200;

  @TempDir private Path folder;
  private final CountingSink well = new CountingSink();
  private final CountingSink blackHole = new CountingSink();
  private final CountingSink halfOpen = new CountingSink();
  private TestGateway gateway;

  @BeforeEach
  void start() throws Exception {
    gateway = new TestGateway(folder, Map.of());
    gateway.start(configuration());
  }

  @AfterEach
  void stop() throws Exception {
    gateway.close();
    well.close();
    blackHole.close();
    halfOpen.close();
  }

  @Test
  void it_ends_within_five_seconds_and_nothing_acknowledged_is_lost() throws Exception {
    NumberedEvents events = new NumberedEvents(6);
    Collection<String> promised = new ConcurrentLinkedQueue<>();
    blackHole.fallIll(request -> new Behaviour.BlackHole());
    halfOpen.fallIll(request -> new Behaviour.HalfOpen(Behaviour.Answer.of(200)));
    AtomicBoolean sending = new AtomicBoolean(true);
    List<Thread> senders = new ArrayList<>();
    for (int i = 0; i < SENDERS; i++) {
      senders.add(Thread.ofPlatform().start(() -> send(events, promised, sending)));
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> promised.size() >= 5_000 && blackHole.requests() > 0 && halfOpen.requests() > 0);

    long began = System.nanoTime();
    gateway.stop();
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    sending.set(false);
    for (Thread sender : senders) {
      sender.join();
    }
    assertThat(took).isLessThan(Duration.ofSeconds(5));
    System.out.println(
        "stopped in " + took.toMillis() + " ms with " + promised.size() + " events acknowledged");

    blackHole.recover();
    halfOpen.recover();
    gateway.start(configuration());
    for (CountingSink sink : List.of(well, blackHole, halfOpen)) {
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(sink.distinct().keySet()).containsAll(promised));
      events.judge(sink, promised);
    }
    assertThat(NumberedEvents.repeats(well))
        .as("at most the attempt under way")
        .isLessThanOrEqualTo(BATCH);
    await()
        .untilAsserted(() -> {
          NumberedEvents.judgeLedger(gateway.destination("well"), well);
          NumberedEvents.judgeLedger(gateway.destination("black_hole"), blackHole);
          NumberedEvents.judgeLedger(gateway.destination("half_open"), halfOpen);
        });
  }

  private void send(NumberedEvents events, Collection<String> promised, AtomicBoolean sending) {
    while (sending.get()) {
      String lines = events.next(PER_REQUEST);
      try {
        if (gateway.post(lines, "durable").statusCode() == 202) {
          promised.addAll(NumberedEvents.ids(lines));
        }
      } catch (IOException e) {
        // It is stopping: what was not acknowledged was not promised.
        return;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private String configuration() {
    return "integrations:\n"
        + destination("well", well)
        + destination("black_hole", blackHole)
        + destination("half_open", halfOpen);
  }

  private static String destination(String name, CountingSink sink) {
    return """
      %s:
        kind: elk
        logstash_url: "%s"
        timeout: 30s
        batch: {max_size: %d, max_age: 20ms}
    """
        .formatted(name, sink.url(), BATCH)
        .indent(2);
  }
}
