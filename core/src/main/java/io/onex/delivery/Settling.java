package io.onex.delivery;

import io.onex.log.Position;
import io.onex.log.PositionRange;
import io.onex.log.RecordOutcome;
import io.onex.log.cursor.CursorEntry;
import io.onex.log.cursor.Ledger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The cursor and ledger of a destination, and what was settled since they were last saved.
final class Settling {
  private final int partition;
  private final List<Settlement> settled = new ArrayList<>();
  private CursorEntry entry;
  private boolean dirty;

  /// The settlement that may still grow, so that a long run of records makes one object.
  private long noteFrom;

  private long noteTo;
  private RecordOutcome noteOutcome = RecordOutcome.DELIVERED;
  private int noteAttempts;
  private String noteReason = "";

  Settling(CursorEntry entry) {
    this.entry = entry;
    this.partition = entry.cursor().first().partition();
  }

  CursorEntry entry() {
    return entry;
  }

  /// Replaces what is not a matter of positions, such as the standing.
  void replace(CursorEntry changed) {
    dirty |= !changed.equals(entry);
    entry = changed;
  }

  /// The same entry with what others have committed beside the positions.
  void keep(CursorEntry same) {
    entry = same;
  }

  /// What is to be committed: everything settled since the last time; empty when nothing changed.
  Optional<List<Settlement>> drain() {
    if (!dirty) {
      return Optional.empty();
    }
    dirty = false;
    endNote();
    List<Settlement> all = List.copyOf(settled);
    settled.clear();
    return Optional.of(all);
  }

  /// Completes positions that needed no delivery.
  void settle(List<Side> sides) {
    for (Side side : sides) {
      complete(side.from(), side.to(), count(Ledger.EMPTY, side));
      note(side.from(), side.to(), side.outcome(), 0, side.reason());
    }
  }

  /// Completes records with one outcome, and the positions that waited with them.
  ///
  /// @param items ascending, perhaps with gaps
  void settle(List<Item> items, RecordOutcome outcome, int attempts, String reason) {
    int first = 0;
    while (first < items.size()) {
      int last = first;
      while (last + 1 < items.size() && items.get(last).to() == items.get(last + 1).from()) {
        last++;
      }
      Ledger counts = Ledger.of(outcome, last - first + 1L);
      for (Item item : items.subList(first, last + 1)) {
        for (Side side : item.sides()) {
          counts = count(counts, side);
        }
        note(item, outcome, attempts, reason);
      }
      complete(items.get(first).from(), items.get(last).to(), counts);
      first = last + 1;
    }
  }

  private static Ledger count(Ledger counts, Side side) {
    long records = side.to() - side.from();
    Ledger more = counts.plus(side.outcome(), records);
    return side.unmatched() ? more.plusUnmatched(records) : more;
  }

  private void complete(long from, long to, Ledger counts) {
    entry = entry.complete(range(from, to), counts);
    dirty = true;
  }

  private void note(Item item, RecordOutcome outcome, int attempts, String reason) {
    long own = item.offset();
    for (Side side : item.sides()) {
      if (side.from() < own) {
        note(side.from(), side.to(), side.outcome(), 0, side.reason());
      }
    }
    note(own, own + 1, outcome, attempts, reason);
    for (Side side : item.sides()) {
      if (side.from() > own) {
        note(side.from(), side.to(), side.outcome(), 0, side.reason());
      }
    }
  }

  private void note(long from, long to, RecordOutcome outcome, int attempts, String reason) {
    if (noteTo == from
        && noteOutcome == outcome
        && noteAttempts == attempts
        && noteReason.equals(reason)) {
      noteTo = to;
      return;
    }
    endNote();
    noteFrom = from;
    noteTo = to;
    noteOutcome = outcome;
    noteAttempts = attempts;
    noteReason = reason;
  }

  private void endNote() {
    if (noteFrom < noteTo) {
      settled.add(new Settlement(range(noteFrom, noteTo), noteOutcome, noteAttempts, noteReason));
    }
    noteFrom = 0;
    noteTo = 0;
  }

  private PositionRange range(long from, long to) {
    return new PositionRange(new Position(partition, from), new Position(partition, to));
  }
}
