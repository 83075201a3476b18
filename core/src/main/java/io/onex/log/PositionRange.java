package io.onex.log;

/// Consecutive positions of one partition.
///
/// @param start the first position
/// @param end the position just past the last one; beyond `start`
public record PositionRange(Position start, Position end) {
  public PositionRange {
    if (start.partition() != end.partition() || start.offset() >= end.offset()) {
      throw new IllegalArgumentException("no range of positions: " + start + " to " + end);
    }
  }

  /// From `start` to just before `end`, in the partition of `start`.
  public static PositionRange of(Position start, long records) {
    return new PositionRange(start, start.plus(records));
  }

  /// Positions in the range, at least 1.
  public long records() {
    return end.offset() - start.offset();
  }

  public boolean contains(Position position) {
    return position.compareTo(start) >= 0 && position.compareTo(end) < 0;
  }

  @Override
  public String toString() {
    return start + "-" + end.offset();
  }
}
