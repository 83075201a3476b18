package io.onex.config;

import java.time.Duration;

/// How long to wait between attempts: `initial`, then `factor` times longer each time up to `max`,
/// each by up to `jitter` longer or shorter.
///
/// @param factor at least 1
/// @param jitter share of the wait, 0 to 1
/// @param giveUpAfter how long a single record is sent again that the system does not take while it
///   takes others
public record RetryConfig(
    Duration initial, double factor, Duration max, double jitter, Duration giveUpAfter) {
  static final Field<Duration> INITIAL =
      Field.of("initial", Types.DURATION, Duration.ofMillis(100), "Wait after the first failure.");
  static final Field<Double> FACTOR =
      Field.of("factor", Types.decimal(1, 10), 2.0, "How much longer each further wait is.");
  static final Field<Duration> MAX =
      Field.of("max", Types.DURATION, Duration.ofSeconds(30), "Longest wait.");
  static final Field<Double> JITTER =
      Field.of("jitter", Types.RATIO, 0.25, "Share by which each wait is varied either way.");
  static final Field<Duration> GIVE_UP_AFTER =
      Field.of(
          "give_up_after",
          Types.DURATION,
          Duration.ofDays(1),
          "How long one record is tried that the system does not take while it takes others.");
  static final Fields FIELDS = Fields.of(INITIAL, FACTOR, MAX, JITTER, GIVE_UP_AFTER);

  /// The defaults.
  public static final RetryConfig DEFAULT =
      new RetryConfig(Duration.ofMillis(100), 2, Duration.ofSeconds(30), 0.25, Duration.ofDays(1));

  public RetryConfig {
    if (max.compareTo(initial) < 0) {
      throw new IllegalArgumentException(
          "max (%s) is shorter than initial (%s)"
              .formatted(DurationText.format(max), DurationText.format(initial)));
    }
    if (!initial.isPositive()
        || !giveUpAfter.isPositive()
        || !(factor >= 1)
        || !(jitter >= 0 && jitter <= 1)) {
      throw new IllegalArgumentException(
          "waits are longer than zero, do not shrink, and vary by a share of 0 to 1");
    }
  }

  static RetryConfig from(Section section) {
    return new RetryConfig(
        section.get(INITIAL),
        section.get(FACTOR),
        section.get(MAX),
        section.get(JITTER),
        section.get(GIVE_UP_AFTER));
  }
}
