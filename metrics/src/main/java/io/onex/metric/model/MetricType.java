package io.onex.metric.model;

/// What kind of number a family holds.
public enum MetricType {
  /// Only grows; its name ends in `_total`.
  COUNTER,
  GAUGE,
  /// Observations by bucket, with exemplars.
  HISTOGRAM
}
