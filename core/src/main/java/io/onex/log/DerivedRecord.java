package io.onex.log;

/// A conclusion of a fold; its event id is computed from its causes.
public record DerivedRecord(RecordFrame frame) implements Record {}
