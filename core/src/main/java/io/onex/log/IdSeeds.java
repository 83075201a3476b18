package io.onex.log;

/// The seeds of the log's tables of ids, all from the secret of the data folder ([FolderSecret]).
///
/// @param first of the places of ids
/// @param second of the places of ids
/// @param content of the digests of what events say
/// @param check tells files that were written with other seeds; it gives none of them away
record IdSeeds(long first, long second, long content, long check) {
  /// 64 bits in which keys are spread evenly, and which nobody outside can foretell.
  long fingerprint(long high, long low) {
    long one = high ^ first;
    long two = low ^ second;
    return EventKey.mix(one * two ^ Math.unsignedMultiplyHigh(one, two) ^ Long.rotateLeft(one, 32));
  }
}
