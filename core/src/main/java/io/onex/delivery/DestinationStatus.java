package io.onex.delivery;

import io.onex.log.cursor.CursorEntry;
import java.util.OptionalLong;

/// How one destination is doing, at one moment.
///
/// @param entry cursor and ledger as last committed
/// @param reason what the system said last while it is not delivering, otherwise empty
/// @param attemptsUnderWay requests sent and not answered
/// @param oldestPendingMicros ingest time of the oldest record without outcome among those read, in
///   microseconds since the epoch
public record DestinationStatus(
    CursorEntry entry,
    DestinationState state,
    BreakerState breaker,
    String reason,
    int attemptsUnderWay,
    OptionalLong oldestPendingMicros) {}
