package io.onex.segment;

import org.jspecify.annotations.Nullable;

/// One segment file as the store knows it. Only its durable part is visible here.
final class Segment {
  private final SegmentName name;
  private final String path;
  private final int epoch;
  private final @Nullable BlockIndex openIndex;
  private volatile State state;

  /// Changes as a whole, so that readers never see an end without its bytes.
  ///
  /// @param end position just past the last durable block
  /// @param bytes durable size of the file
  /// @param newestMicros greatest time of the records; [Long#MIN_VALUE] when there are none
  record State(long end, long bytes, long newestMicros) {
    State plus(BlockEntry entry) {
      return new State(
          entry.endPosition(), entry.endOffset(), Math.max(newestMicros, entry.newestMicros()));
    }
  }

  /// @param openIndex the blocks, while the segment is being appended to; else they stand in a file
  Segment(SegmentName name, String path, int epoch, State state, @Nullable BlockIndex openIndex) {
    this.name = name;
    this.path = path;
    this.epoch = epoch;
    this.state = state;
    this.openIndex = openIndex;
  }

  SegmentName name() {
    return name;
  }

  String path() {
    return path;
  }

  int epoch() {
    return epoch;
  }

  State state() {
    return state;
  }

  long firstPosition() {
    return name.firstPosition();
  }

  long end() {
    return state.end();
  }

  boolean isEmpty() {
    return state.end() == name.firstPosition();
  }

  /// The index of a segment that is being appended to, or null.
  @Nullable BlockIndex openIndex() {
    return openIndex;
  }

  /// Makes a block that was forced visible.
  void publish(BlockEntry entry) {
    if (openIndex == null) {
      throw new IllegalStateException(path + " is closed");
    }
    openIndex.add(entry);
    state = state.plus(entry);
  }

  /// The same segment once nothing is appended to it any more.
  Segment closed() {
    return new Segment(name, path, epoch, state, null);
  }
}
