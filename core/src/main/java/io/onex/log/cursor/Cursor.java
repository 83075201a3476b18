package io.onex.log.cursor;

import io.onex.log.Position;
import io.onex.log.PositionRange;
import java.util.ArrayList;
import java.util.List;

/// How far one destination has come: every position below the low water has an outcome, and so have
/// the ranges completed above it, because parallel attempts complete out of order.
///
/// A value: each step gives a new cursor. Ranges are sorted, apart from each other and above the
/// low water; what touches is joined. All positions are of one partition.
///
/// @param first where the destination began
/// @param lowWater the lowest position without an outcome, which may be the durable end
/// @param completed ranges with an outcome above `lowWater`
/// @param rewound positions that had an outcome when the log recovered shorter; see [#clampedTo]
public record Cursor(
    Position first, Position lowWater, List<PositionRange> completed, long rewound) {
  public Cursor {
    completed = List.copyOf(completed);
    if (first.partition() != lowWater.partition()
        || lowWater.offset() < first.offset()
        || rewound < 0) {
      throw new IllegalArgumentException(
          "no cursor from " + first + " at " + lowWater + ", rewound by " + rewound);
    }
    Position end = lowWater;
    for (PositionRange range : completed) {
      if (range.start().partition() != end.partition() || range.start().offset() <= end.offset()) {
        throw new IllegalArgumentException("range " + range + " does not stand apart from " + end);
      }
      end = range.end();
    }
  }

  /// A cursor of a destination that begins at `first` and has done nothing.
  public static Cursor at(Position first) {
    return new Cursor(first, first, List.of(), 0);
  }

  /// This cursor with all of `range` completed.
  ///
  /// @throws IllegalArgumentException when a position of it already was: it would be counted twice
  public Cursor complete(PositionRange range) {
    if (range.start().compareTo(lowWater) < 0
        || range.start().partition() != lowWater.partition()) {
      throw new IllegalArgumentException(
          "range " + range + " was completed before: the low water is " + lowWater);
    }
    List<PositionRange> ranges = new ArrayList<>(completed.size() + 1);
    PositionRange joined = range;
    boolean placed = false;
    for (PositionRange each : completed) {
      if (each.end().compareTo(joined.start()) < 0) {
        ranges.add(each);
      } else if (each.start().compareTo(joined.end()) > 0) {
        if (!placed) {
          ranges.add(joined);
          placed = true;
        }
        ranges.add(each);
      } else {
        joined = join(each, joined);
      }
    }
    if (!placed) {
      ranges.add(joined);
    }
    if (ranges.getFirst().start().equals(lowWater)) {
      Position raised = ranges.removeFirst().end();
      return new Cursor(first, raised, ranges, rewound);
    }
    return new Cursor(first, lowWater, ranges, rewound);
  }

  private static PositionRange join(PositionRange left, PositionRange right) {
    if (left.end().equals(right.start())) {
      return new PositionRange(left.start(), right.end());
    }
    if (right.end().equals(left.start())) {
      return new PositionRange(right.start(), left.end());
    }
    throw new IllegalArgumentException("range " + right + " was completed before, in " + left);
  }

  /// Whether `position` has an outcome.
  public boolean isCompleted(Position position) {
    if (position.compareTo(lowWater) < 0) {
      return true;
    }
    return completed.stream().anyMatch(range -> range.contains(position));
  }

  /// The ranges below `end` that have no outcome, ascending.
  public List<PositionRange> open(Position end) {
    List<PositionRange> gaps = new ArrayList<>();
    Position from = lowWater;
    for (PositionRange range : completed) {
      addGap(gaps, from, min(range.start(), end));
      from = range.end();
    }
    addGap(gaps, from, end);
    return gaps;
  }

  private static void addGap(List<PositionRange> gaps, Position from, Position to) {
    if (from.compareTo(to) < 0) {
      gaps.add(new PositionRange(from, to));
    }
  }

  /// Positions below `durableEnd` without an outcome.
  public long pending(Position durableEnd) {
    return open(durableEnd).stream().mapToLong(PositionRange::records).sum();
  }

  /// Positions from the first one to `durableEnd`, and those rewound.
  public long accepted(Position durableEnd) {
    return Math.max(0, durableEnd.offset() - first.offset()) + rewound;
  }

  /// Positions with an outcome: what the counters of the ledger must add up to.
  public long settled() {
    return lowWater.offset()
        - first.offset()
        + completed.stream().mapToLong(PositionRange::records).sum()
        + rewound;
  }

  /// The end of the highest completed range, or the low water.
  public Position highWater() {
    return completed.isEmpty() ? lowWater : completed.getLast().end();
  }

  /// This cursor in a log that recovered and ends at `end`, perhaps before the cursor.
  ///
  /// What had an outcome beyond the end remains counted, as rewound: those records were accepted
  /// once and the counters have them, but no position stands for them any more.
  public Cursor clampedTo(Position end) {
    if (highWater().compareTo(end) <= 0) {
      return this;
    }
    Position newFirst = min(first, end);
    Position newLow = min(lowWater, end);
    List<PositionRange> kept = new ArrayList<>();
    for (PositionRange range : completed) {
      if (range.start().compareTo(end) < 0) {
        kept.add(new PositionRange(range.start(), min(range.end(), end)));
      }
    }
    Cursor clamped = new Cursor(newFirst, newLow, kept, rewound);
    return new Cursor(newFirst, newLow, kept, rewound + settled() - clamped.settled());
  }

  private static Position min(Position a, Position b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}
