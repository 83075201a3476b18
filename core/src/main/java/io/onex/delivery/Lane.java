package io.onex.delivery;

import io.onex.config.BatchConfig;
import io.onex.config.FallbackConfig;
import io.onex.log.Position;
import io.onex.log.RecordOutcome;
import io.onex.log.cursor.CursorEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Records of one cursor on their way to a destination: from the reader to their outcome.
///
/// Each record read is in exactly one place: the backlog (not sent yet), `waiting` (sent before and
/// to be sent again), `aside` (the same, but by itself), `flights` (an attempt is under way) or the
/// lost causes. It leaves them by being settled, which moves the cursor and the ledger in one step.
final class Lane {
  private static final int READ_RECORDS = 1_024;
  private static final int READ_BYTES = 1 << 20;

  /// How often a rejected record is offered to a fallback that does not answer.
  private static final int FALLBACK_ATTEMPTS = 3;

  /// Rejections that may await their dead letters before nothing new is sent.
  private static final int MAX_UNKEPT = 100;

  private final Traffic traffic;
  private final Duty duty;
  private final Settling settling;
  private final Backlog backlog = new Backlog();
  private final Waiting waiting = new Waiting();
  private final SetAside aside = new SetAside();
  private final Map<Long, Traffic.Flight> flights = new LinkedHashMap<>();
  private final LostCauses lost;
  private Position readUpTo;
  private boolean reading;

  private final FreshPace pace = new FreshPace();

  /// Whether records aside were sent last, so that new ones have their turn.
  private boolean asideWasLast;

  private boolean cancelled;

  /// Up to where what is left is still sent while the loop stops; empty when nothing is.
  private Optional<Position> drainTo = Optional.empty();

  /// Whether another record is to be tried beside one that keeps failing.
  private boolean probeDue;

  /// Id of the attempt that is under way for that, otherwise 0.
  private long probe;

  /// What the records of a lane are for.
  sealed interface Duty {
    /// Records as they come. What is rejected becomes a dead letter.
    record Live() implements Duty {}

    /// Records that had their outcome before, up to `end`. They go to the destination's own system
    /// only, and what that rejects is only counted, with the reason.
    record Replay(long job, Position end) implements Duty {}
  }

  Lane(CursorEntry entry, Duty duty, Traffic traffic) {
    this.settling = new Settling(entry);
    this.duty = duty;
    this.traffic = traffic;
    this.lost = new LostCauses(duty, traffic, settling, waiting);
    this.readUpTo = entry.cursor().lowWater();
  }

  Settling settling() {
    return settling;
  }

  CursorEntry entry() {
    return settling.entry();
  }

  boolean isUnderWay(long attempt) {
    return flights.containsKey(attempt);
  }

  /// Why the record that a replay had refused last was, otherwise empty.
  String refusal() {
    return lost.refusal();
  }

  /// Whether it has something to send that only waits for its turn.
  boolean isDue(long nowNanos) {
    return retries() > 0 || isRipe(nowNanos);
  }

  /// Whether nothing is left to do, for good.
  boolean isComplete() {
    return hasReadAll() && entry().cursor().lowWater().compareTo(readUpTo) >= 0;
  }

  /// Records that wait by themselves.
  int waitingAside() {
    return aside.waiting();
  }

  boolean isCancelled() {
    return cancelled;
  }

  /// Starts nothing more; what is under way still ends.
  void cancel() {
    cancelled = true;
    backlog.clear();
    waiting.clear();
    aside.clear();
  }

  /// Sends what is left before `end` without waiting for more, unless it is more than a few batches
  /// or some of it failed before.
  void drain(Position end) {
    long left = backlog.size() + Math.max(0, end.offset() - readUpTo.offset());
    long few = (long) traffic.settings().batch().maxSize() * (traffic.settings().parallelism() + 1);
    if (left <= few && waiting.isEmpty()) {
      drainTo = Optional.of(end);
    }
  }

  /// Whether something is left to be sent while the loop stops.
  boolean isDraining() {
    return drainTo.isPresent()
        && (!backlog.isEmpty() || readUpTo.compareTo(drainTo.get()) < 0 || !flights.isEmpty());
  }

  private boolean hasReadAll() {
    return duty instanceof Duty.Replay(long _, Position end) && readUpTo.compareTo(end) >= 0;
  }

  /// Whether nothing is under way and no answer about dead letters is awaited.
  boolean isQuiet() {
    return flights.isEmpty() && !lost.awaitsAnswers();
  }

  void oldest(OldestRecord oldest) {
    backlog.oldest(oldest);
    waiting.all().forEach(batch -> oldest.add(batch.items().getFirst()));
    aside.oldest(oldest);
    flights.values().forEach(flight -> oldest.add(flight.batch().items().getFirst()));
    lost.oldest(oldest);
  }

