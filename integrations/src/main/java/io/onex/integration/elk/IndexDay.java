package io.onex.integration.elk;

import io.onex.log.Record;

/// The UTC day whose index takes a record: that of its event time, unless the sender's clock is far
/// off, for one wrong clock would otherwise open an index per wrong day.
///
/// @param epochDay days since 1970-01-01
/// @param outOfRange whether the day of ingest stands in for the event time
record IndexDay(long epochDay, boolean outOfRange) {
  static final long DAY_MICROS = 86_400_000_000L;
  private static final long FARTHEST_BACK_MICROS = 7 * DAY_MICROS;
  private static final long FARTHEST_AHEAD_MICROS = DAY_MICROS;

  static IndexDay of(Record record) {
    return of(record.eventTimeMicros(), record.ingestTimeMicros());
  }

  static IndexDay of(long eventMicros, long ingestMicros) {
    boolean outOfRange =
        eventMicros < ingestMicros - FARTHEST_BACK_MICROS
            || eventMicros > ingestMicros + FARTHEST_AHEAD_MICROS;
    return new IndexDay(
        Math.floorDiv(outOfRange ? ingestMicros : eventMicros, DAY_MICROS), outOfRange);
  }
}
