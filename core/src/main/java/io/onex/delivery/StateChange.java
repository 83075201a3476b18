package io.onex.delivery;

/// A destination got another state. Announced once per change.
///
/// @param reason what the system said last, without payload; empty when all is well again
public record StateChange(
    String destination, DestinationState from, DestinationState to, String reason) {}
