package io.onex.segment;

/// The bytes of a block as they will be stored, before anybody knows its position.
///
/// @param codec how they are stored
/// @param array holds them from index 0
/// @param storedBytes how many there are
/// @param storedChecksum their CRC32C
/// @param rawBytes size before the codec
public record EncodedBlock(
    Codec codec, byte[] array, int storedBytes, int storedChecksum, int rawBytes) {}
