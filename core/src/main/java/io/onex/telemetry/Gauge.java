package io.onex.telemetry;

import java.util.Map;

/// A number that is set. Safe for use by many threads; the last one to set it wins.
public final class Gauge implements Instrument {
  private volatile double value;

  Gauge() {}

  public void set(double newValue) {
    value = newValue;
  }

  public double value() {
    return value;
  }

  @Override
  public FamilySnapshot.Sample sample(Map<String, String> labels) {
    return new FamilySnapshot.Value(labels, value);
  }
}
