package io.onex.telemetry;

import java.util.Map;
import java.util.function.DoubleSupplier;

/// A gauge whose value is asked for.
record SuppliedGauge(DoubleSupplier supplier) implements Instrument {
  @Override
  public FamilySnapshot.Sample sample(Map<String, String> labels) {
    return new FamilySnapshot.Value(labels, supplier.getAsDouble());
  }
}
