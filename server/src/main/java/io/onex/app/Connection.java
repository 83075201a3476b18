package io.onex.app;

import io.onex.config.DestinationConfig;
import io.onex.delivery.Integration;
import java.util.Optional;

/// The integrations of one destination as configured, made and ready to be given to its loop, which
/// closes them then.
///
/// @param fallback present exactly when `config` names one
record Connection(DestinationConfig config, Integration integration, Optional<Integration> fallback)
    implements AutoCloseable {
  /// Lets go of integrations that nobody was given.
  @Override
  public void close() {
    integration.close();
    fallback.ifPresent(Integration::close);
  }
}
