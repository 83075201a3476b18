package io.onex.log.deadletter;

import java.time.Duration;

/// How long and how many dead letters are kept.
///
/// @param age after which a segment goes, counted from its last letter
/// @param bytes of all segments together; the oldest go first
public record DeadLetterRetention(Duration age, long bytes) {
  /// 30 days and 1 GiB.
  public static final DeadLetterRetention DEFAULT =
      new DeadLetterRetention(Duration.ofDays(30), 1L << 30);

  public DeadLetterRetention {
    if (age.isNegative() || age.isZero() || bytes < 1) {
      throw new IllegalArgumentException("nothing is kept for " + age + " in " + bytes + " bytes");
    }
  }
}
