package io.onex.app;

import io.onex.config.DestinationConfig;
import io.onex.delivery.ExpositionSource;
import io.onex.delivery.Integration;
import io.onex.delivery.IntegrationCatalog;
import io.onex.delivery.IntegrationFactory;
import io.onex.delivery.IntegrationServices;
import io.onex.delivery.http.BlockingHttpTransport;
import io.onex.delivery.http.HttpSettings;
import io.onex.time.Clock;
import java.io.IOException;

/// Makes integrations as destinations are configured.
///
/// @param exposition the metrics about events, for those that push them
/// @param host name of this machine
record IntegrationMaker(
    IntegrationCatalog catalog, Clock clock, ExpositionSource exposition, String host) {
  /// @throws UsageException when the settings do not go together, or a file of them cannot be used
  Integration make(DestinationConfig config) throws UsageException {
    IntegrationFactory factory =
        catalog
            .find(config.kind())
            .orElseThrow(() ->
                new UsageException(
                    "integrations." + config.name() + ": there is no kind " + config.kind()));
    BlockingHttpTransport http;
    try {
      http = new BlockingHttpTransport(HttpSettings.DEFAULT.withTls(config.tls()));
    } catch (IOException | IllegalArgumentException e) {
      throw new UsageException("integrations." + config.name() + ".tls: " + e.getMessage());
    }
    try {
      return factory.create(
          config.settings(),
          new IntegrationServices(clock, http, config.timeout(), exposition, host));
    } catch (IllegalArgumentException e) {
      http.close();
      throw new UsageException("integrations." + config.name() + ": " + e.getMessage());
    }
  }
}
