package io.onex.ingest;

import io.onex.log.PositionRange;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What became of the elements of one body. What is counted as accepted or duplicate is durable.
///
/// @param accepted elements that are records now
/// @param duplicates elements whose event id the log already had
/// @param conflicting accepted elements whose event id another event has, of other content: they
///   stand under an id computed from both
/// @param ignored elements that are recognised and not meant to become records, such as commands
/// @param rejected elements that were refused, by index; the first ones when there are very many
/// @param rejectedCount all elements that were refused
/// @param warnings what was odd about accepted elements: how often, by code
/// @param concerned positions of the records of this body; where duplicates are among them, all up
///   to the last, as nobody knows where their first copies stand. Empty when it made no records
public record IntakeResult(
    long accepted,
    long duplicates,
    long conflicting,
    long ignored,
    List<Rejection> rejected,
    long rejectedCount,
    Map<String, Long> warnings,
    Optional<PositionRange> concerned) {
  public IntakeResult {
    rejected = List.copyOf(rejected);
  }

  /// Whether nothing of the body could be used although it was not empty.
  public boolean nothingUsable() {
    return rejectedCount > 0 && accepted + duplicates + ignored == 0;
  }
}
