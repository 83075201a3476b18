package io.onex.log.replay;

import java.util.Optional;

/// One replay that was asked for.
///
/// @param id ascending, from 1, never reused; the replays of a destination run in this order
/// @param destination its name
/// @param createdMicros when it was asked for, in microseconds since the epoch, UTC
/// @param cancelled whether somebody cancelled it; it has ended once nothing of it is under way
/// @param end how it ended, when it has
public record ReplayJob(
    long id,
    String destination,
    ReplaySource source,
    long createdMicros,
    boolean cancelled,
    Optional<ReplayEnd> end) {
  /// Whether there is something left to do.
  public boolean isOpen() {
    return end.isEmpty();
  }

  ReplayJob cancel() {
    return new ReplayJob(id, destination, source, createdMicros, true, end);
  }

  ReplayJob ended(ReplayEnd how) {
    return new ReplayJob(id, destination, source, createdMicros, cancelled, Optional.of(how));
  }
}
