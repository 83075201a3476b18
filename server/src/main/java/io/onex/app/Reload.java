package io.onex.app;

import io.onex.config.ConfigChange;
import io.onex.config.GatewayConfig;
import io.onex.enrichment.RedactionPolicy;
import io.onex.ingest.Intake;
import io.onex.log.LogUnavailableException;
import io.onex.log.Position;
import io.onex.log.RecordWriter;
import io.onex.routing.RuleHistory;
import io.onex.routing.Rules;
import io.onex.routing.RulesChange;
import io.onex.telemetry.LogKeys;
import io.onex.telemetry.LogLine;
import io.onex.time.Clock;
import java.util.Optional;
import java.util.Set;
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
    RuleHistory rules,
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
  ///
  /// @param renewed destinations whose settings point to files with another content than before
  void to(GatewayConfig next, Set<String> renewed)
      throws UsageException, LogUnavailableException, InterruptedException {
    ConfigChange change = ConfigChange.between(config.get(), next).renewing(renewed, next);
    if (change.isEmpty()) {
      config.reloaded(next);
      LOG.info(LogLine.of("Configuration read again; nothing has changed"));
      return;
    }
    try (DestinationChange prepared = destinations.prepare(change, next.destinations())) {
      RecordWriter changes = new RecordWriter(4096);
      Rules then = Rules.of(next.routing(), next.destinations());
      if (change.rules()) {
        RulesChange.write(changes, then, clock.wallMicros());
      }
      Optional<Position> first = enrichment.change(next.enrichment(), changes);
      if (change.rules() && first.isPresent()) {
        // Known before a destination that comes back begins: what came while it was away is judged
        // by the rules it came back with, which stand behind it in the log.
        rules.add(first.get().offset(), then);
      }
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
