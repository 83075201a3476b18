package io.onex.delivery;

import io.onex.log.RecordOutcome;
import io.onex.log.cursor.CursorEntry;
import io.onex.log.cursor.CursorStanding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/// The delivery loop of one destination as a state machine: it is told what happened and when, and
/// answers what is to be done. It does no I/O, reads no clock and starts no thread, so that a
/// simulation runs the very code that production runs. One owner; deterministic for equal inputs,
/// times and random numbers.
///
/// Each record read is in exactly one place: the backlog (not sent yet), `waiting` (sent before and
/// to be sent again), `flights` (an attempt is under way) or the dead letter desk. It leaves them
/// by being settled, which moves the cursor and the ledger in one step, and only what is settled is
/// ever committed: so whatever the moment the process dies, every record is either counted or will
/// be read again. `designs/delivery.md` draws it.
public final class DeliveryMachine {
  private static final int READ_RECORDS = 1_024;
  private static final int READ_BYTES = 1 << 20;

  /// How often a rejected record is offered to a fallback that does not answer.
  private static final int FALLBACK_ATTEMPTS = 3;

  /// Rejections that may await their dead letters before nothing new is sent.
  private static final int MAX_UNKEPT = 100;

  private final RandomGenerator random;
  private final Settling settling;
  private final Admission admission;
  private final Backlog backlog = new Backlog();
  private final List<Batch> waiting = new ArrayList<>();
  private final Map<Long, Flight> flights = new LinkedHashMap<>();
  private final DeadLetterDesk desk = new DeadLetterDesk();
  private DeliverySettings settings;
  private DestinationState announced = DestinationState.DELIVERING;
  private OptionalLong wakeAtNanos = OptionalLong.empty();
  private long flightBytes;
  private long nextId = 1;
  private boolean reading;
  private boolean stopping;
  private boolean finished;

  private record Flight(Batch batch, Admission.Ticket ticket) {}

  /// @param entry where the destination stands; records are read from its low water on
  /// @param random spreads retries; seeded in tests
  public DeliveryMachine(
      CursorEntry entry, DeliverySettings settings, RandomGenerator random, long nowNanos) {
    boolean paused = entry.standing() == CursorStanding.PAUSED;
    this.settling = new Settling(entry);
    this.settings = settings;
    this.random = random;
    this.admission = new Admission(settings, paused, entry.reason(), nowNanos);
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
      case DeliveryInput.Read(JudgedRecords records) -> {
        reading = false;
        taken(backlog.take(records, settling.entry()), nowNanos);
      }
      case DeliveryInput.Ended(long attempt, AttemptEnd end) -> ended(attempt, end, nowNanos);
      case DeliveryInput.DeadLettersKept(long id, boolean durable) -> kept(id, durable, nowNanos);
      case DeliveryInput.Changed(DeliverySettings changed) -> changed(changed, nowNanos);
      case DeliveryInput.Stop() -> stopping = true;
    }
    if (!stopping) {
      startRetries(actions, nowNanos);
      startFresh(actions, nowNanos);
      read(actions);
    }
    actions.addAll(desk.ask(nowNanos));
    announce(actions, nowNanos);
    actions.addAll(settling.drain());
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
    return settling.entry();
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

  public int attemptsUnderWay() {
    return flights.size();
  }

  /// Ingest time of the oldest record that was read and has no outcome, in microseconds.
  public OptionalLong oldestPendingMicros() {
    OldestRecord oldest = new OldestRecord(backlog.oldestIngestMicros());
    waiting.forEach(batch -> oldest.add(batch.items().getFirst()));
    flights.values().forEach(flight -> oldest.add(flight.batch().items().getFirst()));
    desk.oldest(oldest);
    return oldest.ingestMicros();
  }

  private void taken(Backlog.Aside aside, long nowNanos) {
    settling.settle(aside.settled());
    List<Rejected> rejected = new ArrayList<>();
    for (int i = 0; i < aside.unjudged().size(); i++) {
      Rejection why = new Rejection(Rejection.Code.RULE_ERROR, aside.reasons().get(i));
      rejected.add(new Rejected(aside.unjudged().get(i).record(), why, 0));
    }
    if (!rejected.isEmpty()) {
      desk.put(nextId++, aside.unjudged(), rejected, nowNanos);
    }
  }

