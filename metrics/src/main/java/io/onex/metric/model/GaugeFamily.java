package io.onex.metric.model;

import io.onex.log.fold.SnapshotReader;
import io.onex.log.fold.SnapshotWriter;
import io.onex.operation.Symbol;
import io.onex.operation.Symbols;

/// Numbers that rise and fall, by label value.
///
/// One thread at a time.
public final class GaugeFamily implements Family {
  private final FamilySpec spec;
  private final SeriesTable<NumberCell> series;

  public GaugeFamily(FamilySpec spec) {
    if (spec.type() != MetricType.GAUGE) {
      throw new IllegalArgumentException(spec.name() + " is declared as " + spec.type());
    }
    this.spec = spec;
    series = new SeriesTable<>(spec, NumberCell::new);
  }

  /// Adds to the series with this label value; `amount` may be negative.
  public void add(double amount, Symbol first) {
    series.at(first, Symbol.EMPTY, Symbol.EMPTY).add(amount);
  }

  public void set(double value, Symbol first) {
    series.at(first, Symbol.EMPTY, Symbol.EMPTY).set(value);
  }

  @Override
  public FamilySpec spec() {
    return spec;
  }

  @Override
  public MetricFamily snapshot() {
    return series.snapshot();
  }

  @Override
  public int size() {
    return series.size();
  }

  @Override
  public long overflowed() {
    return series.overflowed();
  }

  @Override
  public void write(SnapshotWriter out) {
    series.write(out);
  }

  @Override
  public void read(SnapshotReader in, Symbols symbols) {
    series.read(in, symbols);
  }
}
