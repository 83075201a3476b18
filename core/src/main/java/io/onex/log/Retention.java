package io.onex.log;

import io.onex.segment.SegmentStore;
import io.onex.segment.SegmentSummary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Removes the oldest segments once they are too old or all together too large, never silently.
///
/// The order makes a crash at any moment harmless: cursors are moved on and count what they lost,
/// durably; then the new start is durable; only then are files removed.
final class Retention {
  private static final int REMEMBERED = 100;

  private final SegmentStore store;
  private final LogMarks marks;
  private final LogConfig config;
  private final RetentionGuard guard;
  private final LogAges ages;
  private volatile List<RetentionGuard.Overtaken> overtaken = List.of();
  private volatile long start;

  Retention(
      SegmentStore store, LogMarks marks, LogConfig config, RetentionGuard guard, LogAges ages) {
    this.store = store;
    this.marks = marks;
    this.config = config;
    this.guard = guard;
    this.ages = ages;
    this.start = Math.max(marks.start(), store.start());
  }

  /// The oldest position that can be read.
  long start() {
    return Math.max(start, Math.min(store.start(), store.end()));
  }

  /// Completes a removal that a crash interrupted.
  void resume() throws IOException {
    store.dropBefore(marks.start());
  }

  /// Removes what is too old or too much.
  synchronized void enforce() throws IOException {
    ages.reached(store.end());
    long newStart = target();
    if (newStart <= start) {
      return;
    }
    List<RetentionGuard.Overtaken> all = new ArrayList<>(overtaken);
    all.addAll(guard.expire(new Position(0, newStart)));
    overtaken = List.copyOf(all.subList(Math.max(0, all.size() - REMEMBERED), all.size()));
    marks.begin(newStart);
    start = newStart;
    store.dropBefore(newStart);
  }

  /// Makes durable how old records are.
  void writeAges() throws IOException {
    if (ages.isUnwritten()) {
      ages.write(start);
    }
  }

  private long target() {
    List<SegmentSummary> segments = store.segments();
    long bytes = totalBytes(segments);
    long old = ages.olderThan(config.retentionAge());
    long target = start;
    for (int i = 0; i + 1 < segments.size(); i++) {
      SegmentSummary segment = segments.get(i);
      if (bytes <= config.retentionBytes() && segment.endPosition() > old) {
        break;
      }
      bytes -= segment.bytes();
      target = segments.get(i + 1).firstPosition();
    }
    return target;
  }

  private long ageMicros() {
    return TimeUnit.MICROSECONDS.convert(config.retentionAge());
  }

  private static long totalBytes(List<SegmentSummary> segments) {
    return segments.stream().mapToLong(SegmentSummary::bytes).sum();
  }

  /// What was overtaken last. Waits for no disk.
  List<RetentionGuard.Overtaken> overtaken() {
    return overtaken;
  }

  /// How near the segment with the next record of the slowest cursor is to being removed: 0 for not
  /// at all, 1 for now.
  double unreadFraction() {
    Optional<Position> slowest = guard.slowest();
    if (slowest.isEmpty() || slowest.get().offset() >= store.end()) {
      return 0;
    }
    List<SegmentSummary> unread =
        store.segments().stream()
            .filter(segment -> segment.endPosition() > slowest.get().offset())
            .toList();
    if (unread.isEmpty()) {
      return 0;
    }
    double byBytes = (double) totalBytes(unread) / config.retentionBytes();
    double unreadMicros = ages.ageMicros(unread.getFirst().endPosition() - 1);
    return Math.max(byBytes, unreadMicros / ageMicros());
  }
}
