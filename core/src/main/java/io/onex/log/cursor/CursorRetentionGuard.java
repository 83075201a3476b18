package io.onex.log.cursor;

import io.onex.log.Position;
import io.onex.log.PositionRange;
import io.onex.log.RetentionGuard;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Speaks for the cursors of a journal when retention is about to remove records: what is overtaken
/// is counted as expired, durably, before it goes.
public final class CursorRetentionGuard implements RetentionGuard {
  private final CursorJournal journal;
  private final Owners owners;
  private final Consumer<List<Overtaken>> alarm;

  /// Those who change cursors themselves: the delivery loops that run.
  @FunctionalInterface
  public interface Owners {
    /// No destination is being delivered to.
    Owners NONE = (destination, newStart) -> false;

    /// Has the loop of `destination`, if one runs, save its entry with [CursorEntry#expireBelow] of
    /// `newStart`, and waits for that.
    ///
    /// @return whether a loop runs; if not, the guard does it, for disabled and removed ones
    /// @throws IOException when the loop cannot do it now, or nobody can tell whether one runs
    boolean expire(String destination, Position newStart) throws IOException;
  }

  public CursorRetentionGuard(CursorJournal journal, Owners owners) {
    this(journal, owners, overtaken -> {});
  }

  /// @param alarm is told of what is expired, before its records go; never of nothing
  public CursorRetentionGuard(
      CursorJournal journal, Owners owners, Consumer<List<Overtaken>> alarm) {
    this.journal = journal;
    this.owners = owners;
    this.alarm = alarm;
  }

  @Override
  public Optional<Position> slowest() {
    return journal.slowest();
  }

  @Override
  public List<Overtaken> expire(Position newStart) throws IOException {
    List<Overtaken> overtaken = new ArrayList<>();
    for (CursorEntry entry : journal.entries()) {
      String destination = entry.destination();
      List<PositionRange> open = entry.cursor().open(newStart);
      if (open.isEmpty()) {
        continue;
      }
      if (!owners.expire(destination, newStart)) {
        journal.expireBelow(destination, newStart);
      }
      open.forEach(range -> overtaken.add(new Overtaken(destination, range)));
    }
    // Also when nothing is overtaken now: what an earlier try expired may not be durable yet.
    if (!journal.flush()) {
      throw new IOException(
          "records before position %s stay for now, because the cursors that expire them cannot be made durable: %s"
              .formatted(newStart, journal.status().lastFailure().orElse("no reason is known")));
    }
    if (!overtaken.isEmpty()) {
      alarm.accept(List.copyOf(overtaken));
    }
    return List.copyOf(overtaken);
  }
}
