package io.onex.metric.model;

import io.onex.bytes.Id128;

/// One observation that stands for its bucket, and the trace it came from.
///
/// @param epochMicros when it was observed, microseconds since the epoch, UTC
public record Exemplar(Id128 trace, double value, long epochMicros) {}
