package io.onex.event;

import java.util.Locale;

/// Why an input is counted but not kept: it is no fact about something that happened.
public enum IgnoreReason {
  /// Asks for something to be done.
  COMMAND,
  /// Announces that something is wanted.
  INTENT,
  /// Repeats a state.
  SNAPSHOT,
  /// A null value: the end of a key in a compacted topic.
  TOMBSTONE;

  private final String code = name().toLowerCase(Locale.ROOT);

  /// The name used outside the program, such as `tombstone`.
  public String code() {
    return code;
  }
}
