package io.onex.log;

/// How much of what retention allows is taken up by records that some cursor has not read yet.
public enum BacklogLevel {
  NORMAL(0),
  HALF(0.5),
  HIGH(0.8),
  CRITICAL(0.95);

  private final double from;

  BacklogLevel(double from) {
    this.from = from;
  }

  static BacklogLevel of(double fraction) {
    BacklogLevel level = NORMAL;
    for (BacklogLevel candidate : values()) {
      if (fraction >= candidate.from) {
        level = candidate;
      }
    }
    return level;
  }
}
