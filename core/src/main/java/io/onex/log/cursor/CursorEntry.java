package io.onex.log.cursor;

import io.onex.bytes.Slice;
import io.onex.log.Position;
import io.onex.log.PositionRange;
import io.onex.log.RecordOutcome;
import java.util.Optional;

/// Everything about one destination that must survive: saved as one, so no crash can part the
/// cursor from the counters.
///
/// @param destination its name, the key under `integrations`; 1 to 255 bytes of UTF-8
/// @param cursor how far it has come
/// @param ledger what became of its records
/// @param standing whether it is being delivered to
/// @param reason a sentence for the standing, empty when there is nothing to say; it holds no
///   payload and no secret
/// @param state what the integration's `reduce` keeps, opaque here; at most [#MAX_STATE_BYTES]
/// @param replay the replay at hand, or the last one
/// @param awayMicros how long the gateway has run without it in the configuration; 0 while it is
///   configured
public record CursorEntry(
    String destination,
    Cursor cursor,
    Ledger ledger,
    CursorStanding standing,
    String reason,
    Slice state,
    Optional<ReplayProgress> replay,
    long awayMicros) {
  /// Most bytes of [#state].
  public static final int MAX_STATE_BYTES = 4 << 20;

  private static final int MAX_NAME_BYTES = 255;
  private static final int MAX_REASON_CHARACTERS = 1_000;

  public CursorEntry {
    int nameBytes = Slice.utf8(destination).length();
    if (nameBytes < 1 || nameBytes > MAX_NAME_BYTES) {
      throw new IllegalArgumentException(
          "a destination's name has 1 to " + MAX_NAME_BYTES + " bytes, not " + nameBytes);
    }
    if (state.length() > MAX_STATE_BYTES) {
      throw new IllegalArgumentException(
          "the state of destination %s has %d bytes, more than %d"
              .formatted(destination, state.length(), MAX_STATE_BYTES));
    }
    if (reason.length() > MAX_REASON_CHARACTERS) {
      reason = reason.substring(0, MAX_REASON_CHARACTERS);
    }
  }

  /// A destination that begins at `first`.
  public static CursorEntry at(String destination, Position first) {
    return new CursorEntry(
        destination,
        Cursor.at(first),
        Ledger.EMPTY,
        CursorStanding.ACTIVE,
        "",
        Slice.EMPTY,
        Optional.empty(),
        0);
  }

  /// This entry with `range` completed.
  ///
  /// @param outcomes how its records ended, one outcome per position of the range; counters beside
  ///   the equation are added as well
  /// @throws IllegalArgumentException when the outcomes are not as many as the positions, or a
  ///   position was completed before
  public CursorEntry complete(PositionRange range, Ledger outcomes) {
    if (outcomes.settled() != range.records()) {
      throw new IllegalArgumentException(
          "range %s has %d records but %d outcomes"
              .formatted(range, range.records(), outcomes.settled()));
    }
    return with(cursor.complete(range), ledger.plus(outcomes));
  }

  /// This entry with `range` completed by one outcome.
  public CursorEntry complete(PositionRange range, RecordOutcome outcome) {
    return complete(range, Ledger.of(outcome, range.records()));
  }

  /// This entry with everything open below `logStart` expired: retention overtook it.
  public CursorEntry expireBelow(Position logStart) {
    CursorEntry expired = this;
    for (PositionRange range : cursor.open(logStart)) {
      expired = expired.complete(range, RecordOutcome.EXPIRED);
    }
    return expired;
  }

  /// The equation while the log ends at `durableEnd`.
  public LedgerBalance balance(Position durableEnd) {
    return LedgerBalance.of(cursor, ledger, durableEnd);
  }

  /// This entry with counters added that stand beside the equation.
  ///
  /// @throws IllegalArgumentException when `counts` holds an outcome: those come by [#complete]
  public CursorEntry beside(Ledger counts) {
    if (counts.settled() != 0) {
      throw new IllegalArgumentException("outcomes are counted together with their positions");
    }
    return with(cursor, ledger.plus(counts));
  }

  /// This entry in a log that recovered and ends at `end`; see [Cursor#clampedTo].
  public CursorEntry clampedTo(Position end) {
    return new CursorEntry(
        destination, cursor.clampedTo(end), ledger, standing, reason, state, replay, awayMicros);
  }

  /// This entry with its replay come as far as `progress`. One of another job begins: what the last
  /// one sent is added to the counter of replayed records.
  public CursorEntry withReplay(ReplayProgress progress) {
    long before =
        replay
            .filter(last -> last.job() != progress.job())
            .map(ReplayProgress::replayed)
            .orElse(0L);
    return new CursorEntry(
        destination,
        cursor,
        ledger.plusReplayed(before),
        standing,
        reason,
        state,
        Optional.of(progress),
        awayMicros);
  }

  /// Records sent again on request and taken, by all replays together.
  public long replayed() {
    return ledger.replayed() + replay.map(ReplayProgress::replayed).orElse(0L);
  }

  private CursorEntry with(Cursor newCursor, Ledger newLedger) {
    return new CursorEntry(
        destination, newCursor, newLedger, standing, reason, state, replay, awayMicros);
  }

  /// This entry with another standing; its time away begins anew or ends.
  public CursorEntry withStanding(CursorStanding newStanding, String because) {
    return new CursorEntry(destination, cursor, ledger, newStanding, because, state, replay, 0);
  }

  /// This entry, of a destination that is no longer configured, after so much more time.
  CursorEntry away(long moreMicros) {
    return new CursorEntry(
        destination, cursor, ledger, standing, reason, state, replay, awayMicros + moreMicros);
  }

  public CursorEntry withState(Slice newState) {
    return new CursorEntry(
        destination, cursor, ledger, standing, reason, newState, replay, awayMicros);
  }

  public CursorEntry renamedTo(String newName) {
    return new CursorEntry(newName, cursor, ledger, standing, reason, state, replay, awayMicros);
  }
}
