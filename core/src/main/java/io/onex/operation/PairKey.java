package io.onex.operation;

import org.jspecify.annotations.Nullable;

/// What a START and its END have in common.
record PairKey(
    OperationFamily family, @Nullable CorrelationId correlation, Symbol node, Symbol operation)
    implements Comparable<PairKey> {
  /// The key of an event that lost the name of its operation.
  PairKey withoutOperation() {
    return new PairKey(family, correlation, node, Symbol.EMPTY);
  }

  /// An order that fits equality: with it a table finds keys fast whose hashes somebody has made
  /// equal.
  @Override
  public int compareTo(PairKey that) {
    int order = family.compareTo(that.family);
    order = order != 0 ? order : compare(correlation, that.correlation);
    order = order != 0 ? order : node.compareTo(that.node);
    return order != 0 ? order : operation.compareTo(that.operation);
  }

  private static int compare(@Nullable CorrelationId one, @Nullable CorrelationId other) {
    if (one == null) {
      return other == null ? 0 : -1;
    }
    return other == null ? 1 : one.compareTo(other);
  }
}
