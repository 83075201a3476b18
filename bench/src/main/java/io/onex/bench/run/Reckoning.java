package io.onex.bench.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.onex.bench.gateway.GatewayProcess;
import io.onex.bench.oracle.Deliveries;
import io.onex.bench.oracle.Findings;
import io.onex.bench.oracle.Promises;
import java.io.IOException;
import java.time.Duration;
import java.util.BitSet;

/// Compares what was promised, what back ends received and what a gateway says of itself, once it
/// has delivered everything.
final class Reckoning {
  private static final Duration DRAIN_TIMEOUT = Duration.ofMinutes(1);

  private final GatewayProcess gateway;
  private final Promises promises;
  private final Findings findings;
  private final JsonNode status;

  /// Waits until nothing is pending; that it takes more than a minute is a finding.
  Reckoning(GatewayProcess gateway, Promises promises, Findings findings)
      throws IOException, InterruptedException {
    this.gateway = gateway;
    this.promises = promises;
    this.findings = findings;
    long deadline = System.nanoTime() + DRAIN_TIMEOUT.toNanos();
    JsonNode latest = gateway.status();
    while (!Ledgers.drained(latest) && System.nanoTime() < deadline) {
      Thread.sleep(50);
      latest = gateway.status();
    }
    if (!Ledgers.drained(latest)) {
      findings.add("not everything was delivered within " + DRAIN_TIMEOUT + ": " + latest);
    }
    this.status = latest;
  }

  /// Looks for losses, inventions, changes and too many repeats at one destination, and compares
  /// its ledger.
  ///
  /// @param allowedRepeats arrivals beyond the first that attempts cut short may cause
  /// @return numbers of the events that arrived
  BitSet deliveries(String destination, Deliveries deliveries, long allowedRepeats) {
    findings.addAll(deliveries.findings());
    BitSet arrived = deliveries.arrived();
    BitSet missing = promises.acknowledgedSet();
    missing.andNot(arrived);
    if (!missing.isEmpty()) {
      findings.add(
          missing.cardinality()
              + " acknowledged events never arrived at "
              + destination
              + ", the first is "
              + missing.nextSetBit(0));
    }
    arrived.stream()
        .filter(n -> !promises.wasSent(n))
        .forEach(
            n -> findings.add("event " + n + " arrived at " + destination + " but was never sent"));
    if (deliveries.repeats() > allowedRepeats) {
      findings.add(
          deliveries.repeats()
              + " repeats at "
              + destination
              + ", more than the "
              + allowedRepeats
              + " that could be in flight");
    }
    ledger(destination, deliveries.distinct());
    return arrived;
  }

  /// Compares the ledger of one destination with how many different records its back end has.
  void ledger(String destination, long distinct) {
    Ledgers.compare(status, destination, distinct, findings);
  }

  /// Compares the metrics about events with the events the gateway took, which are those that
  /// arrived.
  void metrics(BitSet arrived) throws IOException {
    String exposition = gateway.get("/metrics");
    long ends = arrived.stream().filter(n -> (n & 1) == 1).count();
    long open = arrived.cardinality() - 2 * ends;
    compare(exposition, "onex_events_total", arrived.cardinality());
    compare(exposition, "onex_node_execution_duration_seconds_count", ends);
    compare(exposition, "onex_active_executions", open);
  }

  private void compare(String exposition, String family, long expected) {
    long counted = Expositions.sum(exposition, family);
    if (counted != expected) {
      findings.add(family + " says " + counted + ", by what arrived it is " + expected);
    }
  }
}
