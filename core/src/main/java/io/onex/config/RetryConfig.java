package io.onex.config;

import java.time.Duration;

/// How long to wait between attempts: `initial`, then `factor` times longer each time up to `max`,
/// each by up to `jitter` longer or shorter.
///
/// @param factor at least 1
/// @param jitter share of the wait, 0 to 1
public record RetryConfig(Duration initial, double factor, Duration max, double jitter) {
  static final Field<Duration> INITIAL =
      Field.of("initial", Types.DURATION, Duration.ofMillis(100), "Wait after the first failure.");
  static final Field<Double> FACTOR =
      Field.of("factor", Types.decimal(1, 10), 2.0, "How much longer each further wait is.");
  static final Field<Duration> MAX =
      Field.of("max", Types.DURATION, Duration.ofSeconds(30), "Longest wait.");
  static final Field<Double> JITTER =
      Field.of("jitter", Types.RATIO, 0.25, "Share by which each wait is varied either way.");
  static final Fields FIELDS = Fields.of(INITIAL, FACTOR, MAX, JITTER);

  /// The defaults.
  public static final RetryConfig DEFAULT =
      new RetryConfig(Duration.ofMillis(100), 2, Duration.ofSeconds(30), 0.25);

  public RetryConfig {
    if (max.compareTo(initial) < 0) {
      throw new IllegalArgumentException(
          "max (%s) is shorter than initial (%s)"
              .formatted(DurationText.format(max), DurationText.format(initial)));
    }
    if (!initial.isPositive() || !(factor >= 1) || !(jitter >= 0 && jitter <= 1)) {
      throw new IllegalArgumentException(
          "waits are longer than zero, do not shrink, and vary by a share of 0 to 1");
    }
  }

  static RetryConfig from(Section section) {
    return new RetryConfig(
        section.get(INITIAL), section.get(FACTOR), section.get(MAX), section.get(JITTER));
  }
}
