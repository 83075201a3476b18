package io.onex.log.cursor;

import io.onex.log.Position;

/// The equation of one destination at one moment: nothing vanishes.
///
/// accepted = delivered + filtered + sampled + diverted + dead-lettered + expired + lost + pending.
/// Accepted and pending are counted from positions of the log, the rest by counters.
///
/// @param accepted positions from the destination's first one to the durable end
/// @param pending positions below the durable end that have no outcome yet
/// @param ledger the counters
public record LedgerBalance(long accepted, long pending, Ledger ledger) {
  /// What `cursor` and `ledger` say while the log ends at `durableEnd`.
  public static LedgerBalance of(Cursor cursor, Ledger ledger, Position durableEnd) {
    return new LedgerBalance(cursor.accepted(durableEnd), cursor.pending(durableEnd), ledger);
  }

  /// Records that the counters miss (positive) or have too many of (negative); 0 when it balances.
  public long difference() {
    return accepted - ledger.settled() - pending;
  }

  public boolean holds() {
    return difference() == 0;
  }

  /// The equation with its numbers, as operators read it.
  public String sentence() {
    String equation =
        "accepted %d %s delivered %d + filtered %d + sampled %d + diverted %d + dead-lettered %d + expired %d + lost %d + pending %d"
            .formatted(
                accepted,
                holds() ? "=" : "≠",
                ledger.delivered(),
                ledger.filtered(),
                ledger.sampled(),
                ledger.diverted(),
                ledger.deadLettered(),
                ledger.expired(),
                ledger.lost(),
                pending);
    return holds() ? equation : equation + " (difference " + difference() + ")";
  }
}
