package io.onex.delivery;

import io.onex.log.Record;

/// A record that is to be kept as a dead letter.
///
/// @param attempts how often it was sent or encoded; 0 when the rules already failed on it
public record Rejected(Record record, Rejection why, int attempts) {}
