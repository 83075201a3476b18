package io.onex.delivery;

import io.onex.log.Record;

/// A record that is to be kept as a dead letter.
///
/// @param attempts how often it was tried, at least 1
public record Rejected(Record record, Rejection why, int attempts) {}
