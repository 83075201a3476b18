package io.onex.log;

/// A decision about the gateway itself.
public record ControlRecord(RecordFrame frame) implements Record {}
