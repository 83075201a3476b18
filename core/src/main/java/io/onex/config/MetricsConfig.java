package io.onex.config;

import java.util.Map;

/// What metrics are made of events, and how many series they may have.
///
/// @param operations of which events the metrics about operations are made
/// @param seriesBudget most series of one family; what comes after falls into an overflow series
/// @param seriesBudgets other budgets by family name
public record MetricsConfig(
    Operations operations, int seriesBudget, Map<String, Integer> seriesBudgets) {
  /// Which START and END events make an operation in the metrics about operations.
  public enum Operations {
    /// Those of the NODE and of the TELEMETRY family.
    ALL,
    /// Those of the TELEMETRY family only.
    TELEMETRY
  }

  private static final ValueType<Integer> BUDGET = Types.integer(1, 10_000_000);

  static final Field<Operations> OPERATIONS =
      Field.of(
          "operations",
          Types.oneOf(Operations.class),
          Operations.ALL,
          "Of which START and END events onex_*_operations are made: all, or telemetry alone.");
  static final Field<Integer> SERIES_BUDGET =
      Field.of("series_budget", BUDGET, 10_000, "Most series of one family; the rest share one.");
  static final Field<Map<String, Integer>> SERIES_BUDGETS =
      Field.of("series_budgets", Types.map(BUDGET), Map.of(), "Other budgets by family name.");
  static final Fields FIELDS =
      Fields.of(OPERATIONS, SERIES_BUDGET, SERIES_BUDGETS)
          .dead("store", Availability.NOT_YET)
          .dead("url", Availability.NOT_YET);

  static final MetricsConfig DEFAULT = new MetricsConfig(Operations.ALL, 10_000, Map.of());

  public MetricsConfig {
    seriesBudgets = Map.copyOf(seriesBudgets);
  }

  static MetricsConfig from(Section section) {
    return new MetricsConfig(
        section.get(OPERATIONS), section.get(SERIES_BUDGET), section.get(SERIES_BUDGETS));
  }
}
