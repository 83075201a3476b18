package io.onex.log;

/// An ONEX event, as sent.
public record EventRecord(RecordFrame frame) implements Record {}
