package io.onex.config;

import java.time.Duration;

/// When a destination is left alone: after `failures` attempts that failed in a row, for `open`;
/// then up to `halfOpen` trial attempts, and `successes` of them in a row close the circuit again.
public record BreakerConfig(int failures, Duration open, int halfOpen, int successes) {
  static final Field<Integer> FAILURES =
      Field.of("failures", Types.integer(1, 1000), 5, "Failures in a row that open the circuit.");
  static final Field<Duration> OPEN =
      Field.of("open", Types.DURATION, Duration.ofSeconds(60), "How long it stays open.");
  static final Field<Integer> HALF_OPEN =
      Field.of("half_open", Types.integer(1, 1000), 3, "Most trial attempts after that.");
  static final Field<Integer> SUCCESSES =
      Field.of("successes", Types.integer(1, 1000), 2, "Successful trials that close it.");
  static final Fields FIELDS = Fields.of(FAILURES, OPEN, HALF_OPEN, SUCCESSES);

  /// The defaults.
  public static final BreakerConfig DEFAULT = new BreakerConfig(5, Duration.ofSeconds(60), 3, 2);

  public BreakerConfig {
    if (failures < 1 || successes < 1 || !open.isPositive()) {
      throw new IllegalArgumentException(
          "a circuit opens after at least one failure, for longer than zero, and closes after at"
              + " least one success");
    }
    if (successes > halfOpen) {
      throw new IllegalArgumentException(
          "successes (%d) cannot be reached with %d trials (half_open)"
              .formatted(successes, halfOpen));
    }
  }

  static BreakerConfig from(Section section) {
    return new BreakerConfig(
        section.get(FAILURES), section.get(OPEN), section.get(HALF_OPEN), section.get(SUCCESSES));
  }
}
