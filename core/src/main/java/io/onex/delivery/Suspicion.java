package io.onex.delivery;

import java.time.Duration;

/// What is known about records that keep failing: whether it is they or the system.
///
/// While a system is away everything fails, and nothing may be given up for that. A record is at
/// fault only when it fails alone, again and again, while others that are tried in between are
/// taken, and none of them fails for the first time meanwhile.
///
/// @param failures failed attempts in a row
/// @param sinceNanos when the first of them failed
/// @param isAlone whether it is one record that failed alone
/// @param aloneSinceNanos when it first did
/// @param lastAttempt id of the attempt that failed last
/// @param confirmations failures alone in a row with another record taken before each
record Suspicion(
    int failures,
    long sinceNanos,
    boolean isAlone,
    long aloneSinceNanos,
    long lastAttempt,
    int confirmations) {
  /// Nothing failed.
  static final Suspicion NONE = new Suspicion(0, 0, false, 0, 0, 0);

  private static final int SUSPECT_FAILURES = 5;
  private static final Duration SUSPECT_AFTER = Duration.ofMinutes(1);
  private static final int CONFIRMATIONS = 5;
  private static final Duration CONFIRMED_AFTER = Duration.ofMinutes(5);

  /// Whether it looks as if records were at fault: they are parted, or others tried beside them.
  boolean isSuspect(long nowNanos) {
    return failures >= SUSPECT_FAILURES && nowNanos - sinceNanos >= SUSPECT_AFTER.toNanos();
  }

  /// Whether it is one record, and it looks as if it were at fault.
  boolean isSuspectAlone(long nowNanos) {
    return isAlone && isSuspect(nowNanos);
  }

  /// Whether the record is at fault.
  boolean isPoison(long nowNanos) {
    return isAlone
        && confirmations >= CONFIRMATIONS
        && nowNanos - aloneSinceNanos >= CONFIRMED_AFTER.toNanos();
  }

  /// The records failed once more.
  ///
  /// @param alone whether it is one record
  /// @param others what became of others at the same system
  Suspicion failed(long attempt, boolean alone, Others others, long nowNanos) {
    long since = failures == 0 ? nowNanos : sinceNanos;
    if (!alone || !isAlone) {
      return new Suspicion(failures + 1, since, alone, nowNanos, attempt, 0);
    }
    int confirmed = confirmations;
    if (others.lastFirstFailure() > lastAttempt) {
      confirmed = 0;
    } else if (others.lastTaken() > lastAttempt) {
      confirmed++;
    }
    return new Suspicion(failures + 1, since, true, aloneSinceNanos, attempt, confirmed);
  }

  /// What became of attempts at the destination's own system.
  ///
  /// @param lastTaken highest id of an attempt that the system answered
  /// @param lastFirstFailure highest id of an attempt that failed with records that had not before
  record Others(long lastTaken, long lastFirstFailure) {}
}
