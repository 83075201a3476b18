package io.onex.app.demo;

import io.onex.bytes.Slice;

/// One event that a pretend node will post.
///
/// @param atMicros when it happens, in microseconds since the epoch
/// @param json the event, on one line
record DemoEvent(long atMicros, Slice json) implements Comparable<DemoEvent> {
  @Override
  public int compareTo(DemoEvent other) {
    return Long.compare(atMicros, other.atMicros);
  }
}
