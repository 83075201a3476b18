package io.onex.log;

/// A structured log line or audit entry.
public record LogRecord(RecordFrame frame) implements Record {}
