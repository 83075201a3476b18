package io.onex.log;

import java.util.List;

/// What became of an appended batch. Everything named here is durable.
///
/// @param start position of the first record that was appended
/// @param end position just past the last one; equal to `start` when all were duplicates
/// @param duplicates records that were not appended because the log has their event id, ascending
/// @param conflicting how many of the appended records came with an id that another record has, of
///   other content: they stand under an id computed from both
public record AppendResult(
    Position start, Position end, List<Duplicate> duplicates, long conflicting) {
  public AppendResult {
    duplicates = List.copyOf(duplicates);
  }

  /// Records appended.
  public long appended() {
    return end.offset() - start.offset();
  }

  /// A record that the log already has.
  ///
  /// @param index within the batch
  /// @param sameBody whether the first copy says the same, which only the gateway's own records may
  ///   not
  public record Duplicate(int index, boolean sameBody) {}
}