  void take(JudgedRecords records, long nowNanos) {
    reading = false;
    if (cancelled) {
      return;
    }
    readUpTo = records.batch().end();
    Backlog.Aside aside = backlog.take(records, settling.entry());
    settling.settle(aside.settled());
    List<Rejected> rejected = new ArrayList<>();
    for (int i = 0; i < aside.unjudged().size(); i++) {
      Rejection why = new Rejection(Rejection.Code.RULE_ERROR, aside.reasons().get(i));
      rejected.add(new Rejected(aside.unjudged().get(i).record(), why, 0));
    }
    lost.giveUp(aside.unjudged(), rejected, nowNanos);
  }

  /// An attempt of this lane has ended.
  void ended(long id, AttemptEnd end, long nowNanos) {
    Traffic.Flight flight = flights.remove(id);
    if (flight == null) {
      throw new IllegalArgumentException("no attempt " + id + " is under way");
    }
    Batch batch = flight.batch();
    Sorting sorting = Sorting.of(batch.items(), end);
    Target target = flight.ticket().target();
    List<Item> crowded = setAside(sorting, batch, target, nowNanos);
    Sorting.Signal signal = judged(sorting, crowded);
    boolean excused =
        target == Target.OWN
            && probe == 0
            && batch.suspicion().isSuspectAlone(nowNanos)
            && hasOther();
    probe = id == probe ? 0 : probe;
    traffic.arrive(flight, signal, excused, nowNanos);
    if (!(signal instanceof Sorting.Signal.Answered) || !sorting.again().isEmpty()) {
      drainTo = Optional.empty();
    }
    settling.settle(
        sorting.taken(),
        target == Target.OWN ? RecordOutcome.DELIVERED : RecordOutcome.DIVERTED,
        batch.attempts(),
        "");
    aside.forget(sorting.taken());
    aside.forget(sorting.refused());
    aside.forget(sorting.rejected());
    List<Item> again = crowded.isEmpty() ? sorting.again() : crowded;
    if (!again.isEmpty() && !cancelled) {
      Batch left = batch.only(again);
      if (signal instanceof Sorting.Signal.Failed failed
          && failed.retryAfter().isEmpty()
          && target == Target.OWN) {
        failed(left, id, failed, nowNanos);
        probeDue |= excused;
      } else {
        again(left, signal, target, nowNanos);
      }
    }
    sorting
        .refusal()
        .ifPresent(why -> bisect(batch.only(sorting.refused()), why, target, nowNanos));
    for (int i = 0; i < sorting.rejected().size(); i++) {
      Batch alone = batch.only(List.of(sorting.rejected().get(i)));
      lost.reject(alone, sorting.rejections().get(i), target, nowNanos);
    }
  }

  /// Sets records aside that the system asked one by one to send again.
  ///
  /// @return those for which there is no room, so that the destination waits with them
  private List<Item> setAside(Sorting sorting, Batch batch, Target target, long nowNanos) {
    boolean fresh = batch.attempts() == 1 && target == Target.OWN;
    if (sorting.signal() instanceof Sorting.Signal.NoneTaken && fresh) {
      pace.noneTaken(traffic::delayNanos, nowNanos);
    } else if (sorting.signal() instanceof Sorting.Signal.Answered) {
      pace.reset();
    }
    if (cancelled || sorting.apart().isEmpty()) {
      return List.of();
    }
    if (batch.rejection().isPresent()) {
      return sorting.apart();
    }
    List<Item> crowded = new ArrayList<>();
    for (Item item : sorting.apart()) {
      long since = aside.since(item.offset(), nowNanos);
      Batch alone = batch.only(List.of(item));
      if (nowNanos - since >= traffic.settings().retry().giveUpAfter().toNanos()) {
        aside.forget(List.of(item));
        lost.reject(alone, givenUp(), target, nowNanos);
      } else if (aside.hasRoom(item, traffic.settings().maxInFlightBytes())) {
        int failures = aside.failures(item.offset()) + 1;
        aside.add(alone.aside(failures, nowNanos + traffic.delayNanos(failures)), nowNanos);
      } else {
        crowded.add(item);
      }
    }
    return crowded;
  }

  private Rejection givenUp() {
    return new Rejection(
        Rejection.Code.GIVEN_UP,
        "the system asked for longer than %s to send it again, and took others"
            .formatted(traffic.settings().retry().giveUpAfter()));
  }

  /// What an attempt tells about the system: one that takes none of the records, and of which too
  /// many wait already, fails.
  private static Sorting.Signal judged(Sorting sorting, List<Item> crowded) {
    return sorting.signal() instanceof Sorting.Signal.NoneTaken(String reason) && !crowded.isEmpty()
        ? new Sorting.Signal.Failed(reason, Optional.empty())
        : sorting.signal();
  }

