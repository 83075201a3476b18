package io.onex.segment;

/// A block read back.
///
/// @param header what stood before it in the file
/// @param raw its bytes, decoded; shared and read-only
public record Block(BlockHeader header, byte[] raw) {}