  private void ended(long id, AttemptEnd end, long nowNanos) {
    Flight flight = flights.remove(id);
    if (flight == null) {
      throw new IllegalArgumentException("no attempt " + id + " is under way");
    }
    Batch batch = flight.batch();
    flightBytes -= batch.bytes();
    Sorting sorting = Sorting.of(batch.items(), end);
    Target target = flight.ticket().target();
    switch (sorting.signal()) {
      case Sorting.Signal.Answered() -> admission.answered(flight.ticket());
      case Sorting.Signal.Failed(String reason, var retryAfter) ->
          admission.failed(flight.ticket(), reason, retryAfter, nowNanos);
      case Sorting.Signal.Unauthorized(String reason) ->
          admission.unauthorized(flight.ticket(), reason, nowNanos);
      case Sorting.Signal.Undecided() -> admission.undecided(flight.ticket());
    }
    settling.settle(
        sorting.taken(),
        target == Target.OWN ? RecordOutcome.DELIVERED : RecordOutcome.DIVERTED,
        batch.attempts(),
        "");
    if (!sorting.again().isEmpty()) {
      again(batch.only(sorting.again()), sorting.signal(), target, nowNanos);
    }
    sorting
        .refusal()
        .ifPresent(why -> bisect(batch.only(sorting.refused()), why, target, nowNanos));
    for (int i = 0; i < sorting.rejected().size(); i++) {
      Batch alone = batch.only(List.of(sorting.rejected().get(i)));
      reject(alone, sorting.rejections().get(i), target, nowNanos);
    }
  }

  private void again(Batch batch, Sorting.Signal signal, Target target, long nowNanos) {
    Optional<Rejection> rejection = batch.rejection();
    if (rejection.isPresent() && batch.failures() + 1 >= FALLBACK_ATTEMPTS) {
      keep(batch, rejection.get(), nowNanos);
      return;
    }
    // What failed while diverting is not kept from the fallback by the wait for its own system.
    boolean atOnce =
        target == Target.OWN
            && (signal instanceof Sorting.Signal.Unauthorized
                || admission.state(nowNanos) == DestinationState.DIVERTING);
    wait(
        atOnce
            ? batch.again(nowNanos)
            : batch.failedUntil(nowNanos + delayNanos(batch.failures() + 1)));
  }

  private void bisect(Batch batch, Rejection why, Target target, long nowNanos) {
    if (batch.size() == 1) {
      reject(batch, why, target, nowNanos);
    } else {
      batch.halves().forEach(half -> wait(half.again(nowNanos)));
    }
  }

  /// One record that a system will never take.
  private void reject(Batch alone, Rejection why, Target target, long nowNanos) {
    if (target == Target.OWN) {
      boolean offered = settings.fallback().filter(FallbackSettings::onDeadLetter).isPresent();
      if (offered) {
        wait(alone.with(new Batch.Fate.FallbackOnly(why)).again(nowNanos));
      } else {
        keep(alone, why, nowNanos);
      }
      return;
    }
    alone
        .rejection()
        .ifPresentOrElse(
            before -> keep(alone, before, nowNanos),
            () -> wait(alone.with(new Batch.Fate.OwnOnly()).again(nowNanos)));
  }

  private void keep(Batch batch, Rejection why, long nowNanos) {
    List<Rejected> rejected =
        batch.items().stream()
            .map(item -> new Rejected(item.record(), why, batch.attempts()))
            .toList();
    desk.put(nextId++, batch.items(), rejected, nowNanos);
  }

  private void kept(long id, boolean durable, long nowNanos) {
    if (durable) {
      desk.kept(id, settling);
    } else {
      desk.askAgain(id, nowNanos + delayNanos(desk.failed(id)));
    }
  }

  private void changed(DeliverySettings changed, long nowNanos) {
    settings = changed;
    admission.change(changed, nowNanos);
    waiting.replaceAll(batch -> batch.again(nowNanos));
    if (changed.fallback().filter(FallbackSettings::onDeadLetter).isEmpty()) {
      for (Batch batch : List.copyOf(waiting)) {
        batch
            .rejection()
            .ifPresent(why -> {
              waiting.remove(batch);
              keep(batch, why, nowNanos);
            });
      }
    }
  }

  private void wait(Batch batch) {
    waiting.add(batch);
    waiting.sort(Comparator.comparingLong(Batch::firstOffset));
  }

