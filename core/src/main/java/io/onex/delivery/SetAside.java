package io.onex.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// Records that their system asked, one by one, to send again later while it took others: each
/// waits by itself, with its own pauses, and holds up nothing.
///
/// Bounded in number and bytes; what finds no room is sent again like any batch that failed, and
/// the destination waits with it.
final class SetAside {
  /// Most records; the cursor has a range for each gap they leave.
  static final int MOST_RECORDS = 1_000;

  /// What is due so soon goes along, so that many that wait make few requests.
  private static final Duration SOON = Duration.ofSeconds(1);

  private final Map<Long, Hold> holds = new HashMap<>();
  private long bytes;

  /// What is known of one record.
  ///
  /// @param batch the record alone
  /// @param sinceNanos when it was first to be sent again
  /// @param underWay whether it is on its way again, or waits with others
  private record Hold(Batch batch, long sinceNanos, boolean underWay) {}

  boolean isEmpty() {
    return holds.isEmpty();
  }

  /// Records that wait by themselves now.
  int waiting() {
    int waiting = 0;
    for (Hold hold : holds.values()) {
      waiting += hold.underWay() ? 0 : 1;
    }
    return waiting;
  }

  /// Since when the record was to be sent again, in a row; `nowNanos` when it was not before.
  long since(long offset, long nowNanos) {
    Hold hold = holds.get(offset);
    return hold == null ? nowNanos : hold.sinceNanos();
  }

  /// How often it was to be sent again so far, in a row.
  int failures(long offset) {
    Hold hold = holds.get(offset);
    return hold == null ? 0 : hold.batch().failures();
  }

  /// Whether there is room for the record, or it has its place already.
  boolean hasRoom(Item item, long mostBytes) {
    return holds.containsKey(item.offset())
        || (holds.size() < MOST_RECORDS && bytes + item.bytes() <= mostBytes);
  }

  /// Takes in one record alone, which waits as its batch says.
  void add(Batch alone, long nowNanos) {
    Item item = alone.items().getFirst();
    Hold before = holds.get(item.offset());
    if (before == null) {
      bytes += item.bytes();
    }
    // Of its own bytes, so that it keeps no block of the log in memory.
    Batch kept = before == null ? alone.only(List.of(item.detached())) : alone;
    holds.put(
        item.offset(), new Hold(kept, before == null ? nowNanos : before.sinceNanos(), false));
  }

  /// Forgets records that have come to their end.
  void forget(List<Item> items) {
    if (holds.isEmpty()) {
      return;
    }
    for (Item item : items) {
      if (holds.remove(item.offset()) != null) {
        bytes -= item.bytes();
      }
    }
  }

  void clear() {
    holds.clear();
    bytes = 0;
  }

  /// All may be tried at once.
  void allAgain(long nowNanos) {
    holds.replaceAll(
        (_, hold) -> new Hold(hold.batch().again(nowNanos), hold.sinceNanos(), hold.underWay()));
  }

  /// Whether the time of one has come that may go somewhere.
  ///
  /// @param admitted whether records of this fate may go somewhere now
  boolean isDue(Predicate<Batch.Fate> admitted, long nowNanos) {
    for (Hold hold : holds.values()) {
      if (isDue(hold, nowNanos) && admitted.test(hold.batch().fate())) {
        return true;
      }
    }
    return false;
  }

  /// Those whose time has come, or is about to, and that may go to the same systems, as one batch
  /// within the limits; at least one is due.
  Batch takeDue(int maxRecords, long maxBytes, Predicate<Batch.Fate> admitted, long nowNanos) {
    List<Batch> due = new ArrayList<>();
    for (Hold hold : holds.values()) {
      if (isDue(hold, nowNanos + SOON.toNanos()) && admitted.test(hold.batch().fate())) {
        due.add(hold.batch());
      }
    }
    due.sort((a, b) -> Long.compare(a.firstOffset(), b.firstOffset()));
    Batch first = due.getFirst();
    List<Item> items = new ArrayList<>();
    long size = 0;
    int attempts = 0;
    for (Batch one : due) {
      boolean fits =
          items.isEmpty() || (items.size() < maxRecords && size + one.bytes() <= maxBytes);
      if (fits && one.fate().equals(first.fate())) {
        items.addAll(one.items());
        size += one.bytes();
        attempts = Math.max(attempts, one.attempts());
        holds.computeIfPresent(
            one.firstOffset(), (_, hold) -> new Hold(hold.batch(), hold.sinceNanos(), true));
      }
    }
    return new Batch(items, size, attempts, 0, nowNanos, Suspicion.NONE, first.fate());
  }

  void oldest(OldestRecord oldest) {
    holds.values().forEach(hold -> oldest.add(hold.batch().items().getFirst()));
  }

  void times(EarliestTime earliest) {
    for (Hold hold : holds.values()) {
      if (!hold.underWay()) {
        earliest.add(hold.batch().notBeforeNanos());
      }
    }
  }

  private static boolean isDue(Hold hold, long nowNanos) {
    return !hold.underWay() && nowNanos - hold.batch().notBeforeNanos() >= 0;
  }
}
