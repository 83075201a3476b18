package io.onex.delivery;

import io.onex.log.RecordOutcome;
import io.onex.log.cursor.CursorEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Records of one cursor on their way to a destination: from the reader to their outcome.
///
/// Each record read is in exactly one place: the backlog (not sent yet), `waiting` (sent before and
/// to be sent again), `flights` (an attempt is under way) or the dead letter desk. It leaves them
/// by being settled, which moves the cursor and the ledger in one step.
final class Lane {
  private static final int READ_RECORDS = 1_024;
  private static final int READ_BYTES = 1 << 20;

  /// How often a rejected record is offered to a fallback that does not answer.
  private static final int FALLBACK_ATTEMPTS = 3;

  /// Rejections that may await their dead letters before nothing new is sent.
  private static final int MAX_UNKEPT = 100;

  private final Traffic traffic;
  private final Settling settling;
  private final Backlog backlog = new Backlog();
  private final List<Batch> waiting = new ArrayList<>();
  private final Map<Long, Traffic.Flight> flights = new LinkedHashMap<>();
  private final DeadLetterDesk desk = new DeadLetterDesk();
  private boolean reading;

  Lane(CursorEntry entry, Traffic traffic) {
    this.settling = new Settling(entry);
    this.traffic = traffic;
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

  /// Whether nothing is under way and no answer about dead letters is awaited.
  boolean isQuiet() {
    return flights.isEmpty() && !desk.awaitsAnswers();
  }

  void oldest(OldestRecord oldest) {
    backlog.oldest(oldest);
    waiting.forEach(batch -> oldest.add(batch.items().getFirst()));
    flights.values().forEach(flight -> oldest.add(flight.batch().items().getFirst()));
    desk.oldest(oldest);
  }

  void take(JudgedRecords records, long nowNanos) {
    reading = false;
    Backlog.Aside aside = backlog.take(records, settling.entry());
    settling.settle(aside.settled());
    List<Rejected> rejected = new ArrayList<>();
    for (int i = 0; i < aside.unjudged().size(); i++) {
      Rejection why = new Rejection(Rejection.Code.RULE_ERROR, aside.reasons().get(i));
      rejected.add(new Rejected(aside.unjudged().get(i).record(), why, 0));
    }
    if (!rejected.isEmpty()) {
      desk.put(traffic.nextId(), aside.unjudged(), rejected, nowNanos);
    }
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
    traffic.arrive(flight, sorting.signal(), nowNanos);
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
                || traffic.admission().state(nowNanos) == DestinationState.DIVERTING);
    wait(
        atOnce
            ? batch.again(nowNanos)
            : batch.failedUntil(nowNanos + traffic.delayNanos(batch.failures() + 1)));
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
      boolean offered =
          traffic.settings().fallback().filter(FallbackSettings::onDeadLetter).isPresent();
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
    desk.put(traffic.nextId(), batch.items(), rejected, nowNanos);
  }

  /// Dead letters were made durable, or could not be.
  void kept(long id, boolean durable, long nowNanos) {
    if (durable) {
      desk.kept(id, settling);
    } else {
      desk.askAgain(id, nowNanos + traffic.delayNanos(desk.failed(id)));
    }
  }

  /// The settings of the destination have changed: tries at once whether they help.
  void changed(long nowNanos) {
    waiting.replaceAll(batch -> batch.again(nowNanos));
    if (traffic.settings().fallback().filter(FallbackSettings::onDeadLetter).isEmpty()) {
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

  /// Starts what may start now: first what was sent before, then what is new.
  void start(List<DeliveryAction> actions, long nowNanos) {
    startRetries(actions, nowNanos);
    startFresh(actions, nowNanos);
  }

  private void startRetries(List<DeliveryAction> actions, long nowNanos) {
    boolean inOrder = traffic.settings().parallelism() == 1;
    for (Batch batch : List.copyOf(waiting)) {
      if (!traffic.hasPlace()) {
        return;
      }
      boolean ready = nowNanos - batch.notBeforeNanos() >= 0 && traffic.fits(batch);
      Optional<Target> target = ready ? traffic.admit(batch.fate(), nowNanos) : Optional.empty();
      if (target.isPresent()) {
        waiting.remove(batch);
        start(batch, target.get(), actions, nowNanos);
      } else if (inOrder && batch.fate() instanceof Batch.Fate.Anywhere) {
        return;
      }
    }
  }

  private void startFresh(List<DeliveryAction> actions, long nowNanos) {
    while (traffic.hasPlace()
        && traffic.attempts() + retries() < traffic.settings().parallelism()
        && desk.size() < MAX_UNKEPT
        && isRipe(nowNanos)) {
      Optional<Target> target = traffic.admit(new Batch.Fate.Anywhere(), nowNanos);
      if (target.isEmpty()) {
        return;
      }
      Batch batch = Batch.first(backlog.cut(traffic.settings().batch()), nowNanos);
      if (!traffic.fits(batch)) {
        wait(batch);
        return;
      }
      start(batch, target.get(), actions, nowNanos);
    }
  }

  private void start(Batch batch, Target target, List<DeliveryAction> actions, long nowNanos) {
    Traffic.Flight flight = traffic.depart(batch, target, nowNanos);
    flights.put(flight.id(), flight);
    Batch attempted = flight.batch();
    actions.add(
        new DeliveryAction.Start(
            new Attempt(flight.id(), attempted.records(), attempted.attempts(), target)));
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
        && (backlog.isFull(traffic.settings().batch()) || nowNanos - ripeAtNanos() >= 0);
  }

  private long ripeAtNanos() {
    return backlog.readableNanos() + traffic.settings().batch().maxAge().toNanos();
  }

  /// Asks for more records when there is room for them.
  void read(List<DeliveryAction> actions) {
    DeliverySettings settings = traffic.settings();
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

  /// Asks for the dead letters that are due.
  List<DeliveryAction> ask(long nowNanos) {
    return desk.ask(nowNanos);
  }

  /// When time alone makes something due.
  void times(EarliestTime earliest, boolean stopping) {
    desk.times(earliest);
    if (!stopping) {
      waiting.forEach(batch -> earliest.add(batch.notBeforeNanos()));
      if (!backlog.isEmpty()) {
        earliest.add(ripeAtNanos());
      }
    }
  }
}
