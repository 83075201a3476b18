package io.onex.segment;

/// One segment of a store, for people and for retention.
///
/// @param file path of the file
/// @param epoch epoch of its positions
/// @param firstPosition where it begins
/// @param endPosition just past its last durable block
/// @param bytes durable size of the file
/// @param newestMicros greatest time of its records; [Long#MIN_VALUE] when it is empty
/// @param open whether it is being appended to
public record SegmentSummary(
    String file,
    int epoch,
    long firstPosition,
    long endPosition,
    long bytes,
    long newestMicros,
    boolean open) {}
