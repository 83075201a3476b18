package io.onex.delivery;

import io.onex.log.Position;
import io.onex.log.cursor.CursorEntry;
import io.onex.telemetry.LogKeys;
import io.onex.telemetry.LogLine;
import io.onex.thread.OwnedThread;
import io.onex.thread.Pulse;
import io.onex.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/// Runs the [DeliveryMachine] of one destination: the thin shell that owns its threads.
///
/// One virtual thread owns the machine and does what it says, one reads the log, and each attempt
/// has its own. They talk through a mailbox, so nothing of the machine is shared and no destination
/// shares anything with another but the log and the pools that read the disk and compute.
///
/// Order that makes crashes exact: dead letters are durable before the machine hears of it, only
/// then does it settle their records, the cursor journal is written with what was settled, and the
/// delivery journal and the watch follow. A process killed between two of these steps repeats at
/// most what was under way.
public final class DestinationLoop implements AutoCloseable {
  private static final Logger LOG = LogManager.getLogger(DestinationLoop.class);
  private static final Duration AFTER_BUG = Duration.ofSeconds(1);
  private static final Duration DEFAULT_GRACE = Duration.ofSeconds(2);

  /// How long attempts may take to end once they are interrupted.
  private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(1);

  private final DeliveryEnvironment environment;
  private final DestinationSetup setup;
  private final Clock clock;
  private final DeliveryTelemetry telemetry;
  private final Bookkeeping books;
  private final Computing computing;
  private final AttemptThreads attempts;
  private final DiskReads disk;
  private final ReplayRun replays;
  private final LinkedBlockingQueue<Message> mailbox = new LinkedBlockingQueue<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicBoolean started = new AtomicBoolean();
  private final OwnedThread thread;

  /// Of the owner and of those that read; changed by the owner alone.
  private final List<Pulse> pulses = new CopyOnWriteArrayList<>();

  private volatile DestinationStatus status;
  private DeliverySettings settings;
  private DeliveryMachine machine;
  private @Nullable ReadAhead reading;
  private int generation;
  private boolean stopping;
  private boolean interrupted;
  private boolean finished;
  private long stopAtNanos;

  /// What reaches the owner.
  private sealed interface Message {
    /// @param generation of the machine that asked; answers to an earlier one are void
    record Input(int generation, DeliveryInput input) implements Message {}

    record Change(
        Integration integration, Optional<Integration> fallback, DeliverySettings settings)
        implements Message {}

    /// @param drains whether the little that is left is still sent
    record Stop(Duration grace, boolean drains) implements Message {}

    record ReaderFailed(int generation, RuntimeException bug) implements Message {}

    record Expire(Position newStart, CountDownLatch done) implements Message {}

    record ReplayAsked() implements Message {}

    record ReplayCancelled(long job) implements Message {}

    record ReplayFailed(int generation, long job, RuntimeException bug) implements Message {}
  }

  public DestinationLoop(DeliveryEnvironment environment, DestinationSetup setup) {
    this.environment = environment;
    this.setup = setup;
    this.clock = environment.clock();
    this.settings = setup.settings();
    this.telemetry =
        new DeliveryTelemetry(
            environment.telemetry(), setup.name(), this::oldestPendingSeconds, this::pending);
    this.computing = new Computing(environment.computers());
    this.attempts = new AttemptThreads(setup, clock, telemetry, computing);
    this.disk = new DiskReads(environment, setup.name(), telemetry);
    this.books = new Bookkeeping(environment, setup, telemetry, disk);
    this.replays = new ReplayRun(environment, setup, attempts::takes, disk);
    this.machine = newMachine();
    this.status = statusOf(machine);
    this.thread =
        OwnedThread.virtual("delivery-" + setup.name(), "delivery " + setup.name(), this::run);
    pulses.add(thread.pulse());
  }

  /// Starts delivering. Called once.
  public void start() {
    if (started.getAndSet(true)) {
      throw new IllegalStateException("destination " + setup.name() + " was started before");
    }
    var _ = thread.start();
  }

  /// Applies new settings and integrations to every next attempt; those before are closed when
  /// their attempts have ended.
  public void change(
      Integration integration, Optional<Integration> fallback, DeliverySettings changed) {
    mailbox.add(new Message.Change(integration, fallback, changed));
  }

  /// Looks for replays of this destination that were asked for.
  public void replay() {
    mailbox.add(new Message.ReplayAsked());
  }

  /// Ends a replay that is cancelled, once what of it is under way has ended.
  public void cancelReplay(long job) {
    mailbox.add(new Message.ReplayCancelled(job));
  }

