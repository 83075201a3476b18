package io.onex.delivery;

import io.onex.log.PositionRange;
import io.onex.log.RecordOutcome;
import io.onex.log.journal.DeliveryJournalEntry;
import java.util.ArrayList;
import java.util.List;

/// Turns the settlements of one commit into entries of the delivery journal: pure.
///
/// Where the rules pick every other record, one entry per run would cost a write per record. Such a
/// commit is thinned: what was kept away by rules or sampling, and so can be told from the rules of
/// its position at any time, no longer parts the entries of what was sent.
final class JournalLines {
  private static final int EXACT_UP_TO = 32;

  private JournalLines() {}

  static List<DeliveryJournalEntry> of(List<Settlement> settled, long wallMicros) {
    boolean thin = settled.size() > EXACT_UP_TO;
    List<DeliveryJournalEntry> lines = new ArrayList<>();
    for (Settlement each : settled) {
      boolean keptAway =
          each.outcome() == RecordOutcome.FILTERED || each.outcome() == RecordOutcome.SAMPLED;
      if (thin && keptAway) {
        continue;
      }
      PositionRange range = each.range();
      if (thin && !lines.isEmpty() && joins(lines.getLast(), each)) {
        range = new PositionRange(lines.removeLast().range().start(), range.end());
      }
      lines.add(new DeliveryJournalEntry(range, each.outcome(), wallMicros, each.attempts()));
    }
    return lines;
  }

  private static boolean joins(DeliveryJournalEntry last, Settlement next) {
    return last.outcome() == next.outcome()
        && last.attempt() == next.attempts()
        && last.range().end().compareTo(next.range().start()) <= 0;
  }
}
