package io.onex.log.replay;

import io.onex.log.cursor.ReplayProgress;

/// How a replay ended.
///
/// @param timeMicros when, in microseconds since the epoch, UTC
/// @param progress how far it came
/// @param reason why it failed, otherwise empty; without payload
public record ReplayEnd(State state, long timeMicros, ReplayProgress progress, String reason) {
  /// The kinds of end. The code is part of the format.
  public enum State {
    /// Everything in it has an outcome.
    COMPLETED(0),
    /// Somebody cancelled it.
    CANCELLED(1),
    /// It cannot go on.
    FAILED(2);

    private static final State[] BY_CODE = values();

    private final int code;

    State(int code) {
      this.code = code;
    }

    int code() {
      return code;
    }

    /// @throws IllegalArgumentException when no state has this code
    static State ofCode(int code) {
      if (code < 0 || code >= BY_CODE.length) {
        throw new IllegalArgumentException("no end of a replay has code " + code);
      }
      return BY_CODE[code];
    }
  }
}
