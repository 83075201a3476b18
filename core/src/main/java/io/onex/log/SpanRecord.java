package io.onex.log;

/// A span received from elsewhere.
public record SpanRecord(RecordFrame frame) implements Record {}
