package io.onex.metric.model;

import io.onex.bytes.Id128;
import io.onex.log.fold.SnapshotReader;
import io.onex.log.fold.SnapshotWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The buckets of one series of a histogram, each with the latest observation that has a trace.
final class HistogramCell implements Cell {
  /// Trace (two), value and time per bucket, so that observing does not allocate.
  private static final int LONGS_PER_EXEMPLAR = 4;

  private final double[] bounds;
  private final long[] counts;
  private final long[] exemplars;
  private double sum;

  HistogramCell(double[] bounds) {
    this.bounds = bounds;
    counts = new long[bounds.length + 1];
    exemplars = new long[counts.length * LONGS_PER_EXEMPLAR];
  }

  void observe(double value, Id128 trace, long epochMicros) {
    int bucket = 0;
    while (bucket < bounds.length && value > bounds[bucket]) {
      bucket++;
    }
    counts[bucket]++;
    sum += value;
    int at = bucket * LONGS_PER_EXEMPLAR;
    exemplars[at] = trace.high();
    exemplars[at + 1] = trace.low();
    exemplars[at + 2] = Double.doubleToRawLongBits(value);
    exemplars[at + 3] = epochMicros;
  }

  @Override
  public MetricFamily.Point point(List<String> labelValues) {
    List<Long> perBucket = new ArrayList<>(counts.length);
    List<Optional<Exemplar>> latest = new ArrayList<>(counts.length);
    for (int bucket = 0; bucket < counts.length; bucket++) {
      perBucket.add(counts[bucket]);
      latest.add(exemplar(bucket * LONGS_PER_EXEMPLAR));
    }
    return new MetricFamily.Distribution(labelValues, perBucket, sum, latest);
  }

  private Optional<Exemplar> exemplar(int at) {
    Id128 trace = new Id128(exemplars[at], exemplars[at + 1]);
    return trace.isZero()
        ? Optional.empty()
        : Optional.of(
            new Exemplar(trace, Double.longBitsToDouble(exemplars[at + 2]), exemplars[at + 3]));
  }

  @Override
  public void write(SnapshotWriter out) {
    for (int bucket = 0; bucket < counts.length; bucket++) {
      out.unsigned(counts[bucket]);
      int at = bucket * LONGS_PER_EXEMPLAR;
      boolean present = (exemplars[at] | exemplars[at + 1]) != 0;
      out.bool(present);
      for (int i = 0; present && i < LONGS_PER_EXEMPLAR; i++) {
        out.fixed(exemplars[at + i]);
      }
    }
    out.real(sum);
  }

  @Override
  public void read(SnapshotReader in) {
    for (int bucket = 0; bucket < counts.length; bucket++) {
      counts[bucket] = in.unsigned();
      boolean present = in.bool();
      for (int i = 0; present && i < LONGS_PER_EXEMPLAR; i++) {
        exemplars[bucket * LONGS_PER_EXEMPLAR + i] = in.fixed();
      }
    }
    sum = in.real();
  }
}
