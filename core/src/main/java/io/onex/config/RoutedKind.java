package io.onex.config;

/// Kinds of record that rules decide about. What the gateway decides about itself is never routed.
public enum RoutedKind {
  EVENT,
  LOG,
  SPAN,
  METRICS,
  DERIVED
}
