package io.onex.config;

/// What destinations are for; rules may name a group to reach all of its destinations.
public enum DestinationGroup {
  METRICS,
  LOGGING,
  TRACING,
  ALERTING
}
