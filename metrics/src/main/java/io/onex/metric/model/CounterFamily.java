package io.onex.metric.model;

import io.onex.log.fold.SnapshotReader;
import io.onex.log.fold.SnapshotWriter;
import io.onex.operation.Symbol;
import io.onex.operation.Symbols;

/// Numbers that only grow, by label values.
///
/// One thread at a time.
public final class CounterFamily implements Family {
  private final FamilySpec spec;
  private final SeriesTable<NumberCell> series;

  public CounterFamily(FamilySpec spec) {
    if (spec.type() != MetricType.COUNTER) {
      throw new IllegalArgumentException(spec.name() + " is declared as " + spec.type());
    }
    this.spec = spec;
    series = new SeriesTable<>(spec, NumberCell::new);
  }

  /// Adds one to the series with these label values, in the order of the declaration.
  public void increment(Symbol first, Symbol second, Symbol third) {
    series.at(first, second, third).add(1);
  }

  public void increment(Symbol first, Symbol second) {
    increment(first, second, Symbol.EMPTY);
  }

  public void increment(Symbol first) {
    increment(first, Symbol.EMPTY, Symbol.EMPTY);
  }

  /// Begins the series with these label values at 0, if there is room for what has not happened.
  public void begin(Symbol first, Symbol second, Symbol third) {
    series.begin(first, second, third);
  }

  public void begin(Symbol first, Symbol second) {
    begin(first, second, Symbol.EMPTY);
  }

  /// Adds one to the only series of a family without labels.
  public void increment() {
    increment(Symbol.EMPTY, Symbol.EMPTY, Symbol.EMPTY);
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
