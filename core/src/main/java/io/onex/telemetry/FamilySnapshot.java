package io.onex.telemetry;

import java.util.List;
import java.util.Map;

/// One metric with all its samples at one moment, ready to be written in any exposition format.
///
/// @param name whole name, for counters with `_total`
/// @param help one sentence
/// @param samples all of the kind that `type` has, in order of their labels
public record FamilySnapshot(String name, String help, Type type, List<Sample> samples) {
  public FamilySnapshot {
    samples = List.copyOf(samples);
    for (Sample sample : samples) {
      if ((sample instanceof Distribution) != (type == Type.HISTOGRAM)) {
        throw new IllegalArgumentException(name + " is a " + type + " but has " + sample);
      }
    }
  }

  /// What kind of number it is.
  public enum Type {
    COUNTER,
    GAUGE,
    HISTOGRAM
  }

  /// One series.
  public sealed interface Sample {
    /// Label names to values.
    Map<String, String> labels();
  }

  /// A single number.
  public record Value(Map<String, String> labels, double value) implements Sample {
    public Value {
      labels = Map.copyOf(labels);
    }
  }

  /// Observations by bucket.
  ///
  /// @param bounds upper bounds, inclusive, ascending; the last bucket has none
  /// @param counts observations per bucket, not cumulative; one more than bounds
  /// @param sum of all observations
  public record Distribution(
      Map<String, String> labels, List<Double> bounds, List<Long> counts, double sum)
      implements Sample {
    public Distribution {
      labels = Map.copyOf(labels);
      bounds = List.copyOf(bounds);
      counts = List.copyOf(counts);
      if (counts.size() != bounds.size() + 1) {
        throw new IllegalArgumentException(
            bounds.size() + " bounds need one bucket more, not " + counts.size());
      }
    }

    /// Number of observations.
    public long count() {
      return counts.stream().mapToLong(Long::longValue).sum();
    }
  }
}
