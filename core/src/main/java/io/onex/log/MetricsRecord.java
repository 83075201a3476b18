package io.onex.log;

/// Metrics received over OTLP.
public record MetricsRecord(RecordFrame frame) implements Record {}
