package io.onex.delivery;

import java.util.Optional;
import java.util.random.RandomGenerator;

/// What the lanes of one destination share: the admission to its system, the places for attempts
/// under way and the bytes they may hold, and the waits between them. One owner.
final class Traffic {
  private final RandomGenerator random;
  private final Admission admission;
  private DeliverySettings settings;
  private int attempts;
  private long bytes;
  private long lastId;
  private long lastTaken;
  private long lastFirstFailure;

  Traffic(DeliverySettings settings, Admission admission, RandomGenerator random) {
    this.settings = settings;
    this.admission = admission;
    this.random = random;
  }

  /// A batch under way.
  record Flight(long id, Batch batch, Admission.Ticket ticket) {}

  DeliverySettings settings() {
    return settings;
  }

  Admission admission() {
    return admission;
  }

  void change(DeliverySettings changed, long nowNanos) {
    settings = changed;
    admission.change(changed, nowNanos);
  }

  /// A number that names something of this destination, never used twice.
  long nextId() {
    return ++lastId;
  }

  int attempts() {
    return attempts;
  }

  /// Attempts that may be under way at once.
  int places() {
    return settings.parallelism();
  }

  /// Whether `batch` may be held under way beside the others; one batch always fits.
  boolean fits(Batch batch) {
    return attempts == 0 || bytes + batch.bytes() <= settings.maxInFlightBytes();
  }

  /// Where records of this fate may go now.
  Optional<Target> admit(Batch.Fate fate, long nowNanos) {
    return admission.admit(fate, nowNanos);
  }

  Flight depart(Batch batch, Target target, long nowNanos) {
    Batch attempted = batch.attempted();
    Flight flight =
        new Flight(nextId(), attempted, admission.started(target, attempted.size(), nowNanos));
    attempts++;
    bytes += attempted.bytes();
    return flight;
  }

  /// What is known of the system by other records than some that fail.
  Suspicion.Others others() {
    return new Suspicion.Others(lastTaken, lastFirstFailure);
  }

  private void note(Flight flight, Sorting.Signal signal) {
    switch (signal) {
      case Sorting.Signal.Answered() -> lastTaken = Math.max(lastTaken, flight.id());
      case Sorting.Signal.Failed(String _, var retryAfter) -> {
        if (retryAfter.isEmpty() && flight.batch().suspicion().failures() == 0) {
          lastFirstFailure = Math.max(lastFirstFailure, flight.id());
        }
      }
      case Sorting.Signal.Unauthorized _,
          Sorting.Signal.Undecided _,
          Sorting.Signal.NoneTaken _ -> {
        // Neither speaks of the records.
      }
    }
  }

  /// An attempt has ended, and told this about the system.
  ///
  /// @param excused whether a failure is not held against the system yet, because another record is
  ///   tried at once to tell the two apart
  void arrive(Flight flight, Sorting.Signal signal, boolean excused, long nowNanos) {
    attempts--;
    bytes -= flight.batch().bytes();
    if (flight.ticket().target() == Target.OWN) {
      note(flight, signal);
    }
    switch (signal) {
      case Sorting.Signal.Answered() -> admission.answered(flight.ticket());
      case Sorting.Signal.Failed(String reason, var retryAfter) -> {
        if (excused) {
          admission.undecided(flight.ticket());
        } else {
          admission.failed(flight.ticket(), reason, retryAfter, nowNanos);
        }
      }
      case Sorting.Signal.Unauthorized(String reason) ->
          admission.unauthorized(flight.ticket(), reason, nowNanos);
      case Sorting.Signal.NoneTaken _ -> admission.noneTaken(flight.ticket());
      case Sorting.Signal.Undecided _ -> admission.undecided(flight.ticket());
    }
  }

  /// How long to wait after so many failures in a row.
  long delayNanos(int failures) {
    return Backoff.delay(settings.retry(), failures, random).toNanos();
  }
}
