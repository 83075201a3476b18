package io.onex.metric.model;

import io.onex.bytes.Id128;
import io.onex.log.fold.SnapshotReader;
import io.onex.log.fold.SnapshotWriter;
import io.onex.operation.Symbol;
import io.onex.operation.Symbols;

/// Observations by bucket and label values, with the latest trace of each bucket.
///
/// One thread at a time.
public final class HistogramFamily implements Family {
  private final FamilySpec spec;
  private final SeriesTable<HistogramCell> series;

  public HistogramFamily(FamilySpec spec) {
    if (spec.type() != MetricType.HISTOGRAM) {
      throw new IllegalArgumentException(spec.name() + " is declared as " + spec.type());
    }
    this.spec = spec;
    double[] bounds = spec.buckets().stream().mapToDouble(Double::doubleValue).toArray();
    series = new SeriesTable<>(spec, () -> new HistogramCell(bounds));
  }

  /// Counts an observation, made at `epochMicros` in the trace `trace`.
  public void observe(double value, Id128 trace, long epochMicros, Symbol first, Symbol second) {
    series.at(first, second, Symbol.EMPTY).observe(value, trace, epochMicros);
  }

  public void observe(double value, Id128 trace, long epochMicros, Symbol first) {
    observe(value, trace, epochMicros, first, Symbol.EMPTY);
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
