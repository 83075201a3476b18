package io.onex.telemetry;

import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// A number that only grows. Safe for use by many threads.
public final class Counter implements Instrument {
  private final LongAdder value = new LongAdder();

  Counter() {}

  public void increment() {
    value.increment();
  }

  /// @param amount at least 0
  public void add(long amount) {
    if (amount < 0) {
      throw new IllegalArgumentException("a counter never falls: " + amount);
    }
    value.add(amount);
  }

  public long value() {
    return value.sum();
  }

  @Override
  public FamilySnapshot.Sample sample(Map<String, String> labels) {
    return new FamilySnapshot.Value(labels, value.sum());
  }
}
