package io.onex.segment;

/// How much work goes into making blocks small. All of them are read alike.
public enum Compression {
  /// Zstandard that costs about as much as decoding: events become about four times smaller.
  STANDARD,
  /// Zstandard with about 30 % less work than [#STANDARD]: about three times smaller.
  FAST,
  /// None.
  NONE
}
