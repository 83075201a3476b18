package io.onex.ingest;

import io.onex.log.Position;
import java.util.List;

/// What became of the elements of one body. What is counted as accepted or duplicate is durable.
///
/// @param accepted elements that are records now
/// @param duplicates elements whose event id the log already had
/// @param ignored elements that are recognised and not meant to become records, such as commands
/// @param rejected elements that were refused, by index
/// @param end position just past all that this body concerns, duplicates included
public record IntakeResult(
    long accepted, long duplicates, long ignored, List<Rejection> rejected, Position end) {
  public IntakeResult {
    rejected = List.copyOf(rejected);
  }

  /// Whether nothing of the body could be used although it was not empty.
  public boolean nothingUsable() {
    return !rejected.isEmpty() && accepted + duplicates + ignored == 0;
  }
}
