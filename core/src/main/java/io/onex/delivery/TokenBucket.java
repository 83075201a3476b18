package io.onex.delivery;

import java.util.Optional;

/// Holds back attempts so that a rate is kept on average. Told the time; one owner.
///
/// An attempt may start as soon as one token is there and takes all it costs, going into debt: so a
/// batch that is larger than the burst passes, and is paid for afterwards.
final class TokenBucket {
  private static final double NANOS_PER_SECOND = 1e9;

  /// A hair less than one, so that the nanosecond asked to wait for is enough despite rounding.
  private static final double ONE = 1 - 1e-9;

  private Optional<RateLimit> limit;
  private double tokens;
  private long asOfNanos;

  TokenBucket(Optional<RateLimit> limit, long nowNanos) {
    this.limit = limit;
    this.tokens = limit.map(RateLimit::burst).orElse(0.0);
    this.asOfNanos = nowNanos;
  }

  /// How long until the next attempt may start; 0 when it may now.
  long waitNanos(long nowNanos) {
    if (limit.isEmpty()) {
      return 0;
    }
    fill(nowNanos, limit.get());
    return tokens >= ONE
        ? 0
        : (long) Math.ceil((1 - tokens) / limit.get().perSecond() * NANOS_PER_SECOND);
  }

  void take(int records, long nowNanos) {
    if (limit.isPresent()) {
      fill(nowNanos, limit.get());
      tokens -=
          switch (limit.get().unit()) {
            case REQUESTS -> 1;
            case RECORDS -> records;
          };
    }
  }

  void change(Optional<RateLimit> newLimit, long nowNanos) {
    if (!newLimit.equals(limit)) {
      limit = newLimit;
      tokens = newLimit.map(RateLimit::burst).orElse(0.0);
      asOfNanos = nowNanos;
    }
  }

  private void fill(long nowNanos, RateLimit rate) {
    double more = (nowNanos - asOfNanos) * rate.perSecond() / NANOS_PER_SECOND;
    tokens = Math.min(rate.burst(), tokens + more);
    asOfNanos = nowNanos;
  }
}
