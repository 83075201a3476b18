package io.onex.delivery;

import java.time.Duration;
import java.util.Optional;

/// When records go to another destination's system instead.
///
/// @param destination name of the other destination
/// @param unavailableFor records are diverted once the breaker has not been closed, or the
///   destination been paused, for this long; never when empty
/// @param onDeadLetter whether a record that would become a dead letter is offered there first
public record FallbackSettings(
    String destination, Optional<Duration> unavailableFor, boolean onDeadLetter) {
  public FallbackSettings {
    if (destination.isBlank()) {
      throw new IllegalArgumentException("a fallback needs the name of a destination");
    }
    if (unavailableFor.isPresent() && unavailableFor.get().isNegative()) {
      throw new IllegalArgumentException("a fallback cannot begin " + unavailableFor.get());
    }
  }
}
