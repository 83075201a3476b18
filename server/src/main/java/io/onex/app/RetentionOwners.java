package io.onex.app;

import io.onex.log.Position;
import io.onex.log.RetentionGuard;
import io.onex.log.cursor.CursorRetentionGuard;
import io.onex.telemetry.Counter;
import io.onex.telemetry.LogKeys;
import io.onex.telemetry.LogLine;
import io.onex.telemetry.Telemetry;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/// The loops that count for themselves what retention takes from them, and the alarm for each such
/// loss. The log is there before them: until they are known, nothing is removed.
final class RetentionOwners implements CursorRetentionGuard.Owners {
  private static final Logger LOG = LogManager.getLogger(RetentionOwners.class);

  private final Counter overtaken;
  private volatile Optional<Destinations> destinations = Optional.empty();

  RetentionOwners(Telemetry telemetry) {
    overtaken =
        telemetry.counter(
            "onex_gateway_retention_overtaken_records_total",
            "Records that retention removed before a destination had them, once for each.",
            Map.of());
  }

  /// From now on these are asked.
  void are(Destinations all) {
    destinations = Optional.of(all);
  }

  @Override
  public boolean expire(String destination, Position newStart) throws IOException {
    return destinations
        .orElseThrow(
            () -> new IOException("records stay for now, because destinations are not known yet"))
        .expire(destination, newStart);
  }

  /// Says loudly what a destination lost.
  void overtaken(RetentionGuard.Overtaken lost) {
    overtaken.add(lost.range().records());
    LOG.error(
        LogLine.of("Retention removes records a destination has not had; they count as expired")
            .with(LogKeys.DESTINATION, lost.cursor())
            .with(LogKeys.POSITION, lost.range().toString())
            .with(LogKeys.RECORDS, lost.range().records()));
  }
}
