package io.onex.log.fold;

import io.onex.bytes.Slice;
import io.onex.log.Position;

/// The state of a fold after every record before a position, and of none after it.
///
/// @param position where the fold continues
/// @param snapshot its state, in a format of its own ([Fold#snapshot])
/// @param rulesEpoch version of the rules that were in force at the position
/// @param logEpoch epoch of the log that the position belongs to
public record Checkpoint(Position position, Slice snapshot, long rulesEpoch, long logEpoch) {}
