package io.onex.delivery;

/// Whether a system is sent to, given how it answered. The code is the value of the metric.
public enum BreakerState {
  /// It answers; records are sent.
  CLOSED(0),
  /// It failed and is being tried again with a few attempts.
  HALF_OPEN(1),
  /// It failed and is left alone.
  OPEN(2);

  private final int code;

  BreakerState(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}
