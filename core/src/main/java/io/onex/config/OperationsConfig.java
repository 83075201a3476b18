package io.onex.config;

import java.time.Duration;

/// How STARTs wait for their ENDs.
///
/// @param stuckAfter an operation open longer is reported as stuck
/// @param expireAfter and is given up after this
/// @param maxOpen most operations open at once; beyond it the oldest are given up
public record OperationsConfig(Duration stuckAfter, Duration expireAfter, int maxOpen) {
  static final Field<Duration> STUCK_AFTER =
      Field.of(
          "stuck_after",
          Types.DURATION,
          Duration.ofMinutes(30),
          "An operation open longer is reported as stuck.");
  static final Field<Duration> EXPIRE_AFTER =
      Field.of("expire_after", Types.DURATION, Duration.ofHours(24), "And is given up after this.");
  static final Field<Integer> MAX_OPEN =
      Field.of(
          "max_open",
          Types.integer(1, 100_000_000),
          250_000,
          "Most operations open at once; beyond it the oldest are given up.");
  static final Fields FIELDS = Fields.of(STUCK_AFTER, EXPIRE_AFTER, MAX_OPEN);

  static final OperationsConfig DEFAULT =
      new OperationsConfig(Duration.ofMinutes(30), Duration.ofHours(24), 250_000);

  public OperationsConfig {
    if (stuckAfter.compareTo(expireAfter) > 0) {
      throw new IllegalArgumentException("stuck_after is longer than expire_after");
    }
  }

  static OperationsConfig from(Section section) {
    return new OperationsConfig(
        section.get(STUCK_AFTER), section.get(EXPIRE_AFTER), section.get(MAX_OPEN));
  }
}
