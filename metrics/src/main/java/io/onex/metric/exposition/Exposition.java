package io.onex.metric.exposition;

import io.onex.metric.model.MetricFamily;
import io.onex.telemetry.FamilySnapshot;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Metric families as the bytes of an exposition.
///
/// Pure: the same families give the same bytes, families by name, series by labels. Families
/// without series are left out. Timestamps and `_created` lines are not written.
public final class Exposition {
  private Exposition() {}

  /// All families in one format.
  ///
  /// @throws IllegalArgumentException when two families have the same name, or two series of one
  ///   the same labels
  public static byte[] write(List<MetricFamily> families, ExpositionFormat format) {
    return write(families, name -> true, format);
  }

  /// The families whose names, as exposed, `wanted` lets through.
  ///
  /// @throws IllegalArgumentException as [#write(List, ExpositionFormat)] does
  public static byte[] write(
      List<MetricFamily> families, Predicate<String> wanted, ExpositionFormat format) {
    assert !Thread.currentThread().isVirtual() : "writing all series would hold a carrier";
    List<MetricSnapshot> snapshots = new ArrayList<>(families.size());
    for (MetricFamily family : families) {
      if (wanted.test(family.name()) && !family.points().isEmpty()) {
        snapshots.add(Snapshots.of(family));
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
    try {
      writer(format).write(bytes, new MetricSnapshots(snapshots), EscapingScheme.ALLOW_UTF8);
    } catch (IOException impossible) {
      throw new UncheckedIOException("an array cannot fail to be written", impossible);
    }
    return bytes.toByteArray();
  }

  /// The program's own metrics as families, to be written together with those of events.
  public static List<MetricFamily> ofTelemetry(List<FamilySnapshot> telemetry) {
    return telemetry.stream().map(TelemetryFamilies::of).toList();
  }

  private static ExpositionFormatWriter writer(ExpositionFormat format) {
    return switch (format) {
      case PROMETHEUS_TEXT ->
          PrometheusTextFormatWriter.builder().setIncludeCreatedTimestamps(false).build();
      case OPENMETRICS ->
          OpenMetricsTextFormatWriter.builder()
              .setCreatedTimestampsEnabled(false)
              .setExemplarsOnAllMetricTypesEnabled(false)
              .build();
    };
  }
}
