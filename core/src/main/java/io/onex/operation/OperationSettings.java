package io.onex.operation;

import io.onex.config.OperationsConfig;
import java.time.Duration;

/// How long operations are waited for, and how many; all times are log time.
///
/// @param stuckAfter an operation without END is stuck after this long
/// @param expireAfter a stuck operation is forgotten this long after its START
/// @param grace an END without START waits this long for one that arrives late
/// @param maxOpen most STARTs that wait for their END; beyond, the oldest is forgotten. One takes
///   about 300 bytes, and their texts together [#maxOpenBytes]
/// @param maxHeld most ENDs that wait for their START; beyond, the oldest is concluded alone. Their
///   texts together take [#maxHeldBytes]
public record OperationSettings(
    Duration stuckAfter, Duration expireAfter, Duration grace, int maxOpen, int maxHeld) {
  private static final long LEAST_BYTES = 4 << 20;

  public static final OperationSettings DEFAULT =
      new OperationSettings(
          Duration.ofMinutes(30), Duration.ofHours(24), Duration.ofSeconds(5), 250_000, 50_000);

  /// What the section `operations` of the configuration says.
  public static OperationSettings of(OperationsConfig config) {
    return new OperationSettings(
        config.stuckAfter(),
        config.expireAfter(),
        DEFAULT.grace,
        config.maxOpen(),
        DEFAULT.maxHeld);
  }

  public OperationSettings {
    if (!stuckAfter.isPositive() || expireAfter.compareTo(stuckAfter) < 0) {
      throw new IllegalArgumentException(
          "stuck_after is positive and not longer than expire_after: %s, %s"
              .formatted(stuckAfter, expireAfter));
    }
    if (grace.isNegative()) {
      throw new IllegalArgumentException("grace is not negative: " + grace);
    }
    if (maxOpen < 1 || maxHeld < 1) {
      throw new IllegalArgumentException(
          "at least one operation is waited for: max_open %d, max_held %d"
              .formatted(maxOpen, maxHeld));
    }
  }

  /// Most bytes of texts that no two share, of all STARTs that wait: on average 128 for each, which
  /// is twice what ids take.
  long maxOpenBytes() {
    return Math.max(LEAST_BYTES, 128L * maxOpen);
  }

  /// The same of all ENDs that wait, whose error messages are among them: 512 for each.
  long maxHeldBytes() {
    return Math.max(LEAST_BYTES, 512L * maxHeld);
  }

  long stuckAfterMicros() {
    return micros(stuckAfter);
  }

  long expireAfterMicros() {
    return micros(expireAfter);
  }

  long graceMicros() {
    return micros(grace);
  }

  private static long micros(Duration duration) {
    return Math.addExact(
        Math.multiplyExact(duration.getSeconds(), 1_000_000L), duration.getNano() / 1000);
  }
}
