package io.onex.app;

import io.onex.config.ConfigChange;
import io.onex.config.GatewayConfig;
import io.onex.enrichment.RedactionPolicy;
import io.onex.ingest.Intake;
import io.onex.log.LogUnavailableException;
import io.onex.log.RecordWriter;
import io.onex.routing.Rules;
import io.onex.routing.RulesChange;
import io.onex.telemetry.LogKeys;
import io.onex.telemetry.LogLine;
import io.onex.time.Clock;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/// Applies another configuration to what runs: connections at once, rules and enrichment from the
/// next record on.
///
/// @param config what is in force
record Reload(
    ConfigInForce config,
    Destinations destinations,
    EnrichmentInForce enrichment,
    Intake intake,
    Clock clock) {
  private static final Logger LOG = LogManager.getLogger(Reload.class);

  /// All or nothing: every integration it needs is made, then what changes by position of the log
  /// is made durable in one append, and only then anything that runs is touched. What can change
  /// neither way waits for a restart and is named.
  ///
  /// @throws UsageException when an integration cannot be made, which says which and why; nothing
  ///   has changed
  /// @throws LogUnavailableException when the change cannot be made durable now; nothing has
  ///   changed
  void to(GatewayConfig next) throws UsageException, LogUnavailableException, InterruptedException {
    ConfigChange change = ConfigChange.between(config.get(), next);
    if (change.isEmpty()) {
      config.reloaded(next);
      LOG.info(LogLine.of("Configuration read again; nothing has changed"));
      return;
    }
    try (DestinationChange prepared = destinations.prepare(change, next.destinations())) {
      RecordWriter changes = new RecordWriter(4096);
      if (change.rules()) {
        RulesChange.write(
            changes, Rules.of(next.routing(), next.destinations()), clock.wallMicros());
      }
      enrichment.change(next.enrichment(), changes);
      destinations.apply(prepared);
    }
    if (change.enrichment()) {
      intake.redact(redaction(next));
    }
    if (change.logging()) {
      Logging.configure(next.logging());
    }
    config.reloaded(next);
    LOG.info(LogLine.of("Configuration reloaded").with(LogKeys.RULES, change.rules()));
    if (!change.needsRestart().isEmpty()) {
      LOG.warn(
          LogLine.of("Changed settings wait for a restart")
              .with("pending_restart", String.join(",", config.pending().keySet())));
    }
  }

  static RedactionPolicy redaction(GatewayConfig config) {
    return new RedactionPolicy(config.enrichment().redactKeys(), config.enrichment().redactAllow());
  }
}
