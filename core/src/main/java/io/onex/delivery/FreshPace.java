package io.onex.delivery;

import java.time.Duration;
import java.util.function.IntToLongFunction;

/// When records may be sent for the first time: after answers that took none of such records there
/// is a rest, which grows with their number.
final class FreshPace {
  private static final Duration LONGEST_REST = Duration.ofSeconds(1);

  /// Answers in a row in which records sent for the first time were all to be sent again.
  private int fruitless;

  /// Until when nothing is sent for the first time, because of these.
  private long notBeforeNanos;

  /// An answer took none.
  ///
  /// @param delayNanos the pause after so many failures
  void noneTaken(IntToLongFunction delayNanos, long nowNanos) {
    fruitless++;
    notBeforeNanos = nowNanos + Math.min(delayNanos.applyAsLong(fruitless), LONGEST_REST.toNanos());
  }

  void reset() {
    fruitless = 0;
  }

  boolean allows(long nowNanos) {
    return fruitless == 0 || nowNanos - notBeforeNanos >= 0;
  }

  /// The later of a time and the end of the rest.
  long notBefore(long nanos) {
    return fruitless == 0 || nanos - notBeforeNanos > 0 ? nanos : notBeforeNanos;
  }
}
