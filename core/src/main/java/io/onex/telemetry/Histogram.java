package io.onex.telemetry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/// Counts observations by bucket. Safe for use by many threads; observing does not allocate.
public final class Histogram implements Instrument {
  private static final double SECONDS_PER_NANO = 1e-9;

  private final double[] bounds;
  private final LongAdder[] counts;
  private final DoubleAdder sum = new DoubleAdder();

  Histogram(List<Double> bounds) {
    this.bounds = bounds.stream().mapToDouble(Double::doubleValue).toArray();
    for (int i = 0; i < this.bounds.length; i++) {
      if (!Double.isFinite(this.bounds[i]) || (i > 0 && this.bounds[i] <= this.bounds[i - 1])) {
        throw new IllegalArgumentException("bounds are finite and ascend: " + bounds);
      }
    }
    counts = new LongAdder[bounds.size() + 1];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = new LongAdder();
    }
  }

  /// Takes one observation in; what is not a number is ignored.
  public void observe(double value) {
    if (Double.isNaN(value)) {
      return;
    }
    int bucket = 0;
    while (bucket < bounds.length && value > bounds[bucket]) {
      bucket++;
    }
    counts[bucket].increment();
    sum.add(value);
  }

  /// Takes a time span of this many nanoseconds in, as seconds.
  public void observeNanos(long nanos) {
    observe(nanos * SECONDS_PER_NANO);
  }

  @Override
  public FamilySnapshot.Sample sample(Map<String, String> labels) {
    List<Double> upper = new ArrayList<>(bounds.length);
    List<Long> perBucket = new ArrayList<>(counts.length);
    for (double bound : bounds) {
      upper.add(bound);
    }
    for (LongAdder count : counts) {
      perBucket.add(count.sum());
    }
    return new FamilySnapshot.Distribution(labels, upper, perBucket, sum.sum());
  }
}
