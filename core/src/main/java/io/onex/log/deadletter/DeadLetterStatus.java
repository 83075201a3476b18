package io.onex.log.deadletter;

import java.util.Optional;

/// How the dead letters are doing.
///
/// @param bytes of all segments
/// @param segments files that hold letters
/// @param expired letters that retention removed since the start
/// @param damaged byte ranges found damaged since the start; each cost at most its letters
/// @param lastFailure the latest failure since something was last kept
public record DeadLetterStatus(
    long bytes, int segments, long expired, long damaged, Optional<String> lastFailure) {}
