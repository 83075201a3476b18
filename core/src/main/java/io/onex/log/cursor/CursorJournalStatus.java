package io.onex.log.cursor;

import java.util.Optional;

/// How the cursor journal is doing, for metrics and `onex status`.
///
/// @param bytes in the file
/// @param behind destinations whose latest entry could not be written yet
/// @param failedWrites writes that failed since the start; each is repeated
/// @param failedForces fsyncs that failed since the start; each is followed by a rewrite
/// @param compactions rewrites since the start
/// @param failedCompactions rewrites that failed since the start; the file before stays in use
/// @param lastFailure the latest failure since everything was last written and forced
public record CursorJournalStatus(
    long bytes,
    int behind,
    long failedWrites,
    long failedForces,
    long compactions,
    long failedCompactions,
    Optional<String> lastFailure) {
  /// Whether the latest state of each destination would survive kill -9.
  public boolean isCurrent() {
    return behind == 0;
  }
}
