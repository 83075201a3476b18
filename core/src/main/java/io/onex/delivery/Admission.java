package io.onex.delivery;

import io.onex.config.FallbackConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/// Decides whether an attempt may start now, and at which system: the breaker, the pause for
/// refused credentials, `Retry-After`, the rate limit and the fallback, as one. Told the time.
final class Admission {
  /// Longest `Retry-After` that is honoured.
  private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);

  private DeliverySettings settings;
  private final CircuitBreaker breaker;
  private final TokenBucket bucket;
  private boolean paused;
  private boolean probing;
  private Duration probeWait;
  private long nextProbeNanos;
  private long quietUntilNanos;
  private boolean unavailable;
  private long unavailableSinceNanos;
  private String reason;

  /// @param paused whether the destination was paused when the gateway last stopped
  Admission(DeliverySettings settings, boolean paused, String reason, long nowNanos) {
    this.settings = settings;
    this.breaker = new CircuitBreaker(settings.breaker());
    this.bucket = new TokenBucket(settings.rate(), nowNanos);
    this.paused = paused;
    this.probeWait = settings.pause().first();
    this.nextProbeNanos = nowNanos;
    this.quietUntilNanos = nowNanos;
    this.unavailableSinceNanos = nowNanos;
    this.reason = reason;
    this.unavailable = paused;
  }

  /// What an attempt was let through for.
  ///
  /// @param breakerTicket void once the breaker has another state
  /// @param probe whether it looks if credentials hold again
  record Ticket(Target target, long breakerTicket, boolean probe) {}

  BreakerState breaker() {
    return breaker.state();
  }

  boolean paused() {
    return paused;
  }

  /// What the system said last, while it is not delivering.
  String reason() {
    return reason;
  }

  DestinationState state(long nowNanos) {
    if (diverting(nowNanos)) {
      return DestinationState.DIVERTING;
    }
    if (paused) {
      return DestinationState.PAUSED;
    }
    return breaker.state() == BreakerState.CLOSED
        ? DestinationState.DELIVERING
        : DestinationState.FAILING;
  }

  /// Where records of this fate may go now.
  Optional<Target> admit(Batch.Fate fate, long nowNanos) {
    return switch (fate) {
      case Batch.Fate.OwnOnly() -> own(nowNanos);
      case Batch.Fate.FallbackOnly(Rejection why) -> Optional.of(Target.FALLBACK);
      case Batch.Fate.Anywhere() -> {
        Optional<Target> own = own(nowNanos);
        yield own.isEmpty() && diverting(nowNanos) ? Optional.of(Target.FALLBACK) : own;
      }
    };
  }

  Ticket started(Target target, int records, long nowNanos) {
    if (target == Target.FALLBACK) {
      return new Ticket(target, 0, false);
    }
    bucket.take(records, nowNanos);
    probing |= paused;
    return new Ticket(target, breaker.started(), paused);
  }

  /// The system answered and the credentials hold.
  void answered(Ticket ticket) {
    if (ticket.target() == Target.OWN) {
      breaker.succeeded(ticket.breakerTicket());
      if (ticket.probe()) {
        probing = false;
        paused = false;
        probeWait = settings.pause().first();
      }
      if (!paused && breaker.state() == BreakerState.CLOSED) {
        unavailable = false;
        reason = "";
      }
    }
  }

  /// The system did not answer, or that it cannot now.
  ///
  /// @param retryAfter when it says how long to wait, that is done and is no failure to count: a
  ///   system that manages its load is not broken
  void failed(Ticket ticket, String why, Optional<Duration> retryAfter, long nowNanos) {
    if (ticket.target() == Target.FALLBACK) {
      return;
    }
    reason = why;
    if (retryAfter.isPresent()) {
      noticeUnavailable(nowNanos);
      quiet(retryAfter.get(), nowNanos);
      breaker.undecided(ticket.breakerTicket());
    } else {
      breaker.failed(ticket.breakerTicket(), nowNanos);
    }
    if (ticket.probe()) {
      probing = false;
      nextProbeNanos = nowNanos + probeWait.toNanos();
    }
    if (breaker.state() != BreakerState.CLOSED) {
      // Since the first of the failures that opened it, however long each of them took.
      noticeUnavailable(breaker.firstFailureNanos());
    }
  }

  void unauthorized(Ticket ticket, String why, long nowNanos) {
    if (ticket.target() == Target.FALLBACK) {
      return;
    }
    reason = why;
    breaker.undecided(ticket.breakerTicket());
    if (ticket.probe()) {
      probing = false;
      probeWait = settings.pause().after(probeWait);
    }
    if (ticket.probe() || !paused) {
      nextProbeNanos = nowNanos + probeWait.toNanos();
    }
    paused = true;
    noticeUnavailable(nowNanos);
  }

  /// The system answered and the credentials hold, but it took none of the records, which may be
  /// the records' own fault.
  void noneTaken(Ticket ticket) {
    if (ticket.target() == Target.OWN) {
      breaker.undecided(ticket.breakerTicket());
      if (ticket.probe()) {
        probing = false;
        paused = false;
        probeWait = settings.pause().first();
      }
    }
  }

  /// The attempt ended without telling anything about the system.
  void undecided(Ticket ticket) {
    if (ticket.target() == Target.OWN) {
      breaker.undecided(ticket.breakerTicket());
      probing &= !ticket.probe();
    }
  }

  /// Applies new settings and looks at once whether they help.
  void change(DeliverySettings changed, long nowNanos) {
    settings = changed;
    breaker.change(changed.breaker());
    bucket.change(changed.rate(), nowNanos);
    quietUntilNanos = nowNanos;
    nextProbeNanos = nowNanos;
    probeWait = changed.pause().first();
  }

  /// The next moment at which an answer of [#admit] may change by itself.
  OptionalLong nextChangeNanos(long nowNanos) {
    EarliestTime earliest = new EarliestTime(nowNanos);
    earliest.add(quietUntilNanos);
    earliest.add(nowNanos + bucket.waitNanos(nowNanos));
    if (paused && !probing) {
      earliest.add(nextProbeNanos);
    }
    if (breaker.state() == BreakerState.OPEN) {
      earliest.add(breaker.openUntilNanos());
    }
    settings
        .fallback()
        .flatMap(FallbackConfig::unavailableFor)
        .filter(wait -> unavailable)
        .ifPresent(wait -> earliest.add(unavailableSinceNanos + wait.toNanos()));
    return earliest.nanos();
  }

  private Optional<Target> own(long nowNanos) {
    boolean held =
        nowNanos - quietUntilNanos < 0
            || (paused && (probing || nowNanos - nextProbeNanos < 0))
            || bucket.waitNanos(nowNanos) > 0
            || !breaker.permits(nowNanos);
    return held ? Optional.empty() : Optional.of(Target.OWN);
  }

  private boolean diverting(long nowNanos) {
    return unavailable
        && settings
            .fallback()
            .flatMap(FallbackConfig::unavailableFor)
            .filter(wait -> nowNanos - unavailableSinceNanos >= wait.toNanos())
            .isPresent();
  }

  private void quiet(Duration wait, long nowNanos) {
    long until =
        nowNanos + (wait.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : wait).toNanos();
    if (until - quietUntilNanos > 0) {
      quietUntilNanos = until;
    }
  }

  private void noticeUnavailable(long sinceNanos) {
    if (!unavailable) {
      unavailable = true;
      unavailableSinceNanos = sinceNanos;
    }
  }
}
