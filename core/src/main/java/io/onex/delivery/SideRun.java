package io.onex.delivery;

import io.onex.log.RecordOutcome;
import java.util.ArrayList;
import java.util.List;

/// Collects the positions between two records to deliver, joining neighbours of one outcome.
final class SideRun {
  private final List<Side> sides = new ArrayList<>();
  private long start;
  private long at;

  SideRun(long start) {
    this.start = start;
    this.at = start;
  }

  /// First offset that no record to deliver covers yet.
  long start() {
    return start;
  }

  /// First offset that is not covered at all yet.
  long at() {
    return at;
  }

  void add(long until, RecordOutcome outcome, String reason, boolean unmatched) {
    Side side = new Side(at, until, outcome, reason, unmatched);
    if (!sides.isEmpty() && side.continues(sides.getLast())) {
      side = new Side(sides.removeLast().from(), until, outcome, reason, unmatched);
    }
    sides.add(side);
    at = until;
  }

  /// What was collected; the next run begins at `next`.
  List<Side> end(long next) {
    List<Side> collected = List.copyOf(sides);
    sides.clear();
    start = next;
    at = next;
    return collected;
  }
}
