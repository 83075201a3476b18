package io.onex.metric.exposition;

import io.onex.metric.model.Exemplar;
import io.onex.metric.model.MetricFamily;
import io.onex.metric.model.MetricType;
import io.onex.telemetry.FamilySnapshot;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// The program's own metrics in the shape of those of events.
final class TelemetryFamilies {
  private TelemetryFamilies() {}

  static MetricFamily of(FamilySnapshot family) {
    List<String> labelNames =
        family.samples().isEmpty()
            ? List.of()
            : List.copyOf(new TreeSet<>(family.samples().getFirst().labels().keySet()));
    List<Double> buckets =
        family.samples().stream()
            .filter(FamilySnapshot.Distribution.class::isInstance)
            .map(sample -> ((FamilySnapshot.Distribution) sample).bounds())
            .findFirst()
            .orElse(List.of());
    return new MetricFamily(
        family.name(),
        switch (family.type()) {
          case COUNTER -> MetricType.COUNTER;
          case GAUGE -> MetricType.GAUGE;
          case HISTOGRAM -> MetricType.HISTOGRAM;
        },
        family.help(),
        labelNames,
        buckets,
        family.samples().stream().map(sample -> point(sample, labelNames)).toList());
  }

  private static MetricFamily.Point point(FamilySnapshot.Sample sample, List<String> labelNames) {
    List<String> values =
        labelNames.stream().map(name -> sample.labels().getOrDefault(name, "")).toList();
    return switch (sample) {
      case FamilySnapshot.Value value -> new MetricFamily.Value(values, value.value());
      case FamilySnapshot.Distribution distribution ->
          new MetricFamily.Distribution(
              values,
              distribution.counts(),
              distribution.sum(),
              distribution.counts().stream().map(count -> Optional.<Exemplar>empty()).toList());
    };
  }
}
