package io.onex.source.http;

import io.onex.log.PositionRange;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Waits until records have an outcome at destinations.
public interface DeliveryWait {
  /// Names of the destinations where some record of `records` had no outcome when `timeout` passed;
  /// empty when all have.
  ///
  /// @param only the one destination to wait for, or all that ask to be waited for
  List<String> await(Optional<String> only, PositionRange records, Duration timeout)
      throws InterruptedException;

  /// Whether there is such a destination to wait for.
  boolean knows(String destination);
}
