package io.onex.telemetry;

import java.util.Map;

/// What is read at a snapshot.
sealed interface Instrument permits Counter, Gauge, SuppliedGauge, Histogram {
  FamilySnapshot.Sample sample(Map<String, String> labels);
}