  /// The system failed on these records: either it is away, or they are at fault.
  private void failed(Batch before, long attempt, Sorting.Signal.Failed signal, long nowNanos) {
    boolean alone = before.size() == 1;
    Batch batch =
        before.with(before.suspicion().failed(attempt, alone, traffic.others(), nowNanos));
    if (batch.suspicion().isPoison(nowNanos)) {
      String sentence =
          "it failed %d times while others were taken: %s"
              .formatted(batch.attempts(), signal.reason());
      lost.reject(batch, new Rejection(Rejection.Code.POISON, sentence), Target.OWN, nowNanos);
    } else if (!alone && batch.suspicion().isSuspect(nowNanos)) {
      batch.halves().forEach(half -> again(half, signal, Target.OWN, nowNanos));
    } else {
      again(batch, signal, Target.OWN, nowNanos);
    }
  }

  /// Whether there is another record to be tried beside one that fails.
  private boolean hasOther() {
    return !backlog.isEmpty() || waiting.hasAny();
  }

  private void again(Batch batch, Sorting.Signal signal, Target target, long nowNanos) {
    Optional<Rejection> rejection = batch.rejection();
    if (rejection.isPresent() && batch.failures() + 1 >= FALLBACK_ATTEMPTS) {
      lost.keep(batch, rejection.get(), nowNanos);
      return;
    }
    // What failed while diverting is not kept from the fallback by the wait for its own system.
    boolean atOnce =
        target == Target.OWN
            && (signal instanceof Sorting.Signal.Unauthorized
                || traffic.admission().state(nowNanos) == DestinationState.DIVERTING);
    waiting.add(
        atOnce
            ? batch.again(nowNanos)
            : batch.failedUntil(nowNanos + traffic.delayNanos(batch.failures() + 1)));
  }

  private void bisect(Batch batch, Rejection why, Target target, long nowNanos) {
    if (batch.size() == 1) {
      lost.reject(batch, why, target, nowNanos);
    } else if (!cancelled) {
      batch.halves().forEach(half -> waiting.add(half.again(nowNanos)));
    }
  }

  /// Dead letters were made durable, or could not be.
  void kept(long id, boolean durable, long nowNanos) {
    lost.kept(id, durable, nowNanos);
  }

  /// The settings of the destination have changed: tries at once whether they help.
  void changed(long nowNanos) {
    waiting.allAgain(nowNanos);
    aside.allAgain(nowNanos);
    pace.reset();
    if (traffic.settings().fallback().filter(FallbackConfig::deadLetters).isEmpty()) {
      for (Batch batch : waiting.all()) {
        batch
            .rejection()
            .ifPresent(why -> {
              waiting.remove(batch);
              lost.keep(batch, why, nowNanos);
            });
      }
    }
  }

  /// Starts what may start now: first what was sent before, then what is new.
  ///
  /// @param places most attempts of the destination that may be under way then
  void start(int places, List<DeliveryAction> actions, long nowNanos) {
    startProbe(places, actions, nowNanos);
    startRetries(places, actions, nowNanos);
    if (asideWasLast) {
      // New records have their turn, so that those aside hold up none for more than an attempt.
      startFresh(places, actions, nowNanos);
    }
    startAside(places, actions, nowNanos);
    startFresh(places, actions, nowNanos);
  }

  private void startAside(int places, List<DeliveryAction> actions, long nowNanos) {
    Predicate<Batch.Fate> admitted = fate -> traffic.admit(fate, nowNanos).isPresent();
    if (drainTo.isPresent()
        || traffic.attempts() + retries() >= places
        || !aside.isDue(admitted, nowNanos)) {
      return;
    }
    BatchConfig limits = traffic.settings().batch();
    Batch due = aside.takeDue(limits.maxSize(), limits.maxBytes().bytes(), admitted, nowNanos);
    traffic.admit(due.fate(), nowNanos).ifPresent(target -> start(due, target, actions, nowNanos));
    asideWasLast = true;
  }

  /// Tries another record beside one that keeps failing, at once, so that the same moment answers
  /// for both.
  private void startProbe(int places, List<DeliveryAction> actions, long nowNanos) {
    probeDue &= waiting.hasSuspect(nowNanos);
    if (probeDue
        && probe == 0
        && traffic.attempts() < places
        && traffic.admit(Batch.OWN_ONLY, nowNanos).isPresent()) {
      probeDue = false;
      takeProbe(nowNanos).ifPresent(other -> probe = start(other, Target.OWN, actions, nowNanos));
    }
  }

