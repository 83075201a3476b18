package io.onex.app;

import io.onex.api.DestinationView;
import io.onex.api.RateMeter;
import io.onex.api.StatusEndpoint;
import io.onex.log.Log;
import io.onex.routing.RuleHistory;
import io.onex.telemetry.LogKeys;
import io.onex.telemetry.LogLine;
import io.onex.time.Clock;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/// What is done each second: rates and the conservation of records are looked at, and now and then
/// what is no longer needed is removed, which waits for the disk. One thread.
final class Heartbeat {
  private static final int HOUSEKEEPING_EVERY = 10;

  private static final Logger LOG = LogManager.getLogger(Heartbeat.class);

  private final Log log;
  private final Destinations destinations;
  private final RuleHistory rules;
  private final EnrichmentInForce enrichment;
  private final List<OldFiles> oldFiles;
  private final Observers observers;
  private final Clock clock;
  private long beats;

  /// Who looks at the gateway.
  record Observers(RateMeter rates, Conservation conservation) {}

  /// Files that are kept for some time only.
  interface OldFiles {
    /// Removes those whose time is over.
    void retain() throws IOException;
  }

  Heartbeat(
      Log log,
      Destinations destinations,
      RuleHistory rules,
      EnrichmentInForce enrichment,
      List<OldFiles> oldFiles,
      Observers observers,
      Clock clock) {
    this.log = log;
    this.destinations = destinations;
    this.rules = rules;
    this.enrichment = enrichment;
    this.oldFiles = oldFiles;
    this.observers = observers;
    this.clock = clock;
  }

  void beat() {
    long now = clock.monotonicNanos();
    List<DestinationView> views = destinations.views();
    Map<String, Long> counts = new HashMap<>();
    counts.put(StatusEndpoint.LOG_RATE, log.durableEnd().offset());
    for (DestinationView view : views) {
      counts.put(StatusEndpoint.rateOf(view.name()), view.entry().ledger().settled());
    }
    observers.rates().sample(counts, now);
    // The end is read after the entries: an entry is never ahead of it.
    observers.conservation().check(views, log.durableEnd());
    destinations.departures().letPass();
    if (beats++ % HOUSEKEEPING_EVERY == 0) {
      lookForCatalogue();
      housekeeping();
    }
  }

  private void lookForCatalogue() {
    try {
      enrichment.look();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void housekeeping() {
    rules.trim(log.start());
    try {
      for (OldFiles each : oldFiles) {
        each.retain();
      }
      for (Running one : destinations.all()) {
        one.journal().dropBelow(log.start());
      }
    } catch (IOException e) {
      LOG.warn(LogLine.of("Old files could not be removed").with(LogKeys.REASON, e.toString()));
    }
  }
}
