package io.onex.testkit;

import io.onex.delivery.Attempt;
import io.onex.delivery.DeliveryAction;
import io.onex.delivery.DeliveryInput;
import io.onex.delivery.DeliveryMachine;
import io.onex.delivery.DeliverySettings;
import io.onex.delivery.JudgedRecords;
import io.onex.delivery.StateChange;
import io.onex.delivery.Verdict;
import io.onex.log.Position;
import io.onex.log.RecordBatch;
import io.onex.log.cursor.CursorEntry;
import io.onex.log.cursor.LedgerBalance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;

/// The delivery machine of production before a simulated system, in virtual time.
///
/// It has a random generator of its own, drawn from the seed and its name, so that nothing another
/// destination does can change what it draws.
public final class SimulatedDestination {
  private final SimulatedScheduler scheduler;
  private final SimulatedLog log;
  private final SimulatedSystem system;
  private final Random random;
  private final DeliveryMachine machine;
  private final List<Trace> attempts = new ArrayList<>();
  private final List<StateChange> changes = new ArrayList<>();
  private Position readUpTo = Position.START;
  private long caughtUpNanos;
  private long wakeups;

  /// One attempt as it was started.
  ///
  /// @param at virtual time
  /// @param first offset of its first record
  /// @param last offset of its last record
  public record Trace(Duration at, long first, long last, int records, int number) {}

  public SimulatedDestination(
      String name,
      DeliverySettings settings,
      SimulatedSystem system,
      SimulatedScheduler scheduler,
      SimulatedLog log,
      long seed) {
    this.scheduler = scheduler;
    this.log = log;
    this.system = system;
    this.random = new Random(seed * 31 + name.hashCode());
    this.caughtUpNanos = scheduler.clock().monotonicNanos();
    this.machine =
        new DeliveryMachine(
            CursorEntry.at(name, Position.START),
            settings,
            new Random(seed * 17 + name.hashCode()),
            scheduler.clock().monotonicNanos());
    scheduler.after(Duration.ZERO, () -> step(new DeliveryInput.Tick()));
  }

  /// All attempts so far, in order.
  public List<Trace> attempts() {
    return Collections.unmodifiableList(attempts);
  }

  public List<StateChange> changes() {
    return Collections.unmodifiableList(changes);
  }

  public LedgerBalance balance() {
    return machine.entry().balance(log.end());
  }

  private void step(DeliveryInput input) {
    for (DeliveryAction action : machine.step(input, scheduler.clock().monotonicNanos())) {
      switch (action) {
        case DeliveryAction.ReadMore more -> read(more);
        case DeliveryAction.Start(Attempt attempt) -> start(attempt);
        case DeliveryAction.KeepDeadLetters(long id, var rejected) ->
            scheduler.after(
                Duration.ofMillis(2), () -> step(new DeliveryInput.DeadLettersKept(id, true)));
        case DeliveryAction.Commit(CursorEntry entry, var settled) -> {
          if (!entry.balance(log.end()).holds()) {
            throw new AssertionError(entry.balance(log.end()).sentence());
          }
        }
        case DeliveryAction.ReadReplay _,
            DeliveryAction.CommitReplay _,
            DeliveryAction.EndReplay _ ->
            throw new AssertionError("nobody asked for a replay");
        case DeliveryAction.Announce(StateChange change) -> changes.add(change);
        case DeliveryAction.Finish() -> {
          // Simulations end by their time.
        }
      }
    }
    planWakeup();
  }

  private void planWakeup() {
    OptionalLong wake = machine.wakeAtNanos();
    if (wake.isPresent()) {
      long planned = ++wakeups;
      scheduler.after(
          Duration.ofNanos(wake.getAsLong() - scheduler.clock().monotonicNanos()),
          () -> {
            if (planned == wakeups) {
              step(new DeliveryInput.Tick());
            }
          });
    } else {
      wakeups++;
    }
  }

  private void start(Attempt attempt) {
    Duration now = scheduler.clock().elapsed();
    attempts.add(
        new Trace(
            now,
            attempt.records().getFirst().position().offset(),
            attempt.records().getLast().position().offset(),
            attempt.records().size(),
            attempt.number()));
    SimulatedSystem.Response response = system.respond(attempt, now, random);
    scheduler.after(
        response.after(), () -> step(new DeliveryInput.Ended(attempt.id(), response.end())));
  }

  private void read(DeliveryAction.ReadMore more) {
    if (log.end().equals(readUpTo)) {
      log.awaitMore(() -> {
        caughtUpNanos = scheduler.clock().monotonicNanos();
        read(more);
      });
      return;
    }
    RecordBatch batch = log.read(readUpTo, more.maxRecords(), more.maxBytes());
    readUpTo = batch.end();
    JudgedRecords judged =
        new JudgedRecords(
            batch,
            Collections.nCopies(batch.records().size(), Verdict.DELIVER),
            Position.START,
            caughtUpNanos);
    scheduler.after(Duration.ofNanos(100_000), () -> step(new DeliveryInput.Read(judged)));
  }
}
