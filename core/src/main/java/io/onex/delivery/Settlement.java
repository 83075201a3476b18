package io.onex.delivery;

import io.onex.log.PositionRange;
import io.onex.log.RecordOutcome;

/// Consecutive records that got the same outcome in the same way.
///
/// @param attempts how often they were sent, 0 when they never were
/// @param reason why, when the outcome alone does not tell; otherwise empty
public record Settlement(PositionRange range, RecordOutcome outcome, int attempts, String reason) {}
