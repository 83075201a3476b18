package io.onex.metric.mapping;

import io.onex.log.Record;
import io.onex.operation.Operation;
import io.onex.operation.OperationFamily;
import io.onex.operation.OperationListener;
import io.onex.operation.Outcome;
import io.onex.operation.Symbol;

/// Feeds the families about operations from what the operation fold learns.
///
/// The two event families feed different metrics and are never added up (onex-facts a4.6, e2.3):
/// TELEMETRY by node id, NODE by node name and version.
final class OperationMetrics implements OperationListener {
  private static final double SECONDS_PER_MICRO = 1e-6;

  private final EventFamilies families;
  private final TypeLabels types;
  private final ValidationMetrics validation;

  OperationMetrics(EventFamilies families, TypeLabels types, ValidationMetrics validation) {
    this.families = families;
    this.types = types;
    this.validation = validation;
  }

  @Override
  public void read(Record record, Symbol node, boolean start, boolean failed) {
    TypeLabels.Labels labels = types.of(record.frame());
    families.events.increment(
        labels.type(), Values.orUnknown(node), failed ? Values.ERROR : labels.status());
  }

  @Override
  public void started(OperationFamily family, Symbol node, Symbol nodeName) {
    active(family, node, nodeName, 1);
  }

  @Override
  public void stuck(Operation operation) {
    active(operation.family(), operation.node(), operation.nodeName(), -1);
    stuck(operation.family(), operation.node(), operation.nodeName(), 1);
  }

  @Override
  public void forgotten(OperationFamily family, Symbol node, Symbol nodeName, boolean wasStuck) {
    if (wasStuck) {
      stuck(family, node, nodeName, -1);
    } else {
      active(family, node, nodeName, -1);
    }
  }

  @Override
  public void ended(Operation operation) {
    if (operation.isPaired()) {
      forgotten(operation.family(), operation.node(), operation.nodeName(), operation.wasStuck());
    }
    Symbol status = operation.outcome() == Outcome.ERROR ? Values.ERROR : Values.SUCCESS;
    double seconds = operation.durationMicros() * SECONDS_PER_MICRO;
    switch (operation.family()) {
      case NODE -> {
        Symbol name = Values.orUnknown(operation.nodeName());
        Symbol version = Values.orUnknown(operation.version());
        families.executions.increment(name, version, status);
        if (operation.hasDuration()) {
          families.executionDuration.observe(
              seconds, operation.trace(), operation.endMicros(), name, version);
        }
        validation.ended(operation, name, status, seconds);
      }
      case TELEMETRY -> {
        if (operation.hasDuration()) {
          families.operationDuration.observe(
              seconds,
              operation.trace(),
              operation.endMicros(),
              Values.orUnknown(operation.node()),
              Values.orUnknown(operation.operation()));
        }
      }
    }
  }

  private void active(OperationFamily family, Symbol node, Symbol nodeName, int change) {
    switch (family) {
      case NODE -> families.activeExecutions.add(change, Values.orUnknown(nodeName));
      case TELEMETRY -> families.activeOperations.add(change, Values.orUnknown(node));
    }
  }

  private void stuck(OperationFamily family, Symbol node, Symbol nodeName, int change) {
    switch (family) {
      case NODE -> families.stuckExecutions.add(change, Values.orUnknown(nodeName));
      case TELEMETRY -> families.stuckOperations.add(change, Values.orUnknown(node));
    }
  }
}
