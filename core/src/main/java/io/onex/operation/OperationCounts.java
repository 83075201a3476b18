package io.onex.operation;

/// What the fold has seen since the first record it folded; part of its state, so a restart does
/// not reset it.
///
/// @param ended operations concluded
/// @param endWithoutStart of these, those whose START was never seen
/// @param stuck operations that were declared stuck
/// @param expired stuck operations given up after `expire_after`
/// @param evicted operations given up because `max_open` was reached
/// @param clockCorrected operations whose START was stamped in another zone
/// @param badDurations ENDs whose duration was negative, too large or no number, or stood before
///   their START
public record OperationCounts(
    long ended,
    long endWithoutStart,
    long stuck,
    long expired,
    long evicted,
    long clockCorrected,
    long badDurations) {}
