package io.onex.operation;

import org.jspecify.annotations.Nullable;

/// What a START and its END have in common.
record PairKey(
    OperationFamily family, @Nullable CorrelationId correlation, Symbol node, Symbol operation) {
  /// The key of an event that lost the name of its operation.
  PairKey withoutOperation() {
    return new PairKey(family, correlation, node, Symbol.EMPTY);
  }
}
