package io.onex.delivery;

import io.onex.log.RecordOutcome;

/// Consecutive positions that had their outcome when they were read: filtered, sampled, expired or
/// lost.
///
/// @param from first offset
/// @param to offset just past the last one
/// @param unmatched whether no rule sent the records anywhere
record Side(long from, long to, RecordOutcome outcome, String reason, boolean unmatched) {
  boolean continues(Side previous) {
    return previous.to == from
        && previous.outcome == outcome
        && previous.unmatched == unmatched
        && previous.reason.equals(reason);
  }
}
