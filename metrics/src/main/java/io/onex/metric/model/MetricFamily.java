package io.onex.metric.model;

import java.util.List;
import java.util.Optional;

/// All series of one family at one moment; immutable, ready to be written.
///
/// @param labelNames in the order of the values of each point
/// @param buckets upper bounds of a histogram, else empty
/// @param points all of the kind that `type` has, no two with the same label values
public record MetricFamily(
    String name,
    MetricType type,
    String help,
    List<String> labelNames,
    List<Double> buckets,
    List<Point> points) {
  public MetricFamily {
    labelNames = List.copyOf(labelNames);
    buckets = List.copyOf(buckets);
    points = List.copyOf(points);
    for (Point point : points) {
      if ((point instanceof Distribution) != (type == MetricType.HISTOGRAM)
          || point.labelValues().size() != labelNames.size()) {
        throw new IllegalArgumentException(name + " is a " + type + " but has " + point);
      }
    }
  }

  /// The same family with other series.
  public MetricFamily withPoints(List<Point> others) {
    return new MetricFamily(name, type, help, labelNames, buckets, others);
  }

  /// One series.
  public sealed interface Point {
    List<String> labelValues();
  }

  /// A single number.
  public record Value(List<String> labelValues, double value) implements Point {
    public Value {
      labelValues = List.copyOf(labelValues);
    }
  }

  /// Observations by bucket.
  ///
  /// @param counts per bucket, not cumulative; one more than there are bounds
  /// @param sum of all observations
  /// @param exemplars one per bucket at most; as many entries as counts
  public record Distribution(
      List<String> labelValues, List<Long> counts, double sum, List<Optional<Exemplar>> exemplars)
      implements Point {
    public Distribution {
      labelValues = List.copyOf(labelValues);
      counts = List.copyOf(counts);
      exemplars = List.copyOf(exemplars);
      if (exemplars.size() != counts.size()) {
        throw new IllegalArgumentException("a bucket has one exemplar or none");
      }
    }

    /// Number of observations.
    public long count() {
      return counts.stream().mapToLong(Long::longValue).sum();
    }
  }
}
