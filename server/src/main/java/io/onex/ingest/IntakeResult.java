package io.onex.ingest;

import io.onex.log.PositionRange;
import java.util.List;
import java.util.Optional;

/// What became of the elements of one body. What is counted as accepted or duplicate is durable.
///
/// @param accepted elements that are records now
/// @param duplicates elements whose event id the log already had
/// @param conflicting duplicates whose body differs from that of the first copy
/// @param ignored elements that are recognised and not meant to become records, such as commands
/// @param rejected elements that were refused, by index; the first ones when there are very many
/// @param rejectedCount all elements that were refused
/// @param concerned positions of the records of this body; where duplicates are among them, all up
///   to the last, as nobody knows where their first copies stand. Empty when it made no records
public record IntakeResult(
    long accepted,
    long duplicates,
    long conflicting,
    long ignored,
    List<Rejection> rejected,
    long rejectedCount,
    Optional<PositionRange> concerned) {
  public IntakeResult {
    rejected = List.copyOf(rejected);
  }

  /// Whether nothing of the body could be used although it was not empty.
  public boolean nothingUsable() {
    return rejectedCount > 0 && accepted + duplicates + ignored == 0;
  }
}
