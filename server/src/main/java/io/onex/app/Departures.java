package io.onex.app;

import io.onex.config.DurationText;
import io.onex.log.Log;
import io.onex.log.cursor.CursorEntry;
import io.onex.log.cursor.CursorEvent;
import io.onex.log.cursor.CursorJournal;
import io.onex.log.cursor.CursorStanding;
import io.onex.telemetry.LogKeys;
import io.onex.telemetry.LogLine;
import io.onex.telemetry.Telemetry;
import io.onex.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/// The destinations that have left the configuration: for a grace, what comes stays pending for
/// them; one that comes back within it goes on where it was, later it is new.
///
/// The grace is counted in time the gateway runs, by the monotonic clock: no clock that is set and
/// no stop ends it early. Safe for many threads.
final class Departures {
  private static final Logger LOG = LogManager.getLogger(Departures.class);

  private final CursorJournal cursors;
  private final Log log;
  private final Duration grace;
  private final Clock clock;
  private long lastNanos;

  Departures(CursorJournal cursors, Log log, Duration grace, Clock clock, Telemetry telemetry) {
    this.cursors = cursors;
    this.log = log;
    this.grace = grace;
    this.clock = clock;
    this.lastNanos = clock.monotonicNanos();
    telemetry.gauge(
        "onex_gateway_destinations_leaving",
        "Destinations that left the configuration less than log.leave_grace ago.",
        Map.of(),
        () -> leaving().size());
  }

  /// All destinations but `configured` have left, if they had not before.
  void retain(Set<String> configured) {
    // Time that passed before a departure is not time away.
    letPass();
    for (CursorEvent event : cursors.retain(configured)) {
      LOG.warn(
          LogLine.of("A destination has left the configuration")
              .with(LogKeys.REASON, event.sentence())
              .with("grace", DurationText.format(grace)));
    }
  }

  /// Counts the time that has passed, and says so when a grace has ended.
  synchronized void letPass() {
    long now = clock.monotonicNanos();
    long passedMicros = (now - lastNanos) / 1_000;
    lastNanos += passedMicros * 1_000;
    for (CursorEvent event : cursors.letPass(passedMicros, grace)) {
      LOG.warn(
          LogLine.of("A destination that left the configuration is forgotten")
              .with(LogKeys.REASON, event.sentence()));
    }
  }

  /// One sentence for each destination that may come back.
  List<String> sentences() {
    return leaving().stream()
        .map(entry ->
            "Destination %s left the configuration; %d records are kept for it in case it comes back within %s."
                .formatted(
                    entry.destination(),
                    entry.cursor().pending(log.durableEnd()),
                    DurationText.format(left(entry))))
        .toList();
  }

  private Duration left(CursorEntry entry) {
    return grace
        .minus(Duration.of(entry.awayMicros(), ChronoUnit.MICROS))
        .truncatedTo(ChronoUnit.SECONDS);
  }

  private List<CursorEntry> leaving() {
    return cursors.entries().stream()
        .filter(entry -> entry.standing() == CursorStanding.REMOVED)
        .toList();
  }
}
