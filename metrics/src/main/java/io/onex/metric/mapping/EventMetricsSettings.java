package io.onex.metric.mapping;

import io.onex.config.Glob;
import io.onex.config.MetricsConfig;
import io.onex.operation.OperationSettings;
import java.util.List;
import java.util.Map;

/// What events are mapped to, and within which bounds.
///
/// @param operations how STARTs wait for their ENDs
/// @param seriesBudget most series of a family
/// @param seriesBudgets other budgets, by family name
/// @param counted of which events operations are made in the metrics about operations
/// @param validators names of nodes whose executions are validation runs
public record EventMetricsSettings(
    OperationSettings operations,
    int seriesBudget,
    Map<String, Integer> seriesBudgets,
    MetricsConfig.Operations counted,
    List<Glob> validators) {
  /// Nodes that are called after what they do.
  public static final List<Glob> DEFAULT_VALIDATORS =
      List.of(Glob.of("*validator*"), Glob.of("*validation*"));

  public static final EventMetricsSettings DEFAULT =
      new EventMetricsSettings(
          OperationSettings.DEFAULT,
          10_000,
          Map.of(),
          MetricsConfig.Operations.ALL,
          DEFAULT_VALIDATORS);

  public EventMetricsSettings {
    seriesBudgets = Map.copyOf(seriesBudgets);
    validators = List.copyOf(validators);
    if (seriesBudget < 1) {
      throw new IllegalArgumentException("a family has at least one series, not " + seriesBudget);
    }
  }

  /// What the sections `operations` and `metrics` of the configuration say.
  public static EventMetricsSettings of(OperationSettings operations, MetricsConfig metrics) {
    return new EventMetricsSettings(
        operations,
        metrics.seriesBudget(),
        metrics.seriesBudgets(),
        metrics.operations(),
        DEFAULT_VALIDATORS);
  }

  /// Whether START and END of a node make an operation.
  boolean nodesOperate() {
    return counted == MetricsConfig.Operations.ALL;
  }

  int budget(String family) {
    return seriesBudgets.getOrDefault(family, seriesBudget);
  }
}
