package io.onex.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the gateway tells about its parts. Safe to ask from any thread.
public interface GatewayView {
  /// All configured destinations, in the order of the configuration.
  List<DestinationView> destinations();

  List<FoldView> folds();

  /// Operations without END, and how many of them are stuck.
  Operations operations();

  /// Whether events are taken in and delivered.
  boolean isReady();

  /// What has work and does not do it, as `/health` names it; empty when all is well.
  List<ProgressWatch.Stuck> stuck();

  /// What was found damaged beside the log since the start, as sentences.
  List<String> problems();

  /// Settings in force, secrets as `***`: paths to values.
  Map<String, String> settings();

  /// Settings that were changed and wait for a restart, with what they will be, secrets as `***`;
  /// empty for what will be gone.
  Map<String, Optional<String>> pendingSettings();

  /// @param inFlight operations whose END has not come
  /// @param stuck of these, those that wait too long
  record Operations(long inFlight, long stuck) {}
}
