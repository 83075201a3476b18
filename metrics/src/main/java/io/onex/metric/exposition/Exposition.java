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
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/// Metric families as the bytes of an exposition.
///
/// Pure: the same families give the same bytes, families by name, series by labels. Families
/// without series are left out. Timestamps and `_created` lines are not written.
public final class Exposition {
  /// Ends an exposition in OpenMetrics, and no other place of one.
  private static final byte[] END = "# EOF\n".getBytes(StandardCharsets.UTF_8);

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
    return written(families.stream().filter(family -> wanted.test(family.name())).toList(), format)
        .toByteArray();
  }

  /// One part of an exposition.
  ///
  /// @throws IllegalArgumentException when two series of a family have the same labels
  public static byte[] write(ExpositionPart part, ExpositionFormat format) {
    byte[] text = written(part.families(), format).toByteArray();
    int from = part.continues() ? afterDescription(text) : 0;
    boolean ends = format == ExpositionFormat.OPENMETRICS && !part.last();
    return Arrays.copyOfRange(text, from, ends ? text.length - END.length : text.length);
  }

  /// Where the lines of series begin: no such line begins with `#`.
  private static int afterDescription(byte[] text) {
    int at = 0;
    while (at < text.length && text[at] == '#') {
      while (text[at++] != '\n') {}
    }
    return at;
  }

  private static ByteArrayOutputStream written(
      List<MetricFamily> families, ExpositionFormat format) {
    assert !Thread.currentThread().isVirtual() : "writing all series would hold a carrier";
    List<MetricSnapshot> snapshots = new ArrayList<>(families.size());
    for (MetricFamily family : families) {
      if (!family.points().isEmpty()) {
        snapshots.add(Snapshots.of(family));
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
    try {
      writer(format).write(bytes, new MetricSnapshots(snapshots), EscapingScheme.ALLOW_UTF8);
    } catch (IOException impossible) {
      throw new UncheckedIOException("an array cannot fail to be written", impossible);
    }
    return bytes;
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
