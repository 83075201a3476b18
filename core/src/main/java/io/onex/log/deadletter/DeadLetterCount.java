package io.onex.log.deadletter;

/// How many dead letters are kept for one reason.
///
/// @param name the destination or source
/// @param refused whether `name` is a source
/// @param reason the code
/// @param letters those kept
/// @param replayed those among them that were sent again since
public record DeadLetterCount(
    String name, boolean refused, String reason, long letters, long replayed) {}
