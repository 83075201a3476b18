package io.onex.config;

import java.util.Map;

/// How many series metrics made of events may have.
///
/// @param seriesBudget most series of one family; what comes after falls into an overflow series
/// @param seriesBudgets other budgets by family name
public record MetricsConfig(int seriesBudget, Map<String, Integer> seriesBudgets) {
  private static final ValueType<Integer> BUDGET = Types.integer(1, 10_000_000);

  static final Field<Integer> SERIES_BUDGET =
      Field.of("series_budget", BUDGET, 10_000, "Most series of one family; the rest share one.");
  static final Field<Map<String, Integer>> SERIES_BUDGETS =
      Field.of("series_budgets", Types.map(BUDGET), Map.of(), "Other budgets by family name.");
  static final Fields FIELDS =
      Fields.of(SERIES_BUDGET, SERIES_BUDGETS)
          .dead("store", Availability.NOT_YET)
          .dead("url", Availability.NOT_YET);

  static final MetricsConfig DEFAULT = new MetricsConfig(10_000, Map.of());

  public MetricsConfig {
    seriesBudgets = Map.copyOf(seriesBudgets);
  }

  static MetricsConfig from(Section section) {
    return new MetricsConfig(section.get(SERIES_BUDGET), section.get(SERIES_BUDGETS));
  }
}
