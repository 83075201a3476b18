package io.onex.app;

import io.onex.log.Position;
import io.onex.log.cursor.LedgerBalance;
import io.onex.telemetry.LogKeys;
import io.onex.telemetry.LogLine;
import io.onex.telemetry.Telemetry;
import java.util.HashMap;
import java.util.Map;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/// Checks that no record vanishes: the ledger of every destination against the positions of the
/// log. A difference is a metric and an error in the log, once per change. One thread.
final class Conservation {
  private static final Logger LOG = LogManager.getLogger(Conservation.class);

  private final Telemetry telemetry;
  private final Map<String, Long> differences = new HashMap<>();

  Conservation(Telemetry telemetry) {
    this.telemetry = telemetry;
  }

  void check(Iterable<io.onex.api.DestinationView> destinations, Position durableEnd) {
    for (io.onex.api.DestinationView view : destinations) {
      LedgerBalance balance = view.entry().balance(durableEnd);
      long difference = balance.difference();
      telemetry
          .gauge(
              "onex_gateway_ledger_difference_records",
              "Records the ledger misses; anything but 0 is a bug to be reported.",
              Map.of(LogKeys.DESTINATION, view.name()))
          .set((double) difference);
      Long before = differences.put(view.name(), difference);
      if (difference != 0 && (before == null || before != difference)) {
        LOG.error(
            LogLine.of("The ledger of a destination does not balance; report this")
                .with(LogKeys.DESTINATION, view.name())
                .with(LogKeys.REASON, balance.sentence()));
      }
    }
  }
}
