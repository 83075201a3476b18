package io.onex.ingest;

import io.onex.log.LogUnavailableException;

/// Holds what comes in back while the gateway has enough to do. Safe for use by many threads.
@FunctionalInterface
public interface Backpressure {
  /// Never holds anything back.
  Backpressure NONE = () -> false;

  /// Returns when more may come in, after a bounded time in any case.
  ///
  /// @return whether the caller had to wait
  /// @throws LogUnavailableException when nothing may come in now
  boolean await() throws LogUnavailableException, InterruptedException;
}
