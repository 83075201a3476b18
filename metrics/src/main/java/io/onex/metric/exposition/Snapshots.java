package io.onex.metric.exposition;

import io.onex.metric.model.MetricFamily;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.Exemplar;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Families in the types of the Prometheus library, which does the writing.
final class Snapshots {
  private static final String TOTAL = "_total";

  private Snapshots() {}

  static MetricSnapshot of(MetricFamily family) {
    return switch (family.type()) {
      case COUNTER -> counter(family);
      case GAUGE -> gauge(family);
      case HISTOGRAM -> histogram(family);
    };
  }

  private static MetricSnapshot counter(MetricFamily family) {
    // The library adds the suffix itself.
    String name = family.name().substring(0, family.name().length() - TOTAL.length());
    CounterSnapshot.Builder snapshot = CounterSnapshot.builder().name(name).help(family.help());
    for (MetricFamily.Point point : family.points()) {
      snapshot.dataPoint(
          CounterSnapshot.CounterDataPointSnapshot.builder()
              .labels(labels(family, point))
              .value(number(point))
              .build());
    }
    return snapshot.build();
  }

  private static MetricSnapshot gauge(MetricFamily family) {
    GaugeSnapshot.Builder snapshot =
        GaugeSnapshot.builder().name(family.name()).help(family.help());
    for (MetricFamily.Point point : family.points()) {
      snapshot.dataPoint(
          GaugeSnapshot.GaugeDataPointSnapshot.builder()
              .labels(labels(family, point))
              .value(number(point))
              .build());
    }
    return snapshot.build();
  }

  private static MetricSnapshot histogram(MetricFamily family) {
    List<Double> bounds = new ArrayList<>(family.buckets());
    bounds.add(Double.POSITIVE_INFINITY);
    HistogramSnapshot.Builder snapshot =
        HistogramSnapshot.builder().name(family.name()).help(family.help());
    for (MetricFamily.Point point : family.points()) {
      if (point instanceof MetricFamily.Distribution distribution) {
        snapshot.dataPoint(
            HistogramSnapshot.HistogramDataPointSnapshot.builder()
                .labels(labels(family, point))
                .classicHistogramBuckets(ClassicHistogramBuckets.of(bounds, distribution.counts()))
                .sum(distribution.sum())
                .exemplars(exemplars(distribution))
                .build());
      }
    }
    return snapshot.build();
  }

  private static double number(MetricFamily.Point point) {
    return switch (point) {
      case MetricFamily.Value value -> value.value();
      case MetricFamily.Distribution distribution ->
          throw new IllegalStateException("no single number: " + distribution);
    };
  }

  private static Labels labels(MetricFamily family, MetricFamily.Point point) {
    return Labels.of(family.labelNames(), point.labelValues());
  }

  private static Exemplars exemplars(MetricFamily.Distribution distribution) {
    return Exemplars.of(
        distribution.exemplars().stream()
            .flatMap(Optional::stream)
            .map(exemplar ->
                Exemplar.builder()
                    .traceId(exemplar.trace().hex())
                    .value(exemplar.value())
                    .timestampMillis(Math.floorDiv(exemplar.epochMicros(), 1000))
                    .build())
            .toList());
  }
}
