package io.onex.metric.mapping;

import io.onex.event.EventType;
import io.onex.log.Record;
import io.onex.operation.Operation;
import io.onex.operation.OperationFamily;
import io.onex.operation.OperationListener;
import io.onex.operation.Outcome;
import io.onex.operation.Symbol;

/// Feeds the families about operations from what the operation fold learns.
///
/// Executions are the NODE family's, by node name and version. Operations are those of both
/// families, by node id and the name of the operation, unless the setting leaves the NODE family's
/// out (onex-facts e2.3).
final class OperationMetrics implements OperationListener {
  private static final double SECONDS_PER_MICRO = 1e-6;

  private final EventFamilies families;
  private final TypeLabels types;
  private final ValidationMetrics validation;
  private final boolean nodesOperate;

  /// Whether what was read last is the first of its type and node.
  private boolean first;

  /// @param nodesOperate whether what the NODE family tells are operations, too
  OperationMetrics(
      EventFamilies families,
      TypeLabels types,
      ValidationMetrics validation,
      boolean nodesOperate) {
    this.nodesOperate = nodesOperate;
    this.families = families;
    this.types = types;
    this.validation = validation;
  }

  @Override
  public void read(Record record, Symbol node, boolean start, boolean failed) {
    TypeLabels.Labels labels = types.of(record.frame());
    Symbol id = Values.orUnknown(node);
    int known = families.events.size();
    families.events.increment(labels.type(), id, failed ? Values.ERROR : labels.status());
    first = families.events.size() != known;
    if (first) {
      beginEnds(record.frame().typeId(), id);
    }
  }

  /// Begins what the ends of a node's operations are counted in as soon as one is seen, so that the
  /// first failure is a rise and not a beginning.
  private void beginEnds(int typeId, Symbol node) {
    boolean ofNode = typeId <= EventType.NODE_FAILURE.id();
    Symbol success = (ofNode ? types.nodeSuccess() : types.telemetrySuccess()).type();
    Symbol failure = (ofNode ? types.nodeFailure() : types.telemetryError()).type();
    families.events.begin(success, node, Values.SUCCESS);
    families.events.begin(success, node, Values.ERROR);
    families.events.begin(failure, node, Values.ERROR);
  }

  @Override
  public void started(OperationFamily family, Symbol node, Symbol nodeName, Symbol version) {
    active(family, node, nodeName, 1);
    if (first && family == OperationFamily.NODE) {
      families.executions.begin(
          Values.orUnknown(nodeName), Values.orUnknown(version), Values.SUCCESS);
    }
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
  public void ended(Operation operation, Symbol name, boolean toldTwice) {
    if (operation.isPaired()) {
      forgotten(operation.family(), operation.node(), operation.nodeName(), operation.wasStuck());
    }
    Symbol status = operation.outcome() == Outcome.ERROR ? Values.ERROR : Values.SUCCESS;
    double seconds = operation.durationMicros() * SECONDS_PER_MICRO;
    if (operation.family() == OperationFamily.NODE) {
      executed(operation, status, seconds);
    }
    if (isOperation(operation.family()) && operation.hasDuration() && !toldTwice) {
      families.operationDuration.observe(
          seconds,
          operation.trace(),
          operation.endMicros(),
          Values.orUnknown(operation.node()),
          Values.orUnknown(name));
    }
  }

  private void executed(Operation operation, Symbol status, double seconds) {
    Symbol name = Values.orUnknown(operation.nodeName());
    Symbol version = Values.orUnknown(operation.version());
    families.executions.increment(name, version, status);
    if (operation.hasDuration()) {
      families.executionDuration.observe(
          seconds, operation.trace(), operation.endMicros(), name, version);
    }
    validation.ended(operation, name, status, seconds);
  }

  private boolean isOperation(OperationFamily family) {
    return family == OperationFamily.TELEMETRY || nodesOperate;
  }

  private void active(OperationFamily family, Symbol node, Symbol nodeName, int change) {
    if (family == OperationFamily.NODE) {
      families.activeExecutions.add(change, Values.orUnknown(nodeName));
    }
    if (isOperation(family)) {
      families.activeOperations.add(change, Values.orUnknown(node));
    }
  }

  private void stuck(OperationFamily family, Symbol node, Symbol nodeName, int change) {
    if (family == OperationFamily.NODE) {
      families.stuckExecutions.add(change, Values.orUnknown(nodeName));
    }
    if (isOperation(family)) {
      families.stuckOperations.add(change, Values.orUnknown(node));
    }
  }
}
