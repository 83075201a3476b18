package io.onex.config;

import java.time.Instant;

/// Where in the log a new destination, or in a file a new source, begins.
public sealed interface StartAt {
  /// With what comes from now on.
  record End() implements StartAt {}

  /// With the oldest that is kept.
  record Beginning() implements StartAt {}

  /// With what was taken in at or after a time.
  record At(Instant time) implements StartAt {}
}