  private Optional<Batch> takeProbe(long nowNanos) {
    return waiting.takeProbe(() ->
        backlog.isEmpty()
            ? Optional.empty()
            : Optional.of(Batch.first(List.of(backlog.next()), freshFate(), nowNanos)));
  }

  private void startRetries(int places, List<DeliveryAction> actions, long nowNanos) {
    boolean inOrder = traffic.settings().parallelism() == 1;
    for (Batch batch : waiting.all()) {
      if (traffic.attempts() >= places) {
        return;
      }
      boolean ready = nowNanos - batch.notBeforeNanos() >= 0 && traffic.fits(batch);
      Optional<Target> target = ready ? traffic.admit(batch.fate(), nowNanos) : Optional.empty();
      if (target.isPresent()) {
        waiting.remove(batch);
        start(batch, target.get(), actions, nowNanos);
      } else if (inOrder && holdsPlace(batch)) {
        return;
      }
    }
  }

  private void startFresh(int places, List<DeliveryAction> actions, long nowNanos) {
    while (traffic.attempts() + retries() < places
        && lost.unkept() < MAX_UNKEPT
        && isRipe(nowNanos)) {
      Optional<Target> target = traffic.admit(freshFate(), nowNanos);
      if (target.isEmpty()) {
        return;
      }
      Batch batch = Batch.first(backlog.cut(traffic.settings().batch()), freshFate(), nowNanos);
      if (!traffic.fits(batch)) {
        waiting.add(batch);
        return;
      }
      start(batch, target.get(), actions, nowNanos);
      asideWasLast = false;
    }
  }

  private long start(Batch batch, Target target, List<DeliveryAction> actions, long nowNanos) {
    Traffic.Flight flight = traffic.depart(batch, target, nowNanos);
    flights.put(flight.id(), flight);
    Batch attempted = flight.batch();
    actions.add(
        new DeliveryAction.Start(
            new Attempt(
                flight.id(),
                attempted.records(),
                attempted.attempts(),
                target,
                duty instanceof Duty.Replay)));
    return flight.id();
  }

  /// Batches that hold a place because they were sent before; those that only wait for one of two
  /// systems do not keep others from the other one.
  private int retries() {
    int count = 0;
    for (Batch batch : waiting.all()) {
      count += holdsPlace(batch) ? 1 : 0;
    }
    return count;
  }

  private boolean holdsPlace(Batch batch) {
    return batch.fate().equals(freshFate());
  }

  private Batch.Fate freshFate() {
    return switch (duty) {
      case Duty.Live() -> Batch.ANYWHERE;
      case Duty.Replay(long _, Position _) -> Batch.OWN_ONLY;
    };
  }

  private boolean isRipe(long nowNanos) {
    return !backlog.isEmpty()
        && pace.allows(nowNanos)
        && (backlog.isFull(traffic.settings().batch())
            || nowNanos - ripeAtNanos() >= 0
            || hasReadAll()
            || drainTo.isPresent());
  }

  private long ripeAtNanos() {
    long aged = backlog.readableNanos() + traffic.settings().batch().maxAge().toNanos();
    return pace.notBefore(aged);
  }

  /// Asks for more records when there is room for them.
  void read(List<DeliveryAction> actions) {
    DeliverySettings settings = traffic.settings();
    int ahead = settings.parallelism() + 1;
    long maxRecords = (long) settings.batch().maxSize() * ahead;
    long maxBytes =
        Math.min((long) settings.batch().maxBytes().toInt() * ahead, settings.maxInFlightBytes());
    if (reading
        || cancelled
        || hasReadAll()
        || backlog.size() >= maxRecords
        || backlog.bytes() >= maxBytes) {
      return;
    }
    reading = true;
    int records = (int) Math.min(Integer.MAX_VALUE, Math.max(READ_RECORDS, maxRecords));
    int bytes = (int) Math.max(READ_BYTES, maxBytes - backlog.bytes());
    actions.add(
        switch (duty) {
          case Duty.Live() -> new DeliveryAction.ReadMore(records, bytes);
          case Duty.Replay(long job, Position _) ->
              new DeliveryAction.ReadReplay(job, records, bytes);
        });
  }

  /// Asks for the dead letters that are due.
  List<DeliveryAction> ask(long nowNanos) {
    return lost.ask(nowNanos);
  }

  /// When time alone makes something due.
  void times(EarliestTime earliest, boolean stopping) {
    lost.times(earliest);
    if (!stopping) {
      aside.times(earliest);
      waiting.all().forEach(batch -> earliest.add(batch.notBeforeNanos()));
      if (!backlog.isEmpty()) {
        earliest.add(ripeAtNanos());
      }
    }
  }
}
