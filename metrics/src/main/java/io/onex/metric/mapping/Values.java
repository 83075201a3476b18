package io.onex.metric.mapping;

import io.onex.operation.Symbol;

/// The label values that the program itself chooses.
final class Values {
  static final Symbol STARTED = Symbol.of("started");
  static final Symbol SUCCESS = Symbol.of("success");
  static final Symbol ERROR = Symbol.of("error");
  static final Symbol INFO = Symbol.of("info");
  static final Symbol CRITICAL = Symbol.of("critical");
  static final Symbol FAILURE = Symbol.of("failure");
  static final Symbol ALLOWED = Symbol.of("allowed");
  static final Symbol DENIED = Symbol.of("denied");
  static final Symbol UNKNOWN = Symbol.of("unknown");

  private Values() {}

  /// Prometheus takes an empty label for none, so what is unknown says so.
  static Symbol orUnknown(Symbol value) {
    return value.isEmpty() ? UNKNOWN : value;
  }
}
