package io.onex.log.cursor;

import io.onex.log.RecordOutcome;

/// What became of the records of one destination, counted since its first position.
///
/// The first seven are the settled side of the equation, one per [RecordOutcome]; the others stand
/// beside it, because what they count is among those or is a record a second time. There is no
/// counter of what is accepted or pending: both are counted from positions ([LedgerBalance]), so
/// that these counters can be checked against something that shares nothing with them.
///
/// @param replayed deliveries of records that had been settled before
/// @param unmatched records that no rule sent anywhere; here they are filtered
public record Ledger(
    long delivered,
    long filtered,
    long sampled,
    long diverted,
    long deadLettered,
    long expired,
    long lost,
    long replayed,
    long unmatched) {
  /// Nothing counted yet.
  public static final Ledger EMPTY = new Ledger(0, 0, 0, 0, 0, 0, 0, 0, 0);

  /// Number of counters; their order is part of the format of the cursor journal.
  static final int COUNTERS = 12;

  // Between the outcomes and these stand three that are always 0.
  private static final int REPLAYED = 10;
  private static final int UNMATCHED = 11;

  public Ledger {
    if (delivered < 0
        || filtered < 0
        || sampled < 0
        || diverted < 0
        || deadLettered < 0
        || expired < 0
        || lost < 0
        || replayed < 0
        || unmatched < 0) {
      throw new IllegalArgumentException("a ledger counts upwards from 0");
    }
  }

  /// `records` that all had the same outcome.
  public static Ledger of(RecordOutcome outcome, long records) {
    return EMPTY.plus(outcome, records);
  }

  /// The counters in the order of the format.
  ///
  /// @param counters [#COUNTERS] of them
  static Ledger ofCounters(long[] counters) {
    return new Ledger(
        counters[0],
        counters[1],
        counters[2],
        counters[3],
        counters[4],
        counters[5],
        counters[6],
        counters[REPLAYED],
        counters[UNMATCHED]);
  }

  long[] counters() {
    return new long[] {
      delivered,
      filtered,
      sampled,
      diverted,
      deadLettered,
      expired,
      lost,
      0,
      0,
      0,
      replayed,
      unmatched
    };
  }

  /// This and `records` more that ended with `outcome`.
  public Ledger plus(RecordOutcome outcome, long records) {
    return plusAt(outcome.code(), records);
  }

  /// Both ledgers added up.
  public Ledger plus(Ledger more) {
    long[] sum = counters();
    long[] others = more.counters();
    for (int i = 0; i < COUNTERS; i++) {
      sum[i] = Math.addExact(sum[i], others[i]);
    }
    return ofCounters(sum);
  }

  public Ledger plusReplayed(long records) {
    return plusAt(REPLAYED, records);
  }

  public Ledger plusUnmatched(long records) {
    return plusAt(UNMATCHED, records);
  }

  /// Records counted with this outcome.
  public long count(RecordOutcome outcome) {
    return switch (outcome) {
      case DELIVERED -> delivered;
      case FILTERED -> filtered;
      case SAMPLED -> sampled;
      case DIVERTED -> diverted;
      case DEAD_LETTERED -> deadLettered;
      case EXPIRED -> expired;
      case LOST -> lost;
    };
  }

  /// Records with an outcome: the settled side of the equation.
  public long settled() {
    return delivered + filtered + sampled + diverted + deadLettered + expired + lost;
  }

  private Ledger plusAt(int counter, long records) {
    if (records < 0) {
      throw new IllegalArgumentException("a ledger counts upwards, not by " + records);
    }
    long[] sum = counters();
    sum[counter] = Math.addExact(sum[counter], records);
    return ofCounters(sum);
  }
}
