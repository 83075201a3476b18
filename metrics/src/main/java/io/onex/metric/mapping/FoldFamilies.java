package io.onex.metric.mapping;

import io.onex.metric.model.Family;
import io.onex.metric.model.MetricFamily;
import io.onex.metric.model.MetricType;
import io.onex.operation.OperationCounts;
import io.onex.operation.OperationFold;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// What the fold says about itself, as families.
final class FoldFamilies {
  private FoldFamilies() {}

  static List<MetricFamily> of(OperationFold operations, List<Family> families) {
    OperationCounts counts = operations.counts();
    return List.of(
        counter("ended", "Operations concluded, both families.", counts.ended()),
        counter(
            "end_without_start",
            "Operations concluded from their END alone.",
            counts.endWithoutStart()),
        counter("stuck", "Operations that were declared stuck.", counts.stuck()),
        counter("expired", "Stuck operations given up after expire_after.", counts.expired()),
        counter("evicted", "Operations given up because max_open was reached.", counts.evicted()),
        counter(
            "clock_corrected",
            "Operations whose START was stamped in another zone.",
            counts.clockCorrected()),
        counter(
            "bad_durations",
            "ENDs whose duration was negative, too large or no number.",
            counts.badDurations()),
        byFamily(
            "onex_gateway_metric_series",
            MetricType.GAUGE,
            "Series of a metric family within its budget.",
            families,
            Family::size),
        byFamily(
            "onex_gateway_metric_overflows_total",
            MetricType.COUNTER,
            "Values counted in an overflow series because the series budget was used up.",
            families,
            Family::overflowed));
  }

  private static MetricFamily counter(String what, String help, long value) {
    return new MetricFamily(
        "onex_gateway_operations_" + what + "_total",
        MetricType.COUNTER,
        help,
        List.of(),
        List.of(),
        List.of(new MetricFamily.Value(List.of(), value)));
  }

  private static MetricFamily byFamily(
      String name,
      MetricType type,
      String help,
      List<Family> families,
      ToDoubleFunction<Family> value) {
    return new MetricFamily(
        name,
        type,
        help,
        List.of("family"),
        List.of(),
        families.stream()
            .<MetricFamily.Point>map(family ->
                new MetricFamily.Value(List.of(family.spec().name()), value.applyAsDouble(family)))
            .toList());
  }
}
