package io.onex.app;

import io.onex.log.Position;
import io.onex.log.RetentionGuard;
import io.onex.log.cursor.CursorRetentionGuard;
import io.onex.telemetry.Counter;
import io.onex.telemetry.LogKeys;
import io.onex.telemetry.LogLine;
import io.onex.telemetry.Telemetry;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ObjLongConsumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/// The loops that count for themselves what retention takes from them, and the alarm for each such
/// loss. The log is there before them: until they are known, nothing is removed.
final class RetentionOwners implements CursorRetentionGuard.Owners {
  private static final Logger LOG = LogManager.getLogger(RetentionOwners.class);

  private final Counter overtaken;
  private volatile Optional<Destinations> destinations = Optional.empty();
  private volatile ObjLongConsumer<String> announcing = (destination, records) -> {};

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

  /// From now on losses are announced there: destination and records.
  void tell(ObjLongConsumer<String> to) {
    announcing = to;
  }

  /// Says loudly what destinations lost, and announces it, once for each.
  void overtaken(List<RetentionGuard.Overtaken> all) {
    Map<String, Long> lost = new TreeMap<>();
    for (RetentionGuard.Overtaken each : all) {
      say(each);
      lost.merge(each.cursor(), each.range().records(), Long::sum);
    }
    lost.forEach(announcing::accept);
  }

  private void say(RetentionGuard.Overtaken lost) {
    overtaken.add(lost.range().records());
    LOG.error(
        LogLine.of("Retention removes records a destination has not had; they count as expired")
            .with(LogKeys.DESTINATION, lost.cursor())
            .with(LogKeys.POSITION, lost.range().toString())
            .with(LogKeys.RECORDS, lost.range().records()));
  }
}
