package io.onex.delivery;

import io.onex.config.BatchConfig;
import io.onex.log.Position;
import io.onex.log.PositionRange;
import io.onex.log.Record;
import io.onex.log.RecordOutcome;
import io.onex.log.cursor.CursorEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// Records that were read and have not been sent yet, in log order, from which batches are cut.
///
/// It hands on at once what needs no delivery and has no neighbour in the backlog to wait for.
final class Backlog {
  private static final String EXPIRED = "retention removed it before it was read";
  private static final String LOST = "its block of the log is corrupt";

  private final ArrayDeque<Item> items = new ArrayDeque<>();
  private long bytes;

  int size() {
    return items.size();
  }

  long bytes() {
    return bytes;
  }

  boolean isEmpty() {
    return items.isEmpty();
  }

  /// Forgets everything; it is as if it had not been read.
  void clear() {
    items.clear();
    bytes = 0;
  }

  void oldest(OldestRecord oldest) {
    if (!items.isEmpty()) {
      oldest.add(items.getFirst());
    }
  }

  /// Since when the oldest record could be read; the backlog is not empty.
  long readableNanos() {
    return items.getFirst().readableNanos();
  }

  /// What of the records read does not enter the backlog.
  ///
  /// @param settled positions that have their outcome and no neighbour to wait for
  /// @param unjudged records on which the rules failed, with the reasons
  record Aside(List<Side> settled, List<Item> unjudged, List<String> reasons) {}

  /// Takes in what was read, except positions that `entry` says are completed.
  Aside take(JudgedRecords read, CursorEntry entry) {
    Aside aside = new Aside(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    List<Record> records = read.batch().records();
    int next = 0;
    for (PositionRange open : openParts(read, entry)) {
      while (next < records.size() && read.place(next) < open.start().offset()) {
        next++;
      }
      int first = next;
      while (next < records.size() && read.place(next) < open.end().offset()) {
        next++;
      }
      take(read, first, next, open, aside);
    }
    return aside;
  }

  /// Whether a batch should leave without waiting for more records.
  boolean isFull(BatchConfig limits) {
    return items.size() >= limits.maxSize() || bytes >= limits.maxBytes().bytes();
  }

  /// The next batch: as many records as the limits allow; the backlog is not empty.
  List<Item> cut(BatchConfig limits) {
    List<Item> batch = new ArrayList<>(Math.min(items.size(), limits.maxSize()));
    long batchBytes = 0;
    while (!items.isEmpty() && batch.size() < limits.maxSize()) {
      int more = items.getFirst().bytes();
      if (!batch.isEmpty() && batchBytes + more > limits.maxBytes().bytes()) {
        break;
      }
      batchBytes += more;
      batch.add(items.removeFirst());
    }
    bytes -= batchBytes;
    return batch;
  }

  /// The next record alone; the backlog is not empty.
  Item next() {
    Item item = items.removeFirst();
    bytes -= item.bytes();
    return item;
  }

  private static List<PositionRange> openParts(JudgedRecords read, CursorEntry entry) {
    Position start = read.batch().start();
    Position end = read.batch().end();
    List<PositionRange> parts = new ArrayList<>();
    for (PositionRange open : entry.cursor().open(end)) {
      Position from = open.start().compareTo(start) < 0 ? start : open.start();
      if (from.compareTo(open.end()) < 0) {
        parts.add(new PositionRange(from, open.end()));
      }
    }
    return parts;
  }

  /// Takes in the records with indexes `first` to `last` (exclusive), which are those in `range`.
  private void take(JudgedRecords read, int first, int last, PositionRange range, Aside aside) {
    SideRun run = new SideRun(range.start().offset());
    for (int i = first; i < last; i++) {
      Record record = read.batch().records().get(i);
      long offset = read.place(i);
      missing(run, offset, read);
      switch (read.verdicts().get(i)) {
        case Verdict.Deliver() -> {
          items.add(
              new Item(
                  record,
                  offset,
                  run.start(),
                  offset + 1,
                  run.end(offset + 1),
                  read.readableNanos()));
          bytes += record.body().length();
        }
        case Verdict.Filtered(String reason, boolean unmatched) ->
            run.add(offset + 1, RecordOutcome.FILTERED, reason, unmatched);
        case Verdict.Unjudged(String reason) -> {
          aside
              .unjudged()
              .add(
                  new Item(
                      record,
                      offset,
                      run.start(),
                      offset + 1,
                      run.end(offset + 1),
                      read.readableNanos()));
          aside.reasons().add(reason);
        }
        case Verdict.Sampled() -> run.add(offset + 1, RecordOutcome.SAMPLED, "", false);
      }
    }
    missing(run, range.end().offset(), read);
    trail(run, aside.settled());
  }

  private static void missing(SideRun run, long until, JudgedRecords read) {
    long logStart = read.logStart().offset();
    if (run.at() < until && run.at() < logStart) {
      run.add(Math.min(until, logStart), RecordOutcome.EXPIRED, EXPIRED, false);
    }
    if (run.at() < until) {
      String reason = read.gaps() == RecordOutcome.LOST ? LOST : "";
      run.add(until, read.gaps(), reason, false);
    }
  }

  private void trail(SideRun run, List<Side> settled) {
    long from = run.start();
    List<Side> rest = run.end(run.at());
    if (rest.isEmpty()) {
      return;
    }
    if (!items.isEmpty() && items.getLast().to() == from) {
      items.add(items.removeLast().followedBy(rest));
    } else {
      settled.addAll(rest);
    }
  }
}
