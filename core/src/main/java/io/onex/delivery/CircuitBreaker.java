package io.onex.delivery;

import io.onex.config.BreakerConfig;
import java.time.Duration;

/// Counts failures in a row and says whether the next attempt may start. Told the time; one owner.
///
/// Each attempt gets a ticket when it starts. A ticket of an earlier state is void, so an attempt
/// that began before the breaker opened can neither close it nor open it again.
final class CircuitBreaker {
  /// Failures in a row count together when the first is not older than this.
  private static final Duration WINDOW = Duration.ofMinutes(5);

  private BreakerConfig settings;
  private BreakerState state = BreakerState.CLOSED;
  private long ticket;
  private int failures;
  private long firstFailureNanos;
  private long openUntilNanos;
  private int trials;
  private int successes;

  CircuitBreaker(BreakerConfig settings) {
    this.settings = settings;
  }

  BreakerState state() {
    return state;
  }

  /// Whether an attempt may start now; an open breaker whose time has passed becomes half open.
  boolean permits(long nowNanos) {
    if (state == BreakerState.OPEN && nowNanos - openUntilNanos >= 0) {
      become(BreakerState.HALF_OPEN);
    }
    return switch (state) {
      case CLOSED -> true;
      case HALF_OPEN -> trials < settings.halfOpen();
      case OPEN -> false;
    };
  }

  /// When an open breaker becomes half open.
  long openUntilNanos() {
    return openUntilNanos;
  }

  /// When the first of the failures in a row that opened it last ended.
  long firstFailureNanos() {
    return firstFailureNanos;
  }

  long started() {
    if (state == BreakerState.HALF_OPEN) {
      trials++;
    }
    return ticket;
  }

  void succeeded(long attemptTicket) {
    if (attemptTicket != ticket) {
      return;
    }
    failures = 0;
    if (state == BreakerState.HALF_OPEN && ++successes >= settings.successes()) {
      become(BreakerState.CLOSED);
    }
  }

  void failed(long attemptTicket, long nowNanos) {
    if (attemptTicket != ticket) {
      return;
    }
    if (failures == 0 || nowNanos - firstFailureNanos > WINDOW.toNanos()) {
      failures = 0;
      firstFailureNanos = nowNanos;
    }
    failures++;
    if (state == BreakerState.HALF_OPEN || failures >= settings.failures()) {
      openUntilNanos = nowNanos + settings.open().toNanos();
      become(BreakerState.OPEN);
    }
  }

  /// The attempt ended without saying anything about the system.
  void undecided(long attemptTicket) {
    if (attemptTicket == ticket && state == BreakerState.HALF_OPEN) {
      trials--;
    }
  }

  /// The settings changed, so the reason to wait may be gone: tries at once.
  void change(BreakerConfig newSettings) {
    settings = newSettings;
    if (state == BreakerState.OPEN) {
      become(BreakerState.HALF_OPEN);
    }
  }

  private void become(BreakerState next) {
    state = next;
    ticket++;
    failures = 0;
    trials = 0;
    successes = 0;
  }
}
