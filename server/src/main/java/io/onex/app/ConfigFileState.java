package io.onex.app;

import io.onex.telemetry.Counter;
import io.onex.telemetry.Telemetry;
import java.util.Map;
import java.util.Optional;

/// Whether what is in force is what the configuration file says, for status and metrics. Changed by
/// the thread that follows the file, asked by any.
final class ConfigFileState {
  private final Counter applied;
  private final Counter refused;
  private final Counter held;
  private final Counter renewed;
  private volatile String difference = "";

  ConfigFileState(Telemetry telemetry) {
    applied = reads(telemetry, "applied");
    refused = reads(telemetry, "refused");
    held = reads(telemetry, "held");
    renewed =
        telemetry.counter(
            "onex_gateway_config_files_renewed_total",
            "Files the configuration points to that were read again because their content changed.",
            Map.of());
    telemetry.gauge(
        "onex_gateway_config_in_force",
        "1 when the configuration file, and what it points to, is in force as it is; 0 when it is not.",
        Map.of(),
        () -> difference.isEmpty() ? 1 : 0);
  }

  private static Counter reads(Telemetry telemetry, String result) {
    return telemetry.counter(
        "onex_gateway_config_reads_total",
        "Times the configuration file was read again: applied, refused because of errors, or held back because it looks half written.",
        Map.of("result", result));
  }

  void applied(int files) {
    applied.increment();
    renewed.add(files);
    difference = "";
  }

  void refused(String reason) {
    refused.increment();
    difference = "The configuration file is not in force: " + reason + ".";
  }

  void held(String reason) {
    held.increment();
    difference = "The configuration file is not in force yet: " + reason + ".";
  }

  /// What was in force is what the file says again.
  void asBefore() {
    difference = "";
  }

  /// Why the file is not in force.
  Optional<String> difference() {
    return Optional.of(difference).filter(text -> !text.isEmpty());
  }
}
