package io.onex.log;

/// Counts what the committer does. Written by it, read by any thread.
final class AppendCounters {
  private long records;
  private long rawBytes;
  private long storedBytes;
  private long duplicates;
  private long conflicting;
  private long commits;
  private long commitNanos;
  private long failures;
  private long markFailures;

  synchronized void committed(CommitPlan plan, long nanos) {
    records += plan.records();
    rawBytes += plan.rawBytes();
    storedBytes += plan.storedBytes();
    duplicates += plan.duplicates();
    conflicting += plan.conflicting();
    commits++;
    commitNanos += nanos;
  }

  synchronized void failed() {
    failures++;
  }

  synchronized void markFailed() {
    markFailures++;
  }

  synchronized LogState.Appends totals() {
    return new LogState.Appends(
        records,
        rawBytes,
        storedBytes,
        duplicates,
        conflicting,
        commits,
        commitNanos,
        failures,
        markFailures);
  }
}
