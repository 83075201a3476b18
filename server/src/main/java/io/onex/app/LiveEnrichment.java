package io.onex.app;

import io.onex.config.EnrichmentConfig;
import io.onex.delivery.EncodeContext;
import io.onex.enrichment.CatalogueFile;
import io.onex.enrichment.Enrichment;
import io.onex.enrichment.NodeCatalogue;
import io.onex.event.Slice;
import io.onex.log.Record;
import io.onex.telemetry.LogKeys;
import io.onex.telemetry.LogLine;
import java.util.Optional;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/// The enrichment in force: it changes when the configuration or the catalogue file does.
///
/// Encoders read it from any thread; one thread at a time changes it.
final class LiveEnrichment implements EncodeContext {
  private static final Logger LOG = LogManager.getLogger(LiveEnrichment.class);

  private final String host;
  private EnrichmentConfig config;
  private Optional<CatalogueFile> file;
  private NodeCatalogue catalogue = NodeCatalogue.EMPTY;
  private volatile Enrichment inForce;

  /// @param host name of this machine
  LiveEnrichment(EnrichmentConfig config, String host) {
    this.host = host;
    this.config = config;
    this.file = config.catalogue().map(CatalogueFile::new);
    this.inForce = new Enrichment(config, host, catalogue);
    look();
  }

  @Override
  public Slice enrichment(Record record) {
    return inForce.enrichment(record);
  }

  /// The configuration has changed.
  synchronized void change(EnrichmentConfig changed) {
    config = changed;
    file = changed.catalogue().map(CatalogueFile::new);
    catalogue = NodeCatalogue.EMPTY;
    inForce = new Enrichment(config, host, catalogue);
    look();
  }

  /// Looks whether the catalogue file has changed.
  synchronized void look() {
    if (file.isEmpty()) {
      return;
    }
    switch (file.get().look()) {
      case CatalogueFile.Look.Unchanged() -> {
        // As it was.
      }
      case CatalogueFile.Look.Changed(NodeCatalogue read) -> {
        catalogue = read;
        inForce = new Enrichment(config, host, catalogue);
        LOG.info(
            LogLine.of("Node catalogue read")
                .with(LogKeys.RECORDS, read.nodes().size())
                .with(LogKeys.FILE, config.catalogue().map(Object::toString).orElse("")));
      }
      case CatalogueFile.Look.Broken(String reason) ->
          LOG.warn(
              LogLine.of("Node catalogue cannot be used, the one before stays")
                  .with(LogKeys.REASON, reason));
    }
  }
}
