package io.onex.delivery;

import io.onex.log.Record;
import io.onex.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/// The attempts of one destination that are under way, each on a virtual thread of its own, and the
/// integrations they use. Belongs to the loop's owner, but for [#takes].
final class AttemptThreads {
  private final DestinationSetup setup;
  private final Clock clock;
  private final DeliveryTelemetry telemetry;
  private final Integrations integrations;
  private final Computing computing;
  private final Map<Long, Thread> threads = new HashMap<>();

  AttemptThreads(
      DestinationSetup setup, Clock clock, DeliveryTelemetry telemetry, Computing computing) {
    this.setup = setup;
    this.computing = computing;
    this.clock = clock;
    this.telemetry = telemetry;
    this.integrations = new Integrations(setup.integration(), setup.fallback());
  }

  /// Whether the integration in use takes a record. Callable from any thread.
  boolean takes(Record record) {
    return integrations.takes(record);
  }

  /// @param ended told on the attempt's thread how it ended, whatever happens
  void start(Attempt attempt, BiConsumer<Attempt, AttemptEnd> ended) {
    Integration integration = integrations.acquire(attempt);
    threads.put(
        attempt.id(),
        Thread.ofVirtual()
            .name("attempt-" + setup.name() + "-" + attempt.id())
            .start(() -> run(integration, attempt, ended)));
  }

  private void run(
      Integration integration, Attempt attempt, BiConsumer<Attempt, AttemptEnd> ended) {
    long started = clock.monotonicNanos();
    AttemptEnd end = new AttemptEnd.Abandoned();
    try {
      EncodeContext context = attempt.again() ? setup.replayContext() : setup.context();
      end = AttemptRunner.run(integration, context, attempt.records(), computing);
    } finally {
      long bodyBytes = attempt.records().stream().mapToLong(each -> each.body().length()).sum();
      telemetry.attempt(end, attempt.number(), bodyBytes, clock.monotonicNanos() - started);
      ended.accept(attempt, end);
    }
  }

  void ended(long attempt) {
    threads.remove(attempt);
    integrations.release(attempt);
  }

  boolean isEmpty() {
    return threads.isEmpty();
  }

  void interrupt() {
    threads.values().forEach(Thread::interrupt);
  }

  /// Interrupts all and forgets them; their ends mean nothing any more.
  void abandon() {
    interrupt();
    threads.clear();
    integrations.releaseAll();
  }

  /// Other integrations for every next attempt; those before are closed when theirs have ended.
  void change(Integration integration, Optional<Integration> fallback) {
    integrations.change(integration, fallback);
  }

  void close() {
    integrations.closeAll();
  }
}
