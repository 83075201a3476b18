package io.onex.log;

/// Where a record stands: the ordinal of the record within its partition.
///
/// Offsets count records, start at 0 and are never reused. The local log is partition 0.
///
/// @param partition 0 for the local log, the Kafka partition otherwise
/// @param offset ordinal of the record, at least 0
public record Position(int partition, long offset) implements Comparable<Position> {
  /// The first position of the local log.
  public static final Position START = new Position(0, 0);

  public Position {
    if (partition < 0 || offset < 0) {
      throw new IllegalArgumentException("no such position: " + partition + "/" + offset);
    }
  }

  /// The position `records` further on.
  public Position plus(long records) {
    return new Position(partition, offset + records);
  }

  @Override
  public int compareTo(Position other) {
    int byPartition = Integer.compare(partition, other.partition);
    return byPartition != 0 ? byPartition : Long.compare(offset, other.offset);
  }

  @Override
  public String toString() {
    return partition + "/" + offset;
  }
}