  private void startRetries(List<DeliveryAction> actions, long nowNanos) {
    boolean inOrder = settings.parallelism() == 1;
    for (Batch batch : List.copyOf(waiting)) {
      if (flights.size() >= settings.parallelism()) {
        return;
      }
      boolean ready = nowNanos - batch.notBeforeNanos() >= 0 && fits(batch);
      Optional<Target> target = ready ? admission.admit(batch.fate(), nowNanos) : Optional.empty();
      if (target.isPresent()) {
        waiting.remove(batch);
        start(batch, target.get(), actions, nowNanos);
      } else if (inOrder && batch.fate() instanceof Batch.Fate.Anywhere) {
        return;
      }
    }
  }

  private void startFresh(List<DeliveryAction> actions, long nowNanos) {
    while (flights.size() < settings.parallelism()
        && flights.size() + retries() < settings.parallelism()
        && desk.size() < MAX_UNKEPT
        && isRipe(nowNanos)) {
      Optional<Target> target = admission.admit(new Batch.Fate.Anywhere(), nowNanos);
      if (target.isEmpty()) {
        return;
      }
      Batch batch = Batch.first(backlog.cut(settings.batch()), nowNanos);
      if (!fits(batch)) {
        wait(batch);
        return;
      }
      start(batch, target.get(), actions, nowNanos);
    }
  }

  private void start(Batch batch, Target target, List<DeliveryAction> actions, long nowNanos) {
    Batch attempted = batch.attempted();
    long id = nextId++;
    flights.put(id, new Flight(attempted, admission.started(target, attempted.size(), nowNanos)));
    flightBytes += attempted.bytes();
    actions.add(
        new DeliveryAction.Start(
            new Attempt(id, attempted.records(), attempted.attempts(), target)));
  }

  /// Batches that hold a place because they were sent before; those that only wait for one of two
  /// systems do not keep others from the other one.
  private int retries() {
    int count = 0;
    for (Batch batch : waiting) {
      count += batch.fate() instanceof Batch.Fate.Anywhere ? 1 : 0;
    }
    return count;
  }

  private boolean isRipe(long nowNanos) {
    return !backlog.isEmpty()
        && (backlog.isFull(settings.batch()) || nowNanos - ripeAtNanos() >= 0);
  }

  private long ripeAtNanos() {
    return backlog.readableNanos() + settings.batch().maxAge().toNanos();
  }

  private boolean fits(Batch batch) {
    return flights.isEmpty() || flightBytes + batch.bytes() <= settings.maxInFlightBytes();
  }

  private void read(List<DeliveryAction> actions) {
    int ahead = settings.parallelism() + 1;
    long maxRecords = (long) settings.batch().maxSize() * ahead;
    long maxBytes =
        Math.min((long) settings.batch().maxBytes() * ahead, settings.maxInFlightBytes());
    if (reading || backlog.size() >= maxRecords || backlog.bytes() >= maxBytes) {
      return;
    }
    reading = true;
    actions.add(
        new DeliveryAction.ReadMore(
            (int) Math.min(Integer.MAX_VALUE, Math.max(READ_RECORDS, maxRecords)),
            (int) Math.max(READ_BYTES, maxBytes - backlog.bytes())));
  }

  private void announce(List<DeliveryAction> actions, long nowNanos) {
    DestinationState state = admission.state(nowNanos);
    CursorEntry entry = settling.entry();
    boolean paused = entry.standing() == CursorStanding.PAUSED;
    if (admission.paused() != paused) {
      settling.replace(
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
    if (stopping && !finished && flights.isEmpty() && !desk.awaitsAnswers()) {
      finished = true;
      actions.add(new DeliveryAction.Finish());
    }
  }

  private OptionalLong nextTime(long nowNanos) {
    EarliestTime earliest = new EarliestTime(nowNanos);
    desk.times(earliest);
    if (!stopping) {
      waiting.forEach(batch -> earliest.add(batch.notBeforeNanos()));
      admission.nextChangeNanos(nowNanos).ifPresent(earliest::add);
      if (!backlog.isEmpty()) {
        earliest.add(ripeAtNanos());
      }
    }
    return earliest.nanos();
  }

  private long delayNanos(int failures) {
    return settings.retry().delay(failures, random).toNanos();
  }
}
