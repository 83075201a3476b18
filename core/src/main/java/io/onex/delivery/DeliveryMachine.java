package io.onex.delivery;

import io.onex.bytes.Slice;
import io.onex.log.Position;
import io.onex.log.cursor.CursorEntry;
import io.onex.log.cursor.CursorStanding;
import io.onex.log.cursor.ReplayProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The delivery loop of one destination as a state machine: it is told what happened and when, and
/// answers what is to be done. It does no I/O, reads no clock and starts no thread, so that a
/// simulation runs the very code that production runs. One owner; deterministic for equal inputs,
/// times and random numbers.
///
/// Only what is settled is ever committed: so whatever the moment the process dies, every record is
/// either counted or will be read again. `designs/delivery.md` draws it.
public final class DeliveryMachine {
  private final Traffic traffic;
  private final Admission admission;
  private final Lane live;
  private @Nullable Replaying replay;
  private DestinationState announced = DestinationState.DELIVERING;
  private OptionalLong wakeAtNanos = OptionalLong.empty();
  private boolean stopping;
  private boolean finished;

  /// The replay at hand.
  private record Replaying(long job, Lane lane) {
    ReplayProgress progress() {
      CursorEntry entry = lane.entry();
      return new ReplayProgress(job, entry.cursor(), entry.ledger(), lane.refusal());
    }
  }

  /// @param entry where the destination stands; records are read from its low water on
  /// @param random spreads retries; seeded in tests
  public DeliveryMachine(
      CursorEntry entry, DeliverySettings settings, RandomGenerator random, long nowNanos) {
    boolean paused = entry.standing() == CursorStanding.PAUSED;
    this.admission = new Admission(settings, paused, entry.reason(), nowNanos);
    this.traffic = new Traffic(settings, admission, random);
    this.live = new Lane(entry, new Lane.Duty.Live(), traffic);
    if (paused) {
      announced = DestinationState.PAUSED;
    }
  }

  /// Takes one input in.
  ///
  /// @param nowNanos monotonic time, never less than before
  /// @return what is to be done, in this order
  public List<DeliveryAction> step(DeliveryInput input, long nowNanos) {
    List<DeliveryAction> actions = new ArrayList<>();
    switch (input) {
      case DeliveryInput.Tick() -> {
        // Time is all it brings.
      }
      case DeliveryInput.Read(JudgedRecords records) -> live.take(records, nowNanos);
      case DeliveryInput.Ended(long attempt, AttemptEnd end) ->
          laneOf(attempt).ended(attempt, end, nowNanos);
      case DeliveryInput.DeadLettersKept(long id, boolean durable) ->
          live.kept(id, durable, nowNanos);
      case DeliveryInput.Changed(DeliverySettings changed) -> {
        traffic.change(changed, nowNanos);
        live.changed(nowNanos);
        if (replay != null) {
          replay.lane().changed(nowNanos);
        }
      }
      case DeliveryInput.BeginReplay(long job, Position from, Position end) ->
          begin(job, from, end);
      case DeliveryInput.ReplayRead(long job, JudgedRecords records) -> {
        if (replay != null && replay.job() == job) {
          replay.lane().take(records, nowNanos);
        }
      }
      case DeliveryInput.CancelReplay(long job) -> {
        if (replay != null && replay.job() == job) {
          replay.lane().cancel();
        }
      }
      case DeliveryInput.Stop(Optional<Position> end) -> {
        stopping = true;
        if (end.isPresent() && admission.state(nowNanos) == DestinationState.DELIVERING) {
          live.drain(end.get());
        }
      }
    }
    if (!stopping) {
      live.start(traffic.places(), actions, nowNanos);
      live.read(actions);
      replay(actions, nowNanos);
    } else if (live.isDraining()) {
      live.start(traffic.places(), actions, nowNanos);
      live.read(actions);
    }
    actions.addAll(live.ask(nowNanos));
    announce(actions, nowNanos);
    live.settling()
        .drain()
        .ifPresent(settled -> actions.add(new DeliveryAction.Commit(entry(), settled)));
    commitReplay(actions);
    finish(actions);
    wakeAtNanos = nextTime(nowNanos);
    return actions;
  }

  /// When to step with a [DeliveryInput.Tick] if nothing else happens before; empty when time alone
  /// changes nothing.
  public OptionalLong wakeAtNanos() {
    return wakeAtNanos;
  }

