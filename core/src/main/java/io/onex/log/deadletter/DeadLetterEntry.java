package io.onex.log.deadletter;

/// A dead letter as it is kept.
///
/// @param id ascending in the order of keeping, from 1, never reused
/// @param replayed whether it was sent again since
/// @param letter the copy and its reason
public record DeadLetterEntry(long id, boolean replayed, DeadLetter letter) {}
