package io.onex.operation;

/// When an operation began and ended, from two clocks of which one may be wrong.
///
/// END is stamped in UTC. START of the TELEMETRY family is stamped in the local time of its host,
/// written as if it were UTC (onex-facts a6), so it is off by the host's zone: a multiple of 15
/// minutes. What an END says about the duration is measured by one clock and always wins; START's
/// clock is believed only where it agrees with that, or with the time between the arrivals.
///
/// @param durationMicros at least 0, or -1 when nothing tells
/// @param clockCorrected START's own time was not used
/// @param negative END stands before START and nothing explains it
record OperationTiming(
    long startMicros,
    long endMicros,
    long durationMicros,
    DurationSource source,
    boolean clockCorrected,
    boolean negative) {
  private static final long SECOND = 1_000_000;
  private static final long QUARTER_HOUR = 900 * SECOND;

  /// No zone is further from UTC (Line Islands, +14:00).
  private static final long WIDEST_ZONE = 14 * 3600 * SECOND;

  private static final long TOLERANCE = 2 * SECOND;

  /// The timing of an operation of which only the END is known.
  static OperationTiming of(OperationEvent end) {
    long duration = end.durationMicros();
    return new OperationTiming(
        end.eventMicros() - Math.max(duration, 0),
        end.eventMicros(),
        duration,
        end.durationSource(),
        false,
        false);
  }

  static OperationTiming of(OpenOperation start, OperationEvent end) {
    return start.family == OperationFamily.NODE ? node(start, end) : telemetry(start, end);
  }

  /// The zone that START's clock was in, as far as its arrival tells: what to add to get UTC.
  static long zoneMicros(OpenOperation start) {
    if (start.family == OperationFamily.NODE) {
      return 0;
    }
    long late = start.ingestMicros - start.startMicros;
    long zone = quarterHours(late);
    return isZone(zone) && Math.abs(late - zone) <= TOLERANCE ? zone : 0;
  }

  /// Whether an END that was taken in first can belong to `start`, and not to an earlier one that
  /// was lost.
  static boolean canBelong(OpenOperation start, OperationEvent end) {
    long clock = end.eventMicros() - start.startMicros;
    if (start.family == OperationFamily.NODE) {
      return clock >= 0;
    }
    long rest = Math.floorMod(clock, QUARTER_HOUR);
    if (end.durationMicros() < 0) {
      return rest <= OpenOperations.REORDER_MICROS;
    }
    long apart = Math.floorMod(rest - end.durationMicros(), QUARTER_HOUR);
    return Math.min(apart, QUARTER_HOUR - apart) <= tolerance(end.durationMicros());
  }

  private static OperationTiming node(OpenOperation start, OperationEvent end) {
    long clock = end.eventMicros() - start.startMicros;
    long told = end.durationMicros();
    if (clock < 0) {
      OperationTiming alone = of(end);
      return new OperationTiming(
          alone.startMicros, alone.endMicros, told, alone.source, true, true);
    }
    return told >= 0
        ? at(start.startMicros, end, told, end.durationSource(), false)
        : at(start.startMicros, end, clock, DurationSource.CLOCK, false);
  }

  private static OperationTiming telemetry(OpenOperation start, OperationEvent end) {
    long clock = end.eventMicros() - start.startMicros;
    long told = end.durationMicros();
    if (told >= 0) {
      boolean agrees = clock >= 0 && Math.abs(clock - told) <= tolerance(told);
      long startMicros = agrees ? start.startMicros : end.eventMicros() - told;
      return at(startMicros, end, told, end.durationSource(), !agrees);
    }
    long arrival = end.ingestMicros() - start.ingestMicros;
    long zone = quarterHours(clock - arrival);
    if (isZone(zone) && Math.abs(clock - arrival - zone) <= TOLERANCE) {
      return clock - zone >= 0
          ? at(end.eventMicros() - (clock - zone), end, clock - zone, DurationSource.CLOCK, true)
          : corrected(end, Math.max(arrival, 0), DurationSource.ARRIVAL);
    }
    if (clock >= 0) {
      return at(start.startMicros, end, clock, DurationSource.CLOCK, false);
    }
    // East of UTC: what is left of whole quarter hours is the duration, if that is shorter.
    return -clock <= WIDEST_ZONE
        ? corrected(end, Math.floorMod(clock, QUARTER_HOUR), DurationSource.CLOCK)
        : new OperationTiming(
            end.eventMicros(), end.eventMicros(), -1, DurationSource.NONE, true, true);
  }

  private static OperationTiming corrected(
      OperationEvent end, long duration, DurationSource source) {
    return at(end.eventMicros() - duration, end, duration, source, true);
  }

  private static OperationTiming at(
      long startMicros, OperationEvent end, long duration, DurationSource source, boolean fixed) {
    return new OperationTiming(startMicros, end.eventMicros(), duration, source, fixed, false);
  }

  private static long quarterHours(long micros) {
    return Math.round(micros / (double) QUARTER_HOUR) * QUARTER_HOUR;
  }

  private static boolean isZone(long micros) {
    return micros != 0 && Math.abs(micros) <= WIDEST_ZONE;
  }

  private static long tolerance(long duration) {
    return Math.max(TOLERANCE, duration / 10);
  }
}
