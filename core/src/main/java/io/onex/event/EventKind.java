package io.onex.event;

/// What sort of record an accepted input becomes.
public enum EventKind {
  /// An ONEX event.
  EVENT,
  /// A log line or audit entry that only looks like an event.
  LOG
}
