package io.onex.metric.model;

import io.onex.log.fold.SnapshotReader;
import io.onex.log.fold.SnapshotWriter;
import java.util.List;

/// The number of one series of a counter or gauge.
final class NumberCell implements Cell {
  private double value;

  void add(double amount) {
    value += amount;
  }

  void set(double newValue) {
    value = newValue;
  }

  @Override
  public MetricFamily.Point point(List<String> labelValues) {
    return new MetricFamily.Value(labelValues, value);
  }

  @Override
  public void write(SnapshotWriter out) {
    out.real(value);
  }

  @Override
  public void read(SnapshotReader in) {
    value = in.real();
  }
}
