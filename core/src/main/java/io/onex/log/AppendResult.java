package io.onex.log;

import java.util.List;

/// What became of an appended batch. Everything named here is durable.
///
/// @param start position of the first record that was appended
/// @param end position just past the last one; equal to `start` when all were duplicates
/// @param duplicates records that were not appended because the log has their event id, ascending
public record AppendResult(Position start, Position end, List<Duplicate> duplicates) {
  public AppendResult {
    duplicates = List.copyOf(duplicates);
  }

  /// Records appended.
  public long appended() {
    return end.offset() - start.offset();
  }

  /// A record whose event id the log already has.
  ///
  /// @param index within the batch
  /// @param sameBody whether the first copy had the same body
  public record Duplicate(int index, boolean sameBody) {}
}