  /// The cursor and ledger, as last committed or about to be.
  public CursorEntry entry() {
    CursorEntry entry = live.entry();
    return replay == null ? entry : entry.withReplay(replay.progress());
  }

  public DestinationState state() {
    return announced;
  }

  /// What the system said last while it is not delivering, otherwise empty.
  public String reason() {
    return admission.reason();
  }

  public BreakerState breaker() {
    return admission.breaker();
  }

  /// Records that wait by themselves, because the system asked to send them again while it takes
  /// others.
  public int waitingAside() {
    return live.waitingAside();
  }

  public int attemptsUnderWay() {
    return traffic.attempts();
  }

  /// Ingest time of the oldest record that was read and has no outcome, in microseconds.
  public OptionalLong oldestPendingMicros() {
    OldestRecord oldest = new OldestRecord();
    live.oldest(oldest);
    return oldest.ingestMicros();
  }

  private Lane laneOf(long attempt) {
    return replay != null && replay.lane().isUnderWay(attempt) ? replay.lane() : live;
  }

  private void begin(long job, Position from, Position end) {
    if (replay != null) {
      throw new IllegalStateException(
          "replay " + job + " cannot begin while " + replay.job() + " is under way");
    }
    CursorEntry entry = live.entry();
    ReplayProgress progress =
        entry
            .replay()
            .filter(before -> before.job() == job)
            .orElseGet(() -> ReplayProgress.at(job, from));
    CursorEntry own =
        new CursorEntry(
            entry.destination(),
            progress.cursor(),
            progress.counts(),
            CursorStanding.ACTIVE,
            "",
            Slice.EMPTY,
            Optional.empty(),
            0);
    replay = new Replaying(job, new Lane(own, new Lane.Duty.Replay(job, end), traffic));
  }

  /// A replay sends only while live traffic has nothing to send, and leaves it one place: so it
  /// delays a live batch by no more than an attempt, and not at all where attempts run in parallel.
  private void replay(List<DeliveryAction> actions, long nowNanos) {
    if (replay == null) {
      return;
    }
    if (!live.isDue(nowNanos)) {
      replay.lane().start(Math.max(1, traffic.places() - 1), actions, nowNanos);
    }
    replay.lane().read(actions);
  }

  private void commitReplay(List<DeliveryAction> actions) {
    Replaying current = replay;
    if (current == null) {
      return;
    }
    Lane lane = current.lane();
    lane.settling()
        .drain()
        .ifPresent(settled -> actions.add(new DeliveryAction.CommitReplay(entry(), settled)));
    boolean cancelled = lane.isCancelled() && lane.isQuiet();
    if (lane.isComplete() || cancelled) {
      live.settling().keep(entry());
      replay = null;
      actions.add(new DeliveryAction.EndReplay(current.progress(), !lane.isComplete()));
    }
  }

  private void announce(List<DeliveryAction> actions, long nowNanos) {
    DestinationState state = admission.state(nowNanos);
    CursorEntry entry = live.entry();
    boolean paused = entry.standing() == CursorStanding.PAUSED;
    if (admission.paused() != paused) {
      live.settling()
          .replace(
              admission.paused()
                  ? entry.withStanding(CursorStanding.PAUSED, admission.reason())
                  : entry.withStanding(CursorStanding.ACTIVE, ""));
    }
    if (state != announced) {
      actions.add(
          new DeliveryAction.Announce(
              new StateChange(entry.destination(), announced, state, admission.reason())));
      announced = state;
    }
  }

  private void finish(List<DeliveryAction> actions) {
    if (stopping
        && !finished
        && !live.isDraining()
        && live.isQuiet()
        && (replay == null || replay.lane().isQuiet())) {
      finished = true;
      actions.add(new DeliveryAction.Finish());
    }
  }

  private OptionalLong nextTime(long nowNanos) {
    EarliestTime earliest = new EarliestTime(nowNanos);
    live.times(earliest, stopping && !live.isDraining());
    if (replay != null) {
      replay.lane().times(earliest, stopping);
    }
    if (!stopping || live.isDraining()) {
      admission.nextChangeNanos(nowNanos).ifPresent(earliest::add);
    }
    return earliest.nanos();
  }
}
