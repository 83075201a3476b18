package io.onex.log.cursor;

import java.util.Optional;

/// How the cursor journal is doing, for metrics and `onex status`.
///
/// @param bytes in the file
/// @param behind destinations whose latest entry could not be written yet
/// @param reserved destinations whose latest entry stands in the reserve, because the file cannot
///   be written
/// @param reserveBytes room kept for that in each of two files; 0 when none could be taken yet
/// @param failedWrites writes that failed since the start; each is repeated
/// @param failedForces fsyncs that failed since the start; each is followed by a rewrite
/// @param compactions rewrites since the start
/// @param failedCompactions rewrites that failed since the start; the file before stays in use
/// @param lastFailure the latest failure since everything was last written and forced
public record CursorJournalStatus(
    long bytes,
    int behind,
    int reserved,
    long reserveBytes,
    long failedWrites,
    long failedForces,
    long compactions,
    long failedCompactions,
    Optional<String> lastFailure) {
  /// Whether the latest state of each destination would survive kill -9.
  public boolean isCurrent() {
    return behind == 0;
  }

  /// What an operator should read: that cursors cannot be written, and what follows.
  public Optional<String> trouble() {
    String follows =
        behind == 0
            ? "until then they go where room was kept for them, and a kill repeats no more than at any other time"
            : "until then they are kept in memory, and a kill repeats what %d destinations were handed meanwhile"
                .formatted(behind);
    return lastFailure.map(failure ->
        "%s. They are written again once the disk can be written: free space there; %s"
            .formatted(failure, follows));
  }
}
