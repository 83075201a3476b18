package io.onex.delivery;

import io.onex.log.cursor.CursorEntry;
import io.onex.log.journal.DeliveryJournal;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// What makes one destination.
///
/// @param entry its cursor and ledger, from the registration; names the destination
/// @param integration closed by the loop
/// @param fallback an integration of the fallback destination, of this destination's own; closed by
///   the loop; absent exactly when the settings have no fallback
/// @param filter called on one thread at a time
/// @param replayRules called on one platform thread at a time
/// @param context called by several attempts at once
/// @param replayContext the same for records that are sent again
/// @param journal closed by whoever opened it
/// @param random spreads retries; used on the loop's thread only
public record DestinationSetup(
    CursorEntry entry,
    Integration integration,
    Optional<Integration> fallback,
    DeliverySettings settings,
    DestinationFilter filter,
    ReplayRules replayRules,
    EncodeContext context,
    EncodeContext replayContext,
    DeliveryJournal journal,
    RandomGenerator random) {
  public DestinationSetup {
    if (fallback.isPresent() != settings.fallback().isPresent()) {
      throw new IllegalArgumentException(
          "destination "
              + entry.destination()
              + " needs a fallback integration exactly when its settings name a fallback");
    }
  }

  public String name() {
    return entry.destination();
  }
}
