package io.onex.app;

import io.onex.config.EnrichmentConfig;
import io.onex.enrichment.CatalogueFile;
import io.onex.enrichment.EnrichmentChange;
import io.onex.enrichment.EnrichmentHistory;
import io.onex.enrichment.EnrichmentRules;
import io.onex.enrichment.NodeCatalogue;
import io.onex.log.Log;
import io.onex.log.LogUnavailableException;
import io.onex.log.Position;
import io.onex.log.RecordWriter;
import io.onex.storage.Storage;
import io.onex.telemetry.LogKeys;
import io.onex.telemetry.LogLine;
import io.onex.time.Clock;
import java.util.Optional;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/// Sees to it that what is added to records stands in the log whenever the configuration or the
/// catalogue file changes it, before the records it is added to.
///
/// Any thread; one at a time changes it.
final class EnrichmentInForce {
  private static final Logger LOG = LogManager.getLogger(EnrichmentInForce.class);

  private final Log log;
  private final Storage storage;
  private final Clock clock;
  private final EnrichmentHistory history;
  private final String host;
  private EnrichmentConfig config;
  private Catalogue catalogue;
  private String epoch = "";
  private NodeCatalogue announced = NodeCatalogue.EMPTY;

  /// A catalogue and the file it is read from.
  private record Catalogue(Optional<CatalogueFile> file, NodeCatalogue nodes) {
    static Catalogue of(EnrichmentConfig config) {
      return new Catalogue(config.catalogue().map(CatalogueFile::new), NodeCatalogue.EMPTY).look();
    }

    /// The same when the file has not changed or cannot be used.
    Catalogue look() {
      if (file.isEmpty()) {
        return this;
      }
      return switch (file.get().look()) {
        case CatalogueFile.Look.Unchanged() -> this;
        case CatalogueFile.Look.Changed(NodeCatalogue read) -> {
          LOG.info(LogLine.of("Node catalogue read").with(LogKeys.RECORDS, read.nodes().size()));
          yield new Catalogue(file, read);
        }
        case CatalogueFile.Look.Broken(String reason) -> {
          LOG.warn(
              LogLine.of("Node catalogue cannot be used, the one before stays")
                  .with(LogKeys.REASON, reason));
          yield this;
        }
      };
    }
  }

  /// @param history is told of catalogues that are too large for the log
  /// @param storage has what was announced at the start
  /// @param host name of this machine
  EnrichmentInForce(
      Log log,
      Storage storage,
      Clock clock,
      EnrichmentHistory history,
      EnrichmentConfig config,
      String host) {
    this.log = log;
    this.storage = storage;
    this.clock = clock;
    this.history = history;
    this.host = host;
    this.config = config;
    this.catalogue = Catalogue.of(config);
    history.current(catalogue.nodes());
  }

  /// What stands in the log, or must before anything is taken in.
  synchronized EnrichmentRules rules() {
    EnrichmentRules rules = EnrichmentRules.of(config, host, catalogue.nodes());
    epoch = rules.epoch();
    announced = catalogue.nodes();
    return rules;
  }

  /// Makes another configuration durable together with other changes, and takes it over.
  ///
  /// @param changes records to be appended with it, before it; empty for none
  /// @return the position of the first of them; empty when there was nothing to append
  /// @throws LogUnavailableException when nothing can be appended now; nothing has changed
  synchronized Optional<Position> change(EnrichmentConfig next, RecordWriter changes)
      throws LogUnavailableException, InterruptedException {
    boolean same = next.catalogue().equals(config.catalogue());
    return append(next, same ? catalogue.look() : Catalogue.of(next), changes);
  }

  /// Looks whether the catalogue file has changed. What the log cannot take now it is given at a
  /// later look.
  synchronized void look() throws InterruptedException {
    Catalogue now = catalogue.look();
    if (now.nodes().equals(announced)) {
      return;
    }
    try {
      append(config, now, new RecordWriter(4096));
    } catch (LogUnavailableException e) {
      catalogue = now;
      LOG.warn(
          LogLine.of("The node catalogue is used once the log can be written")
              .with(LogKeys.REASON, String.valueOf(e.getMessage())));
    }
  }

  private Optional<Position> append(EnrichmentConfig next, Catalogue with, RecordWriter changes)
      throws LogUnavailableException, InterruptedException {
    EnrichmentRules rules = EnrichmentRules.of(next, host, with.nodes());
    String now = rules.epoch();
    if (!now.equals(epoch)) {
      EnrichmentChange.write(changes, rules, clock.wallMicros());
    }
    Optional<Position> first = Optional.empty();
    if (changes.count() > 0) {
      RulesInForce.forget(storage);
      first = Optional.of(log.append(changes).start());
    }
    history.current(with.nodes());
    epoch = now;
    announced = with.nodes();
    config = next;
    catalogue = with;
    return first;
  }
}
