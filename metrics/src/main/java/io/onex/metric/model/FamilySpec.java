package io.onex.metric.model;

import java.util.List;
import java.util.regex.Pattern;

/// The declaration of a metric family.
///
/// @param name as exposed; that of a counter ends in `_total`, no other does
/// @param help one sentence
/// @param labels at most three, all different
/// @param buckets upper bounds of a histogram, ascending, without infinity; empty for others
/// @param seriesBudget most series besides those of the overflow, at least 1
public record FamilySpec(
    String name,
    MetricType type,
    String help,
    List<LabelSpec> labels,
    List<Double> buckets,
    int seriesBudget) {
  /// Most labels a family may have.
  public static final int MAX_LABELS = 3;

  /// Most bytes that the series of one family may take in an exposition, besides those of the
  /// overflow: what a scrape holds in memory at a time.
  public static final long BYTES_BUDGET = 24 << 20;

  /// For braces, quotes, a number and a line end.
  private static final int BYTES_AROUND = 32;

  private static final Pattern NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
  private static final String TOTAL = "_total";

  public FamilySpec {
    labels = List.copyOf(labels);
    buckets = List.copyOf(buckets);
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("no metric can be called " + name);
    }
    if (name.endsWith(TOTAL) != (type == MetricType.COUNTER)) {
      throw new IllegalArgumentException(
          "the names of counters, and no others, end in _total: " + name);
    }
    if (labels.size() > MAX_LABELS
        || labels.stream().map(LabelSpec::name).distinct().count() != labels.size()) {
      throw new IllegalArgumentException(
          name + " has more than " + MAX_LABELS + " labels, or one twice: " + labels);
    }
    if ((type == MetricType.HISTOGRAM) == buckets.isEmpty()) {
      throw new IllegalArgumentException("histograms, and no others, have buckets: " + name);
    }
    for (int i = 0; i < buckets.size(); i++) {
      double bound = buckets.get(i);
      if (!Double.isFinite(bound) || (i > 0 && bound <= buckets.get(i - 1))) {
        throw new IllegalArgumentException("buckets are finite and ascend: " + buckets);
      }
    }
    if (seriesBudget < 1) {
      throw new IllegalArgumentException("a family has at least one series, not " + seriesBudget);
    }
  }

  /// Bytes that a series takes in an exposition, about.
  ///
  /// @param valueBytes of its label values together
  long exposedBytes(int valueBytes) {
    // A histogram has a line per bucket, one for infinity, its sum and its count.
    int lines = type == MetricType.HISTOGRAM ? buckets.size() + 3 : 1;
    int names = name.length();
    for (LabelSpec label : labels) {
      names += label.name().length();
    }
    return (long) lines * (BYTES_AROUND + names + valueBytes);
  }

  public static FamilySpec counter(
      String name, String help, int seriesBudget, LabelSpec... labels) {
    return new FamilySpec(name, MetricType.COUNTER, help, List.of(labels), List.of(), seriesBudget);
  }

  public static FamilySpec gauge(String name, String help, int seriesBudget, LabelSpec... labels) {
    return new FamilySpec(name, MetricType.GAUGE, help, List.of(labels), List.of(), seriesBudget);
  }

  public static FamilySpec histogram(
      String name, String help, int seriesBudget, List<Double> buckets, LabelSpec... labels) {
    return new FamilySpec(name, MetricType.HISTOGRAM, help, List.of(labels), buckets, seriesBudget);
  }
}
