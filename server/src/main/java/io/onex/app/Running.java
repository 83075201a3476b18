package io.onex.app;

import io.onex.config.DestinationConfig;
import io.onex.delivery.DestinationLoop;
import io.onex.delivery.Integration;
import io.onex.log.journal.DeliveryJournal;
import io.onex.telemetry.Counter;
import java.util.Optional;

/// A configured destination and what runs for it.
///
/// @param loop absent while it is disabled or of a kind this build does not know
/// @param integration what the loop sends with, here only to ask what it takes
/// @param retries attempts with records that had been sent before
record Running(
    DestinationConfig config,
    Optional<DestinationLoop> loop,
    Optional<Integration> integration,
    DeliveryJournal journal,
    Counter retries) {
  Running with(DestinationConfig changed, Optional<Integration> now) {
    return new Running(changed, loop, now, journal, retries);
  }
}