  /// Counts what is open below `newStart` as expired, because its records are about to be removed,
  /// and saves that. Attempts with such records under way are given up.
  ///
  /// @return whether it has; false when the loop has ended or did not come to it in time
  public boolean expireBelow(Position newStart, Duration timeout) throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    mailbox.add(new Message.Expire(newStart, done));
    return ended.getCount() > 0 && done.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  /// Begins to stop and returns at once: a partial batch is sent to a system that takes what it
  /// gets, attempts under way get `grace` to end, then they are interrupted. What is done is
  /// committed, all else stays in the log.
  public void stop(Duration grace) {
    mailbox.add(new Message.Stop(grace, true));
  }

  /// Waits until the loop has ended.
  ///
  /// @return whether it has; false when `timeout` passed first
  public boolean awaitEnd(Duration timeout) throws InterruptedException {
    return ended.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  /// Stops with a grace of two seconds for what is under way, starts nothing more and waits until
  /// the loop has ended, at most a second more. A loop that never started only closes its
  /// integrations.
  @Override
  public void close() {
    if (!started.getAndSet(true)) {
      attempts.close();
      ended.countDown();
      return;
    }
    mailbox.add(new Message.Stop(DEFAULT_GRACE, false));
    boolean wasInterrupted = false;
    while (ended.getCount() > 0) {
      try {
        ended.await();
      } catch (InterruptedException e) {
        wasInterrupted = true;
      }
    }
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// How the destination is doing. Callable from any thread.
  public DestinationStatus status() {
    return status;
  }

  /// The signs of life of its threads, once it is started. Waits for nothing.
  public List<Pulse> pulses() {
    return started.get() ? List.copyOf(pulses) : List.of();
  }

  private void run(OwnedThread self) {
    try {
      books.begin();
      begin();
      while (!finished) {
        try {
          turn();
        } catch (RuntimeException e) {
          restart(e);
        }
      }
      self.askToStop();
    } finally {
      endReading();
      attempts.close();
      books.end();
      ended.countDown();
    }
  }

  /// Those of readers that have ended are of no use any more.
  private void watch(Pulse reader) {
    pulses.removeIf(pulse -> pulse.hasEnded() && pulse.failure().isEmpty());
    pulses.add(reader);
  }

  private void begin() {
    int current = generation;
    reading =
        ReadAhead.start(
            "reader " + setup.name(),
            pulse ->
                new LogTail(
                    environment,
                    books.committed().cursor().lowWater(),
                    new Judge(setup.name(), setup.filter(), attempts::takes),
                    computing,
                    disk,
                    pulse),
            new ReadAhead.Told(
                records -> tell(current, new DeliveryInput.Read(records)),
                bug -> mailbox.add(new Message.ReaderFailed(current, bug))));
    watch(reading.pulse());
    tell(current, new DeliveryInput.Tick());
    replay();
  }

  private void nextReplay() {
    int current = generation;
    ReplayRun.Told told =
        new ReplayRun.Told() {
          @Override
          public void read(long job, JudgedRecords records) {
            tell(current, new DeliveryInput.ReplayRead(job, records));
          }

          @Override
          public void failed(long job, RuntimeException bug) {
            mailbox.add(new Message.ReplayFailed(current, job, bug));
          }
        };
    Optional<DeliveryInput.BeginReplay> begun = replays.next(books.committed(), told);
    if (begun.isPresent()) {
      replays.pulse().ifPresent(this::watch);
      step(begun.get());
    }
  }

  private void tell(int from, DeliveryInput input) {
    mailbox.add(new Message.Input(from, input));
  }

  private void turn() {
    Message message = receive();
    switch (message) {
      case null -> {
        if (stopping && clock.monotonicNanos() - stopAtNanos >= 0) {
          overtime();
        } else {
          step(new DeliveryInput.Tick());
        }
      }
      case Message.Input(int from, DeliveryInput input) -> {
        if (input instanceof DeliveryInput.Ended(long attempt, AttemptEnd end)
            && from == generation) {
          attempts.ended(attempt);
        }
        if (from == generation) {
          step(input);
        }
      }
      case Message.Change(Integration integration, var fallback, DeliverySettings changed) -> {
        attempts.change(integration, fallback);
        settings = changed;
        step(new DeliveryInput.Changed(changed));
      }
      case Message.Stop(Duration grace, boolean drains) -> {
        if (!stopping) {
          stopping = true;
          stopAtNanos = clock.monotonicNanos() + grace.toNanos();
          replays.stop();
          step(
              new DeliveryInput.Stop(
                  drains ? Optional.of(environment.log().durableEnd()) : Optional.empty()));
        }
      }
      case Message.ReaderFailed(int from, RuntimeException bug) -> {
        if (from == generation && !stopping) {
          throw bug;
        }
      }
      case Message.Expire(Position newStart, CountDownLatch done) -> {
        if (!stopping) {
          expire(newStart);
          done.countDown();
        }
      }
      case Message.ReplayAsked() -> {
        if (!stopping) {
          nextReplay();
        }
      }
      case Message.ReplayCancelled(long job) -> {
        if (replays.cancel(job)) {
          step(new DeliveryInput.CancelReplay(job));
        }
      }
      case Message.ReplayFailed(int from, long job, RuntimeException bug) -> {
        if (from == generation) {
          replays.failed(job, bug);
          step(new DeliveryInput.CancelReplay(job));
        }
      }
    }
  }

  private @Nullable Message receive() {
    OptionalLong wake = machine.wakeAtNanos();
    long now = clock.monotonicNanos();
    long wait = wake.isPresent() ? wake.getAsLong() - now : Long.MAX_VALUE;
    if (stopping) {
      wait = Math.min(wait, stopAtNanos - now);
    }
    while (true) {
      thread.pulse().rest();
      try {
        return mailbox.poll(Math.max(wait, 0), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        // Nobody interrupts the owner; stopping comes through the mailbox.
        LOG.warn(LogLine.of("delivery was interrupted").with(LogKeys.DESTINATION, setup.name()));
      } finally {
        thread.pulse().beat();
      }
    }
  }

  /// The grace has passed: interrupts the attempts, and leaves those behind that do not heed it.
  private void overtime() {
    if (interrupted || attempts.isEmpty()) {
      finished = true;
      return;
    }
    interrupted = true;
    attempts.interrupt();
    stopAtNanos = clock.monotonicNanos() + AFTER_INTERRUPT.toNanos();
  }

  private void step(DeliveryInput input) {
    for (DeliveryAction action : machine.step(input, clock.monotonicNanos())) {
      act(action);
    }
    telemetry.stepped(machine);
    status = statusOf(machine);
  }

  private void act(DeliveryAction action) {
    int from = generation;
    switch (action) {
      case DeliveryAction.ReadMore more -> order(more);
      case DeliveryAction.Start(Attempt attempt) ->
          attempts.start(attempt, (one, end) -> tell(from, new DeliveryInput.Ended(one.id(), end)));
      case DeliveryAction.KeepDeadLetters(long id, List<Rejected> rejected) ->
          tell(from, new DeliveryInput.DeadLettersKept(id, books.keep(rejected)));
      case DeliveryAction.Commit(CursorEntry entry, List<Settlement> settled) ->
          books.commit(entry, settled);
      case DeliveryAction.ReadReplay read -> replays.order(read);
      case DeliveryAction.CommitReplay(CursorEntry entry, List<Settlement> settled) -> {
        replays.settled(settled);
        books.commitReplay(entry);
      }
      case DeliveryAction.EndReplay end -> {
        replays.ended(end);
        replay();
      }
      case DeliveryAction.Announce(StateChange change) -> books.announce(change);
      case DeliveryAction.Finish() -> finished = true;
    }
  }

  private void order(DeliveryAction.ReadMore more) {
    ReadAhead current = reading;
    if (current != null) {
      current.order(more);
    }
  }

  /// What was read of these records is void, so all begins again behind them.
  private void expire(Position newStart) {
    CursorEntry entry = books.committed();
    if (entry.cursor().open(newStart).isEmpty()) {
      return;
    }
    endReading();
    attempts.abandon();
    generation++;
    books.commit(entry.expireBelow(newStart), List.of());
    machine = newMachine();
    status = statusOf(machine);
    begin();
  }

  /// A bug must not end a destination: it begins again at what was committed last.
  private void restart(RuntimeException bug) {
    LOG.error(
        LogLine.of("delivery failed and begins again at the cursor")
            .with(LogKeys.DESTINATION, setup.name())
            .with(LogKeys.POSITION, books.committed().cursor().lowWater().toString()),
        bug);
    endReading();
    attempts.abandon();
    generation++;
    if (stopping) {
      finished = true;
      return;
    }
    try {
      Thread.sleep(AFTER_BUG);
    } catch (InterruptedException e) {
      LOG.warn(LogLine.of("delivery was interrupted").with(LogKeys.DESTINATION, setup.name()));
    }
    machine = newMachine();
    begin();
  }

  private void endReading() {
    ReadAhead current = reading;
    reading = null;
    if (current != null) {
      current.end();
    }
    replays.stop();
  }

  private DeliveryMachine newMachine() {
    return new DeliveryMachine(books.committed(), settings, setup.random(), clock.monotonicNanos());
  }

  private DestinationStatus statusOf(DeliveryMachine current) {
    return new DestinationStatus(
        current.entry(),
        current.state(),
        current.breaker(),
        current.reason(),
        current.attemptsUnderWay(),
        current.oldestPendingMicros());
  }

  private double oldestPendingSeconds() {
    OptionalLong oldest = status.oldestPendingMicros();
    return oldest.isEmpty()
        ? 0
        : Math.max(0, (clock.wallMicros() - oldest.getAsLong()) / 1_000_000.0);
  }

  private double pending() {
    return status.entry().cursor().pending(environment.log().durableEnd());
  }
}
