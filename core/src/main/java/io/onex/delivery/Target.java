package io.onex.delivery;

/// Which system an attempt goes to.
public enum Target {
  /// The destination's own.
  OWN,
  /// That of its fallback destination.
  FALLBACK
}
