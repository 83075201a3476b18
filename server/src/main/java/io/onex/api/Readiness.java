package io.onex.api;

import java.util.Locale;

/// Whether events are taken in and delivered, and why not.
public enum Readiness {
  READY,
  /// What was in the log is still being read.
  STARTING,
  /// The log cannot append, as on a full disk; it heals by itself.
  LOG_UNAVAILABLE,
  STOPPING;

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
