package io.onex.api;

import io.onex.log.Position;
import io.onex.log.cursor.CursorEntry;
import java.util.OptionalLong;

/// How one configured destination is doing.
///
/// @param state `delivering`, `idle`, `retrying`, `open`, `paused`, `diverting`, `starting`,
///   `stuck` or `disabled`
/// @param breaker `closed`, `half_open` or `open`
/// @param reason what the system said last while not all is well, otherwise empty
/// @param retries attempts with records that had been sent before, since the start
/// @param oldestPendingMicros ingest time of the oldest record without outcome, if known
public record DestinationView(
    String name,
    String kind,
    boolean enabled,
    String state,
    String breaker,
    String reason,
    CursorEntry entry,
    long retries,
    OptionalLong oldestPendingMicros) {
  /// The same with what is known of its threads, which no longer tell how it is doing.
  public DestinationView stuck(String why) {
    return new DestinationView(
        name, kind, enabled, "stuck", breaker, why, entry, retries, oldestPendingMicros);
  }

  /// Records between its low water and the end of the log.
  public long lag(Position durableEnd) {
    return Math.max(0, durableEnd.offset() - entry.cursor().lowWater().offset());
  }
}
