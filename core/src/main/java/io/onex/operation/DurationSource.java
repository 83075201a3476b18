package io.onex.operation;

/// Where the duration of an operation comes from; the first that the END carries wins.
///
/// The code is part of the snapshot format.
public enum DurationSource {
  /// Nothing told how long it took, or only what cannot be.
  NONE(0, "none"),
  EXECUTION_TIME_MS(1, "execution_time_ms"),
  DURATION_MS(2, "duration_ms"),
  /// In seconds.
  DURATION(3, "duration"),
  /// The time of END less that of START.
  CLOCK(4, "clock"),
  /// The time between the arrivals of START and END, as START's own clock was in another zone.
  ARRIVAL(5, "arrival");

  private static final DurationSource[] BY_CODE = values();

  private final int code;
  private final String text;

  DurationSource(int code, String text) {
    this.code = code;
    this.text = text;
  }

  /// The name in JSON.
  public String text() {
    return text;
  }

  int code() {
    return code;
  }

  static DurationSource ofCode(long code) {
    if (code < 0 || code >= BY_CODE.length) {
      throw new IllegalArgumentException("no duration source has code " + code);
    }
    return BY_CODE[(int) code];
  }

  /// @throws IllegalArgumentException when no source has this name
  static DurationSource ofText(String text) {
    for (DurationSource source : BY_CODE) {
      if (source.text.equals(text)) {
        return source;
      }
    }
    throw new IllegalArgumentException("no duration source is called " + text);
  }
}
