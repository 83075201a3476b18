package io.onex.time;

/// The two clocks of the machine, passed in wherever time is needed.
///
/// Wall time stamps records; monotonic time drives ages, backoff, breakers and rate limits. The
/// third clock, log time, is not here: it is the ingest time of the last record of the log.
/// Implementations are safe for use by many threads.
public interface Clock {
  /// Microseconds since 1970-01-01T00:00:00Z. May jump either way when the machine's clock is set.
  long wallMicros();

  /// Nanoseconds since an arbitrary origin. Never goes back.
  long monotonicNanos();
}
