package io.onex.operation;

/// Everything the fold remembers: what a snapshot holds.
final class OperationState {
  final OpenOperations open = new OpenOperations();
  final HeldEnds held = new HeldEnds();

  /// Log time: the greatest ingest time or tick so far.
  long logMicros;

  long ended;
  long endWithoutStart;
  long stuck;
  long expired;
  long evicted;
  long clockCorrected;
  long badDurations;

  OperationCounts counts() {
    return new OperationCounts(
        ended, endWithoutStart, stuck, expired, evicted, clockCorrected, badDurations);
  }
}
