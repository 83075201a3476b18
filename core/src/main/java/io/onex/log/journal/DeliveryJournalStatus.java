package io.onex.log.journal;

import java.util.Optional;

/// How one delivery journal is doing.
///
/// @param bytes in all its files
/// @param behind entries that wait in memory because they could not be written
/// @param forgotten entries given up since the start because too many waited
/// @param damaged entries found damaged since the start
/// @param lastFailure the latest failure since everything was last written
public record DeliveryJournalStatus(
    long bytes, int behind, long forgotten, long damaged, Optional<String> lastFailure) {}
